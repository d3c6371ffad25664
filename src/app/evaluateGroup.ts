import type { Connection } from '../gitlab/connection';
import { listGroupProjects } from '../gitlab/groups';
import { inParallel } from '../sources/parallel';
import type { EvaluatedProject } from './evaluate';
import type { BadgesText, GroupRun, ProjectResult, ResultFolder, RunIdentity } from './resultFolder';
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
  readonly configuration: BadgesText;
}

export interface EvaluatedGroup {
  readonly run: GroupRun;
  /** Why GitLab could not be used any more; null where every project was tried. */
  readonly unusable: string | null;
}

/** Enough to keep the connection busy; the facts of no more projects are in memory at a time. */
const parallelProjects = 8;

/** One project may answer like that by itself; several one after the other mean the token, or the way to GitLab. */
const unusableInARow = 3;

/**
 * Evaluates the projects of a group, or of a shard of it, into the folder of results; what an equal run left there counts, but for
 * projects in which something failed. A project that cannot be read costs itself only. Rejects with GitLabError where the list
 * of projects cannot be had, with FileError, and with the signal's reason; what is in the folder stays.
 */
export async function evaluateGroup(ports: GroupPorts, request: GroupRequest, signal: AbortSignal): Promise<EvaluatedGroup> {
  const { connection, results } = ports;
  const requestsBefore = ports.requests();
  const { group, recursive, shard, configuration } = request;
  const all = await listGroupProjects(connection, group, { recursive }, signal);
  const projects = all.filter(({ id }) => isInShard(shard, id)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const before = (await results.runs()).runs.find((run) => sameShard(run, request));
  let run: GroupRun = { ...identityOf(request), group, recursive, shard, configuration, projects, requests: 0 };
  const { different } = await results.begin(run);
  const earlierRequests = different === null ? (before?.requests ?? 0) : 0;
  const open = await inParallel(projects, parallelProjects, signal, async ({ id, path }) => {
    const result = await results.result(run, id);
    return result && result.failures.length === 0 ? [] : [{ id, path }];
  });
  const missing = open.flat();
  let done = projects.length - missing.length;
  ports.onBegin?.({ run, earlier: done, different });

  let inARow = 0;
  let unusable: string | null = null;
  try {
    await inParallel(missing, parallelProjects, signal, async ({ id, path }) => {
      if (unusable !== null) return;
      const evaluated = await ports.evaluate(path, signal);
      const result = { id, archived: evaluated.facts?.project.archived ?? false, evaluation: evaluated.evaluation, failures: evaluated.failures };
      await results.add(run, result);
      inARow = evaluated.unusable ? inARow + 1 : 0;
      if (inARow >= unusableInARow) unusable = evaluated.evaluation.reason ?? null;
      ports.onProject?.(result, (done += 1), projects.length);
    });
  } finally {
    run = { ...run, requests: earlierRequests + ports.requests() - requestsBefore };
    await results.save(run);
  }
  return { run, unusable };
}

function identityOf({ version, server, now, definition }: RunIdentity): RunIdentity {
  return { version, server, now, definition };
}

function sameShard(run: GroupRun, { shard }: GroupRequest): boolean {
  return run.shard.index === shard.index && run.shard.total === shard.total;
}
