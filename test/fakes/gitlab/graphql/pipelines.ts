import { canUse } from '../access';
import { headOf, type FakePipeline, type FakeProject } from '../data';
import { isBetween } from '../filters';
import { finished, isInScope, listed } from '../routes/pipelines';
import { connection, type Connection, type PageArgs } from './connection';
import { globalId, sorted, type Context } from './context';

export interface PipelineArgs extends PageArgs {
  readonly id?: string | null;
  readonly iid?: string | null;
  readonly ids?: readonly string[] | null;
  readonly ref?: string | null;
  readonly scope?: string | null;
  readonly sha?: string | null;
  readonly source?: string | null;
  readonly status?: string | null;
  readonly updatedAfter?: number | null;
  readonly updatedBefore?: number | null;
  readonly username?: string | null;
}

/** Without pipelines where the caller may not see them. */
export function pipelineConnection({ caller }: Context, project: FakeProject, args: PipelineArgs): Connection {
  const wanted = (canUse(caller, project, 'builds') ? listed(project, args.source ?? null) : [])
    .filter((each) => args.status == null || each.status.toUpperCase() === args.status)
    .filter((each) => (args.ref == null || each.ref === args.ref) && (args.sha == null || each.sha === args.sha))
    .filter((each) => (args.source == null || each.source === args.source) && (args.username == null || each.user.username === args.username))
    .filter((each) => args.ids == null || args.ids.includes(pipelineId(each)))
    .filter((each) => isInScope(project, each, args.scope?.toLowerCase() ?? null))
    .filter((each) => isBetween(each.updatedAt, args.updatedAfter ?? null, args.updatedBefore ?? null));
  return connection(sorted(wanted, null, {}), args, { key: (each) => each.id, node: pipelineNode });
}

/** Without arguments that of the newest commit of the default branch. */
export function latestPipeline(project: FakeProject, args: PipelineArgs): unknown {
  const fits = (each: FakePipeline): boolean => {
    if (args.id != null) return pipelineId(each) === args.id;
    if (args.iid != null) return String(each.iid) === args.iid;
    if (args.sha != null) return each.sha === args.sha;
    return each.ref === project.defaultBranch && each.sha === headOf(project)?.sha;
  };
  const isNamed = args.id != null || args.iid != null;
  const [latest] = sorted((isNamed ? project.pipelines : listed(project, null)).filter(fits), null, {});
  return latest ? pipelineNode(latest) : null;
}

export function pipelineCounts(project: FakeProject, args: PipelineArgs): unknown {
  const wanted = project.pipelines.filter(
    (each) => (args.ref == null || each.ref === args.ref) && (args.sha == null || each.sha === args.sha) && (args.source == null || each.source === args.source),
  );
  const inScope = (scope: string): number => wanted.filter((each) => isInScope(project, each, scope)).length;
  return { all: wanted.length, running: inScope('running'), pending: inScope('pending'), finished: inScope('finished') };
}

function pipelineId(pipeline: FakePipeline): string {
  return globalId('Ci::Pipeline', pipeline.id);
}

function pipelineNode(each: FakePipeline): unknown {
  return {
    id: pipelineId(each),
    iid: String(each.iid),
    ref: each.ref,
    source: each.source,
    status: each.status.toUpperCase(),
    coverage: each.coverage === null ? null : Number(each.coverage),
    createdAt: each.createdAt,
    updatedAt: each.updatedAt,
    startedAt: each.createdAt,
    finishedAt: finished.includes(each.status) ? each.updatedAt : null,
    duration: each.duration,
  };
}
