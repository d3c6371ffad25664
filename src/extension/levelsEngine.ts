import { openFolder } from '../app/diskFolder';
import { reevaluate } from '../app/evaluate';
import { loadLocalLevels, loadRemoteLevels } from '../app/loadLevels';
import { atPosition } from '../config/position';
import { levelsFile, type LevelsDefinition } from '../core/levels/definition';
import { demandOf, type FactsDemand } from '../core/levels/demand';
import { unreachableProject } from '../core/levels/evaluate';
import type { ProjectFacts } from '../core/levels/facts';
import type { ProjectEvaluation } from '../core/levels/result';
import type { FileProblem } from '../core/problem';
import type { ProjectRef } from '../core/snapshot';
import type { Connection } from '../gitlab/connection';
import type { Token } from '../gitlab/token';
import { createDecide, type Decide } from '../sources/decision';
import type { FilePorts } from '../sources/fetchFile';
import type { FetchPublic } from '../sources/fetchPublic';
import { collectProjectFacts, type FactSources } from '../sources/levels/collectFacts';
import { createFindUsers } from '../sources/levels/subsequentUse';
import { keptFiles } from './keptFiles';
import { notFetchedYet } from './messages';
import type { ProjectAccess } from './projectAccess';

export interface LoadLevels {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  /** What an editor holds of the file and the disk does not; null where there is no such text. */
  readonly unsavedText: string | null;
  /** Instances that a remote configuration may lie on. */
  readonly accesses: readonly InstanceAccess[];
  /**
   * Whether a remote configuration is fetched: anew, where it was not fetched yet, or not at all. Refused: because of that, and
   * what was fetched before does not count either.
   */
  readonly remote: 'anew' | 'onceOnly' | 'never' | { readonly refused: string };
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
  /** Whether the places of the badges are places of that text. */
  readonly isLocal: boolean;
  /** Why the remote configuration could not be had; null where it could, or there is none. */
  readonly unavailable: string | null;
}

/** The facts of a project, and what they were fetched for. */
export interface FetchedFacts {
  readonly project: ProjectRef;
  readonly demand: FactsDemand;
  readonly facts: ProjectFacts;
}

export type LevelsEngine = ReturnType<typeof createLevelsEngine>;

export interface LevelsEnginePorts {
  readonly connect: (access: InstanceAccess) => Connection;
  /** Keeps to so many requests per second from now on; null: as many as the instance answers. */
  readonly limit: (instance: string, requestsPerSecond: number | null) => void;
  readonly fetchPublic: FetchPublic;
}

/** An instance and the token for it. */
export interface InstanceAccess {
  readonly instance: string;
  readonly token: Token;
}

/** Leveled badges of a folder. */
export function createLevelsEngine({ connect, limit, fetchPublic }: LevelsEnginePorts) {
  let deciding: { readonly accesses: string; readonly decide: Decide } | undefined;

  /** The decisions that were read are kept as long as the same tokens are there. */
  function decideWith(accesses: readonly InstanceAccess[]): Decide {
    const key = JSON.stringify(accesses);
    if (deciding?.accesses !== key) deciding = { accesses: key, decide: createDecide({ connections: accesses.map(connect), fetchPublic, now: () => new Date() }) };
    return deciding.decide;
  }

  /** What was fetched for the configuration of each folder. */
  const remotes = new Map<string, { readonly url: string; readonly files: FilePorts }>();

  return {
    /** Reads what asks for leveled badges. Rejects with the signal's reason. */
    async load({ root, unsavedText, accesses, remote }: LoadLevels, signal: AbortSignal): Promise<LoadedLevels> {
      const folder = openFolder(root);
      const readText: typeof folder.readText = (file, maxBytes) => (unsavedText !== null && file === levelsFile ? Promise.resolve(unsavedText) : folder.readText(file, maxBytes));
      const local = await loadLocalLevels({ root, readText });
      const { file, text } = local;
      const environmentUrl = process.env['REMOTE_CONFIG_URL'] ?? '';
      const url = environmentUrl.trim() || local.definition.remoteConfigUrl?.value || '';

      const kept = remotes.get(root);
      let files: FilePorts | { readonly refused: string };
      if (typeof remote === 'object') files = remote;
      else if (remote !== 'anew' && kept?.url === url) files = kept.files;
      else if (remote === 'never') files = { refused: notFetchedYet() };
      else {
        files = keptFiles({ connections: accesses.map(connect), fetchPublic });
        if (url !== '') remotes.set(root, { url, files });
      }
      const { definition, problems, badgesFile, unreadable, unavailable } = await loadRemoteLevels(local, { files, environmentUrl }, signal);
      const there = local.definition.remoteConfigUrl?.range ?? { start: 0, end: 0 };
      return {
        file,
        definition: unreadable || unavailable !== null ? null : definition,
        // That nothing was fetched is no problem of the text.
        problems: 'refused' in files ? local.problems : problems.map((problem) => (problem.file === file ? problem : atPosition({ ...problem, message: `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`, range: there }, text, levelsFile))),
        text,
        isLocal: badgesFile === levelsFile,
        unavailable,
      };
    },

    /** The file of a folder that asks for leveled badges, or null. */
    async findConfig(root: string): Promise<string | null> {
      return (await loadLocalLevels(openFolder(root))).file;
    },

    /**
     * Fetches what a definition asks for at this moment, and reads what the folder at `root` says about it. `others` are further
     * instances whose files it may name. Rejects with GitLabError where nothing of the project can be read.
     */
    async fetch(root: string, { ref, token }: ProjectAccess, others: readonly InstanceAccess[], definition: LevelsDefinition, signal: AbortSignal): Promise<FetchedFacts> {
      const demand = demandOf(definition.badges, new Date().toISOString());
      const own = { instance: ref.instance, token };
      limit(ref.instance, definition.gitClients.find(({ baseUrl }) => baseUrl === ref.instance)?.maxRequestsPerSecond ?? null);
      const sources: FactSources = {
        connection: connect(own),
        isJobToken: false,
        decide: decideWith([own, ...others.filter(({ instance }) => instance !== ref.instance)]),
        findUsers: createFindUsers(openFolder(root), () => new Date()),
      };
      return { project: ref, demand, facts: await collectProjectFacts(sources, ref.project, demand, signal) };
    },

    /** Evaluates facts that were fetched earlier, without a request. */
    evaluate(definition: LevelsDefinition, { facts, demand }: Pick<FetchedFacts, 'facts' | 'demand'>): ProjectEvaluation {
      return reevaluate(definition, facts, demand.now);
    },

    /** The badges of a definition where nothing is known of the project. */
    unknown(definition: LevelsDefinition, reason: string): ProjectEvaluation {
      return unreachableProject(definition, '', '', reason);
    },
  };
}
