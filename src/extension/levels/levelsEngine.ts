import { collectLevels, drawnLevels } from '../../app/collectLevels';
import { openFolder } from '../../app/diskFolder';
import { failuresIn, reevaluate } from '../../app/evaluate';
import { readTokenFiles } from '../../app/gitClients';
import { levelsSarif, placesOf } from '../../app/levelsSarif';
import { loadLocalLevels, loadRemoteLevels, remoteUrlVariable } from '../../app/loadLevels';
import { atPosition } from '../../config/position';
import { levelsFile, remoteLifetimeMs, type LevelsDefinition } from '../../core/levels/definition';
import { demandOf, type FactsDemand } from '../../core/levels/demand';
import { unreachableProject } from '../../core/levels/evaluate';
import type { ProjectFacts } from '../../core/levels/facts';
import type { ProjectEvaluation } from '../../core/levels/result';
import type { FileProblem } from '../../core/problem';
import type { ProjectRef } from '../../core/snapshot';
import type { Connection } from '../../gitlab/connection';
import type { Token } from '../../gitlab/token';
import { createDecide, type Decide } from '../../sources/decision';
import type { FilePorts } from '../../sources/fetchFile';
import type { FetchPublic } from '../../sources/fetchPublic';
import type { FactBadges } from '../../sources/gitlab/factBadges';
import { createIsBot } from '../../sources/levels/accounts';
import { collectProjectFacts, type FactSources } from '../../sources/levels/collectFacts';
import { createFindUsers } from '../../sources/levels/subsequentUse';
import { notFetchedYet } from '../messages';
import type { ProjectAccess } from '../projectAccess';
import { keptFiles } from './keptFiles';

export interface LoadLevels {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  /** What an editor holds of the file and the disk does not; null where there is no such text. */
  readonly unsavedText: string | null;
  /** Instances that a remote configuration may lie on. */
  readonly accesses: readonly InstanceAccess[];
  /**
   * Whether a remote configuration is fetched: anew, where it was not fetched for a while, or not at all. Refused: because of
   * that, and what was fetched before does not count either.
   */
  readonly remote: 'anew' | 'whenDue' | 'never' | { readonly refused: string };
}

export interface LoadedLevels {
  /** The file of the folder; null where there is none. */
  readonly file: string | null;
  /** Null where nobody knows which badges there are: the file cannot be read as a whole, or the remote one is not there. */
  readonly definition: LevelsDefinition | null;
  /** Of the file of the folder. What is wrong in a remote configuration stands where its address does. */
  readonly problems: readonly FileProblem[];
  /** The text of the file. */
  readonly text: string;
  /** Where the badges stand: the file, or the address of a remote configuration; null where they are not known. */
  readonly badgesFile: string | null;
  /** Why the remote configuration could not be had; null where it could, or there is none. */
  readonly unavailable: string | null;
}

/** The facts of a project, and what they were fetched for. */
export interface FetchedFacts {
  readonly project: ProjectRef;
  readonly demand: FactsDemand;
  readonly facts: ProjectFacts;
  /** Requests that went out for them, 304 answers included. */
  readonly requests: number;
}

interface DrawLevels {
  readonly root: string;
  readonly project: ProjectAccess;
  readonly accesses: readonly InstanceAccess[];
  readonly definition: LevelsDefinition;
  readonly fetched: FetchedFacts | null;
  readonly isAnew: boolean;
}

export type ReportFormat = 'sarif' | 'json';

interface ReportLevels {
  readonly format: ReportFormat;
  /** Of Badgesmith. */
  readonly version: string;
  readonly fetched: FetchedFacts;
  readonly evaluation: ProjectEvaluation;
  readonly definition: LevelsDefinition;
  /** What the places of the definition are places of, and where it stands; null where that is not known here. */
  readonly text: string | null;
  readonly badgesFile: string | null;
}

interface LevelsEnginePorts {
  readonly connect: (access: InstanceAccess) => Connection;
  /** Keeps to so many requests per second from now on; null: as many as the instance answers. */
  readonly limit: (instance: string, requestsPerSecond: number | null) => void;
  readonly fetchPublic: FetchPublic;
  readonly now: () => Date;
}

/** An instance and the token for it. */
export interface InstanceAccess {
  readonly instance: string;
  readonly token: Token;
}

/** Leveled badges of a folder. */
export function createLevelsEngine({ connect, limit, fetchPublic, now }: LevelsEnginePorts) {
  const deciding = new Map<string, { readonly accesses: string; readonly decide: Decide }>();

  function filesOf(root: string, accesses: readonly InstanceAccess[]): FilePorts {
    return { connections: accesses.map(connect), fetchPublic, beside: openFolder(root) };
  }

  /** The decisions that were read for a folder are kept as long as the same tokens are there. */
  function decideWith(root: string, accesses: readonly InstanceAccess[]): Decide {
    const key = JSON.stringify(accesses);
    const kept = deciding.get(root);
    if (kept?.accesses === key) return kept.decide;
    const decide = createDecide({ ...filesOf(root, accesses), now });
    deciding.set(root, { accesses: key, decide });
    return decide;
  }

  function sourcesOf(root: string, { ref, token }: ProjectAccess, accesses: readonly InstanceAccess[]): FactSources {
    const own = { instance: ref.instance, token };
    const connection = connect(own);
    return {
      connection,
      isBot: createIsBot(connection),
      isJobToken: false,
      decide: decideWith(root, [own, ...accesses.filter(({ instance }) => instance !== ref.instance)]),
      findUsers: createFindUsers(openFolder(root), now),
    };
  }

  /** Pictures of levels, by folder. */
  const pictures = new Map<string, FilePorts>();
  /** What was fetched for the configuration of each folder. */
  const remotes = new Map<string, { readonly url: string; readonly files: FilePorts; readonly dueAt: number }>();

  return {
    /** Reads what asks for leveled badges. Rejects with the signal's reason. */
    async load({ root, unsavedText, accesses, remote }: LoadLevels, signal: AbortSignal): Promise<LoadedLevels> {
      const folder = openFolder(root);
      const readText: typeof folder.readText = (file, maxBytes) => (unsavedText !== null && file === levelsFile ? Promise.resolve(unsavedText) : folder.readText(file, maxBytes));
      const local = await loadLocalLevels({ root, readText });
      const { file, text } = local;
      const environmentUrl = process.env[remoteUrlVariable] ?? '';
      const url = environmentUrl.trim() || local.definition.remoteConfigUrl?.value || '';

      const kept = remotes.get(root);
      let files: FilePorts | { readonly refused: string };
      if (typeof remote === 'object') files = remote;
      else if (kept?.url === url && (remote === 'never' || (remote === 'whenDue' && now().getTime() < kept.dueAt))) files = kept.files;
      else if (remote === 'never') files = { refused: notFetchedYet() };
      else {
        files = keptFiles(filesOf(root, accesses));
        if (url !== '') remotes.set(root, { url, files, dueAt: now().getTime() + remoteLifetimeMs });
      }
      const { definition, problems, badgesFile, unreadable, unavailable } = await loadRemoteLevels(local, { files, environmentUrl }, signal);
      const there = local.definition.remoteConfigUrl?.range ?? { start: 0, end: 0 };
      return {
        file,
        definition: unreadable || unavailable !== null ? null : definition,
        // That nothing was fetched is no problem of the text.
        problems: 'refused' in files ? local.problems : problems.map((problem) => (problem.file === file ? problem : atPosition({ ...problem, code: 'remote-config', message: `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`, range: there }, text, levelsFile))),
        text,
        badgesFile,
        unavailable,
      };
    },

    /** The file of a folder that asks for leveled badges, or null. */
    async findConfig(root: string): Promise<string | null> {
      return (await loadLocalLevels(openFolder(root))).file;
    },

    /** The token for an instance from the file that the saved configuration of a folder names; null where there is none in the folder. */
    async tokenOfFile(root: string, instance: string): Promise<Token | null> {
      const local = await loadLocalLevels(openFolder(root));
      const gitClients = local.definition.gitClients.filter(({ baseUrl }) => baseUrl === instance);
      const { tokens } = await readTokenFiles({ ...local, definition: { ...local.definition, gitClients } });
      return tokens.get(instance) ?? null;
    },

    /**
     * Fetches what a definition asks for at this moment, and reads what the folder at `root` says about it. Files that it names
     * may lie on any of the instances. Rejects with GitLabError where nothing of the project can be read.
     */
    async fetch(root: string, project: ProjectAccess, accesses: readonly InstanceAccess[], definition: LevelsDefinition, signal: AbortSignal): Promise<FetchedFacts> {
      const { ref } = project;
      const demand = demandOf(definition.badges, now().toISOString());
      if (!definition.gitClients.some(({ baseUrl }) => baseUrl === ref.instance)) limit(ref.instance, null);
      for (const { baseUrl, maxRequestsPerSecond } of definition.gitClients) limit(baseUrl, maxRequestsPerSecond);
      const sources = sourcesOf(root, project, accesses);
      const facts = await collectProjectFacts(sources, ref.project, demand, signal);
      return { project: ref, demand, facts, requests: sources.connection.requests };
    },

    /**
     * The badges of a definition as they are drawn, by facts that were fetched earlier, or by others where those don't fit.
     * Pictures of levels are fetched once, or anew.
     */
    async draw({ root, project, accesses, definition, fetched, isAnew }: DrawLevels, signal: AbortSignal): Promise<FactBadges> {
      const kept = pictures.get(root);
      const files = kept && !isAnew ? kept : keptFiles(filesOf(root, accesses));
      pictures.set(root, files);
      if (!fetched) return collectLevels({ sources: sourcesOf(root, project, accesses), files }, { definition, project: project.ref.project, now: now().toISOString() }, signal);
      const at = fetched.demand.now;
      const badges = await drawnLevels({ evaluation: reevaluate(definition, fetched.facts, at), failures: failuresIn(fetched.facts) }, files, at, signal);
      return { badges, unusable: null };
    },

    /** Evaluates facts that were fetched earlier, without a request. */
    evaluate(definition: LevelsDefinition, { facts, demand }: Pick<FetchedFacts, 'facts' | 'demand'>): ProjectEvaluation {
      return reevaluate(definition, facts, demand.now);
    },

    /** The results as a document of its own, in the form that the command line gives them. */
    async report({ format, version, fetched, evaluation, definition, text, badgesFile }: ReportLevels): Promise<string> {
      const at = fetched.demand.now;
      if (format === 'json') {
        const { project, webUrl, ...rest } = evaluation;
        const { archived } = fetched.facts.project;
        return `${JSON.stringify({ now: at, server: fetched.project.instance, projects: [{ project, webUrl, archived, ...rest }], requests: fetched.requests }, null, 2)}\n`;
      }
      const places = text === null || badgesFile === null ? null : placesOf(definition, text, badgesFile);
      let log = '';
      for await (const piece of levelsSarif([evaluation], { version, now: at, places })) log += piece;
      return log;
    },

    /** The badges of a definition where nothing is known of the project. */
    unknown(definition: LevelsDefinition, reason: string): ProjectEvaluation {
      return unreachableProject(definition, '', '', reason);
    },
  };
}
