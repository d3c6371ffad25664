import { collect, type CollectPorts } from '../app/collect';
import { openFolder } from '../app/diskFolder';
import { loadConfig } from '../app/loadConfig';
import type { Log } from '../app/ports';
import { writeBadges, type WrittenBadge } from '../app/write';
import { normalizeInstance } from '../config/instance';
import { defaultStyle, type Badge, type BadgeStyle, type KnownBadge } from '../core/badge';
import { precede, type GeneratorDefinition } from '../core/definition';
import type { OwnValues } from '../core/imageSources';
import type { ProjectRef, Snapshot } from '../core/snapshot';
import { type WantedFact, wantedFacts } from '../core/wantedFacts';
import { createConnection, type Connection } from '../gitlab/connection';
import { GitLabError, isGitLabError } from '../gitlab/gitlabError';
import { memoryCache, type HttpCache } from '../gitlab/httpCache';
import { originOf, probeInstance } from '../gitlab/instance';
import { createRateLimiter, type RateLimiter } from '../gitlab/rateLimiter';
import type { Token } from '../gitlab/token';
import { getCurrentUser, getTokenInfo } from '../gitlab/users';
import { type Artifact, artifactsOf, remembered } from '../sources/artifacts';
import { createFetchPublic } from '../sources/fetchPublic';
import { collectFactBadges, type FactProject } from '../sources/gitlab/factBadges';
import { ownValues, withOwnFacts } from '../sources/gitlab/ownValues';
import { projectOnce } from '../sources/gitlab/requests';
import { createLevelsEngine } from './levels/levelsEngine';
import { noGitLabAsked, tokenInactive } from './messages';
import { createPipelineEngine } from './pipeline/pipelineEngine';
import type { ProjectAccess } from './projectAccess';
import { createPublishEngine } from './published/publishEngine';
import type { Account } from './signIn/account';

const cacheBytes = 8 * 1024 * 1024;

/** GitLab's answers as they came, before the configuration changed how they look: enough to show them again. */
export interface Facts {
  readonly project: ProjectRef;
  readonly wanted: readonly WantedFact[];
  readonly badges: readonly Badge[];
  readonly unusable: string | null;
  /** Reports of CI jobs, by what they were asked with. */
  readonly artifacts: Map<string, Promise<Artifact>>;
}

export interface CollectFolder {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  /** The project and the token to ask with; null reads what needs no GitLab. */
  readonly project: ProjectAccess | null;
  readonly settings: GeneratorDefinition;
  /** The leveled badges; absent where none are wanted. */
  readonly collectLevels: CollectPorts['collectLevels'] | null | undefined;
  /** Of an earlier reading, so that GitLab is asked only for what they do not hold. */
  readonly facts?: Facts | undefined;
}

export interface Collected {
  readonly snapshot: Snapshot;
  readonly facts: Facts | null;
  /** What GitLab's own badges show. */
  readonly ownValues: OwnValues;
  /** The configuration file that counts, relative to the folder. */
  readonly configFile: string | null;
  /** The configuration cannot be read as a whole, so what stands in the snapshot is not what the user wants written. */
  readonly isUnreadable: boolean;
  /** The style of badges without one of their own. */
  readonly style: BadgeStyle;
  /** Paths and globs of the reports and other files that badges are made of. */
  readonly reports: readonly string[];
  /** GitLab answered 401: the token is wrong, expired or revoked. */
  readonly refused: boolean;
}

export type Engine = ReturnType<typeof createEngine>;

/** Puts the parts of the generator together for VS Code. A bundle of its own, loaded when it is first needed. */
export function createEngine(log: Log) {
  // Looked up at each call: VS Code replaces it to honour its proxy and certificate settings.
  const fetch: typeof globalThis.fetch = (input, init) => globalThis.fetch(input, init);
  const fetchPublic = createFetchPublic(fetch);
  const caches = new Map<string, HttpCache>();
  const limiters = new Map<string, { readonly requestsPerSecond: number | null; readonly limiter: RateLimiter }>();

  function connect(instance: string, token: Token, onStatus: (status: number) => void = () => {}): Connection {
    const cache = caches.get(instance) ?? memoryCache({ maxBytes: cacheBytes });
    caches.set(instance, cache);
    const origin = originOf(instance);
    const { limiter } = limiters.get(origin) ?? limit(origin, null);
    return createConnection({
      instance,
      token,
      cache,
      limiter,
      log,
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        onStatus(response.status);
        return response;
      },
    });
  }

  function limit(origin: string, requestsPerSecond: number | null) {
    const known = limiters.get(origin);
    if (known?.requestsPerSecond === requestsPerSecond) return known;
    const limited = { requestsPerSecond, limiter: createRateLimiter(requestsPerSecond === null ? {} : { requestsPerSecond }) };
    limiters.set(origin, limited);
    return limited;
  }

  return {
    normalizeInstance,

    /** Leveled badges. */
    levels: createLevelsEngine({
      connect: ({ instance, token }) => connect(instance, token),
      limit: (instance, requestsPerSecond) => void limit(originOf(instance), requestsPerSecond),
      fetchPublic,
      now: () => new Date(),
    }),

    /** Badges on GitLab itself. */
    publish: createPublishEngine({ connect: ({ ref, token }) => connect(ref.instance, token), fetchPublic }),

    /** CI jobs. */
    pipeline: createPipelineEngine({ connect: ({ ref, token }) => connect(ref.instance, token) }),

    /** Whether a GitLab answers there, asked without a token. Rejects only when aborted. */
    probe: (instance: string, signal: AbortSignal) => probeInstance(fetch, instance, signal),

    /** Whose token it is and what it may do. Rejects with GitLabError, e.g. `unauthorized`. */
    async identify(instance: string, value: string, signal: AbortSignal): Promise<Omit<Account, 'instance'>> {
      const connection = connect(instance, { kind: 'private', value });
      const [info, user] = await Promise.all([getTokenInfo(connection, signal), readUser(connection, signal)]);
      if ((info === null && user === null) || info?.active === false) throw new GitLabError('unauthorized', tokenInactive(instance));
      return { user, scopes: info?.scopes ?? null, expiresAt: info?.expiresAt ?? null };
    },

    /** Drops what is remembered of an instance's answers. */
    forget(instance: string): void {
      caches.delete(instance);
    },

    async collect({ root, project, settings, collectLevels, facts: earlier }: CollectFolder, signal: AbortSignal): Promise<Collected> {
      const folder = openFolder(root);
      const config = await loadConfig(folder);
      const definition = precede(config.definition, settings);
      let refused = false;
      let facts: Facts | null = null;
      let asked: FactProject | null = null;
      if (project) {
        const wanted = wantedFacts(definition);
        const connection = connect(project.ref.instance, project.token, (status) => (refused ||= status === 401));
        asked = { connection, ref: project.ref, isJobToken: false, getProject: projectOnce(connection, project.ref.project, signal) };
        facts = earlier && holds(earlier, project.ref, wanted) ? earlier : await askFacts(asked, withOwnFacts(wanted), signal);
      }
      const snapshot = await collect(
        { folder, project: { missing: noGitLabAsked() }, fetchPublic, readArtifact: asked && facts ? remembered(artifactsOf(asked), facts.artifacts) : undefined, ...(collectLevels && { collectLevels }), now: () => new Date(), log },
        { definition, definitionFile: config.file, problems: config.problems, ...(facts ? { factBadges: facts.badges } : {}) },
        signal,
      );
      const unusable = facts?.unusable ?? null;
      return {
        snapshot: { ...snapshot, project: project?.ref ?? null, requests: asked?.connection.requests ?? 0, ...(unusable === null ? {} : { unusable }) },
        facts,
        ownValues: facts ? ownValues(facts.wanted, facts.badges) : {},
        configFile: config.file,
        isUnreadable: config.unreadable,
        style: definition.style?.value ?? defaultStyle,
        reports: [...[...(definition.junitXml ?? []), ...(definition.coverageReport ?? []), ...(definition.findingsReport ?? [])].flatMap(({ value }) => (typeof value === 'string' ? [value] : [])), ...valueFiles(definition)],
        refused: refused && unusable !== null,
      };
    },

    async write(root: string, snapshot: Snapshot, style: BadgeStyle, signal: AbortSignal, onProgress: (done: number, total: number) => void): Promise<readonly WrittenBadge[]> {
      const { draw } = await import('../drawing/draw');
      return writeBadges(snapshot, { folder: openFolder(root), draw }, { style }, signal, onProgress);
    },

    /** The badge as SVG, in its own style or the given default; `restyle` changes the style of a badge that is drawn here. */
    async draw(badge: KnownBadge, style: BadgeStyle, restyle: BadgeStyle | null = null): Promise<string> {
      if (badge.svg !== undefined) return badge.svg;
      const { draw } = await import('../drawing/draw');
      return draw(restyle === null ? badge.face : { ...badge.face, style: restyle }, { stem: badge.stem, style });
    },

    /** The configuration file that counts in a folder, or null. */
    async findConfig(root: string): Promise<string | null> {
      return (await loadConfig(openFolder(root))).file;
    },

    /** Writes a file of the folder. Rejects with FileError where its path leads out of the folder. */
    async writeFile(root: string, path: string, text: string): Promise<void> {
      await openFolder(root).write(path, text);
    },
  };
}

function valueFiles({ templateBadges = [] }: GeneratorDefinition): readonly string[] {
  return templateBadges.flatMap(({ value }) => ('mistake' in value ? [] : [...value.values.values()].flatMap((source) => ('file' in source ? [source.file] : []))));
}

/** Null where the token's scopes do not allow to ask. */
async function readUser(connection: Connection, signal: AbortSignal): Promise<string | null> {
  try {
    return (await getCurrentUser(connection, signal)).username;
  } catch (error) {
    if (isGitLabError(error) && (error.reason === 'insufficient-scope' || error.reason === 'forbidden')) return null;
    throw error;
  }
}

async function askFacts(project: FactProject, wanted: readonly WantedFact[], signal: AbortSignal): Promise<Facts> {
  return { project: project.ref, wanted, artifacts: new Map(), ...(await collectFactBadges(project, wanted, new Date().toISOString(), signal)) };
}

function holds(facts: Facts, ref: ProjectRef, wanted: readonly WantedFact[]): boolean {
  const asked = new Set(facts.wanted.map((each) => JSON.stringify(each)));
  return facts.project.instance === ref.instance && facts.project.project === ref.project && wanted.every((each) => asked.has(JSON.stringify(each)));
}
