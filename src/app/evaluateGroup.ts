import type { Connection } from '../gitlab/connection';
import { isUnusable, type GitLabErrorReason } from '../gitlab/gitlabError';
import { listGroupProjects } from '../gitlab/groups';
import { inParallel } from '../sources/parallel';
import type { EvaluatedProject } from './evaluate';
import type { BadgePlaces } from './levelsSarif';
import type { GroupRun, ProjectResult, ResultFolder, RunIdentity } from './resultFolder';
import { isInShard, type Shard } from './shard';

export interface GroupPorts {
  readonly connection: Connection;
  readonly results: ResultFolder;
  /** Requests that went out so far, to whatever instance. */
  requests(): number;
  /** Never rejects for what GitLab answers. */
  evaluate(project: string, signal: AbortSignal): Promise<EvaluatedProject>;
  /** Hears of each project as soon as its result is kept; `done` counts those of earlier runs, too. */
  onProject?(result: ProjectResult, done: number, total: number): void;
  /** Hears, before the first project, how many results of an earlier run count, and what was different about those that don't. */
  onBegin?(begun: { readonly run: GroupRun; readonly earlier: number; readonly different: string | null }): void;
}

export interface GroupRequest extends RunIdentity {
  readonly group: string;
  /** Whether projects of subgroups belong to it. */
  readonly recursive: boolean;
  readonly shard: Shard;
  readonly places: BadgePlaces;
}

interface EvaluatedGroup {
  readonly run: GroupRun;
  /** Why the rest was not tried; null where every project was. */
  readonly stopped: { readonly reason: GitLabErrorReason; readonly message: string } | null;
}

/** Enough to keep the connection busy; the facts of no more projects are in memory at a time. */
const parallelProjects = 8;

/** One project may answer like that by itself; several one after the other mean the token, the way to GitLab, or its patience. */
const hopelessInARow = 3;

/**
 * Evaluates the projects of a group, or of a shard of it, into the folder of results; what an equal run left there counts, but for
 * projects in which something failed. A project that cannot be read costs itself only. Rejects with GitLabError where the list
 * of projects cannot be had, with FileError, and with the signal's reason; what is in the folder stays.
 */
export async function evaluateGroup(ports: GroupPorts, request: GroupRequest, signal: AbortSignal): Promise<EvaluatedGroup> {
  const { connection, results } = ports;
  const requestsBefore = ports.requests();
  const { group, recursive, shard, places } = request;
  const all = await listGroupProjects(connection, group, { recursive }, signal);
  const projects = all.filter(({ id }) => isInShard(shard, id)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const begun = await results.begin({ ...identityOf(request), group, recursive, shard, places, projects, requests: 0 });
  let { run } = begun;
  const open = await inParallel(projects, parallelProjects, signal, async ({ id, path }) => {
    const result = await results.result(run, id);
    return result && result.failures.length === 0 ? [] : [{ id, path }];
  });
  const missing = open.flat();
  let done = projects.length - missing.length;
  ports.onBegin?.({ run, earlier: done, different: begun.different });

  let inARow = 0;
  let stopped: EvaluatedGroup['stopped'] = null;
  try {
    await inParallel(missing, parallelProjects, signal, async ({ id, path }) => {
      if (stopped !== null) return;
      const { evaluation, facts, failures, error } = await ports.evaluate(path, signal);
      const result = { id, archived: facts?.project.archived ?? false, evaluation, failures };
      await results.add(run, result);
      const hopeless = error !== null && (isUnusable(error) || error === 'rate-limited');
      inARow = hopeless ? inARow + 1 : 0;
      if (hopeless && inARow >= hopelessInARow) stopped = { reason: error, message: failures.join(' ') };
      ports.onProject?.(result, (done += 1), projects.length);
    });
  } finally {
    run = { ...run, requests: run.requests + ports.requests() - requestsBefore };
    await results.save(run);
  }
  return { run, stopped };
}

function identityOf({ version, server, now, definition }: RunIdentity): RunIdentity {
  return { version, server, now, definition };
}
