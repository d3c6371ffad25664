import type { Fact } from '../../core/fact';
import type { FactsDemand } from '../../core/levels/demand';
import type { DecisionFact, ProjectFacts } from '../../core/levels/facts';
import type { Connection } from '../../gitlab/connection';
import { listMembers } from '../../gitlab/members';
import { getProject, type Project } from '../../gitlab/projects';
import { readCommits } from './commitFacts';
import { createFactReader, describeProject } from './factReader';
import { countPipelinesSince } from './pipelineFacts';
import { readProtection } from './protectionFacts';
import type { Reading } from './reading';
import { readReleases, readTags } from './releaseFacts';

/** What the facts of a project come from. */
export interface FactSources {
  readonly connection: Connection;
  /** A job token reads less than others: the advice differs. */
  readonly isJobToken: boolean;
  /** What a decision JSON says of the project. */
  readonly decide: (url: string, project: ProjectFacts['project'], signal: AbortSignal) => Promise<Fact<DecisionFact>>;
  /** The organisations that reported productive use of the project. */
  readonly findUsers: (project: ProjectFacts['project'], signal: AbortSignal) => Promise<Fact<readonly string[]>>;
}

/**
 * Reads what the demand asks for and nothing else, each thing once, side by side and only as far back as needed. A reading that
 * fails costs only its own fact. `project` is a full path or a number. Rejects with GitLabError where the project itself
 * cannot be read, and with the signal's reason where it is aborted.
 */
export async function collectProjectFacts(sources: FactSources, project: string, demand: FactsDemand, signal: AbortSignal): Promise<ProjectFacts> {
  const { connection, isJobToken } = sources;
  const stop = stopWith(signal);
  let answer: Promise<Project> | undefined;
  const reading: Reading = {
    connection,
    project,
    getProject: () => (answer ??= getProject(connection, project, {}, stop.signal)),
    now: demand.now,
    signal: stop.signal,
  };
  const read = createFactReader({ instance: connection.instance, isJobToken, project: reading.getProject, at: demand.now, signal: stop.signal });
  const described = reading.getProject().then(describeProject);

  const readings = [
    described,
    ifAsked(demand.commits.length > 0, () => read('commits', () => readCommits(reading, demand.commits))),
    ifAsked(demand.members, () => read('members', async () => accessByUser(await listMembers(connection, project, stop.signal)))),
    releasesAndTags(),
    mapped(demand.pipelines, (since) => read('pipelines', () => countPipelinesSince(reading, since))),
    ifAsked(demand.protection, () => read('protection', () => readProtection(reading))),
    mapped(demand.decisions, async (url) => sources.decide(url, await described, stop.signal)),
    ifAsked(demand.subsequentUse, async () => sources.findUsers(await described, stop.signal)),
  ] as const;
  try {
    const [about, commits, members, released, pipelines, protection, decisions, subsequentUse] = await Promise.all(readings);
    return {
      project: about,
      commits,
      issues: null,
      members,
      commitAuthorship: null,
      ...released,
      packages: null,
      images: null,
      pipelines,
      mergeRequests: null,
      protection,
      decisions,
      subsequentUse,
    };
  } catch (error) {
    stop.abort(error);
    throw error;
  } finally {
    // None goes on after this has ended.
    await Promise.allSettled(readings);
    stop.dispose();
  }

  async function releasesAndTags(): Promise<Pick<ProjectFacts, 'releases' | 'tags'>> {
    if (demand.releases.length === 0) return { releases: null, tags: null };
    const releases = await read('releases', () => readReleases(reading, demand.releases));
    const tags = await read('tags', () => readTags(reading, demand.releases, releases.status === 'known' ? releases.value : null));
    return { releases, tags };
  }
}

/** The highest level counts where somebody is a member in several ways. */
function accessByUser(members: Awaited<ReturnType<typeof listMembers>>): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  for (const { username, accessLevel } of members) {
    const user = username.toLowerCase();
    levels.set(user, Math.max(accessLevel, levels.get(user) ?? 0));
  }
  return levels;
}

async function ifAsked<T>(asked: boolean, read: () => Promise<T>): Promise<T | null> {
  return asked ? read() : null;
}

async function mapped<Key, Value>(keys: readonly Key[], make: (key: Key) => Promise<Value>): Promise<ReadonlyMap<Key, Value>> {
  return new Map(await Promise.all(keys.map(async (key) => [key, await make(key)] as const)));
}

/** A signal that is aborted with another one, or by itself. Disposed, it leaves nothing behind on the other. */
function stopWith(signal: AbortSignal): { readonly signal: AbortSignal; abort(reason: unknown): void; dispose(): void } {
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    dispose: () => signal.removeEventListener('abort', onAbort),
  };
}
