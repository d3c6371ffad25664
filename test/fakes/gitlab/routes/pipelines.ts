import { canUse, findProject, findProjectFor } from '../access';
import { forbidden, json, recordNotFound } from '../answer';
import { commitsAt, type FakePipeline, type FakeProject } from '../data';
import { projectUrl, userEntity, type Entity } from '../entities';
import { isBetween, ordered } from '../filters';
import { paginated } from '../paginate';
import { anyOf, oneOf, pagination, text, time } from '../params';
import type { Call, Router } from '../router';

const statuses = [
  'created',
  'waiting_for_resource',
  'preparing',
  'waiting_for_callback',
  'pending',
  'running',
  'success',
  'failed',
  'canceling',
  'canceled',
  'skipped',
  'manual',
  'scheduled',
];
const sources = [
  'push',
  'web',
  'trigger',
  'schedule',
  'api',
  'external',
  'pipeline',
  'chat',
  'webide',
  'merge_request_event',
  'external_pull_request_event',
  'parent_pipeline',
];
export const finished = ['success', 'failed', 'canceled', 'skipped'];

export function pipelineRoutes(router: Router): void {
  const params = {
    ...pagination,
    status: anyOf(...statuses),
    source: anyOf(...sources),
    scope: anyOf('running', 'pending', 'finished', 'branches', 'tags'),
    ref: text,
    sha: text,
    username: text,
    updated_after: time,
    updated_before: time,
    created_after: time,
    created_before: time,
    order_by: oneOf('id', 'status', 'ref', 'updated_at', 'user_id'),
    sort: oneOf('desc', 'asc'),
  };

  router.get('/projects/:id/pipelines', { params }, (call) => {
    const project = findProjectFor(call, 'builds');
    const pipelines = ordered(found(call, project), key(call.params.text('order_by')), call.params.text('sort'));
    return paginated(call, pipelines, (each) => shortEntity(call, project, each));
  });

  router.get('/projects/:id/pipelines/latest', { params: { ref: text } }, (call) => {
    const project = findProject(call);
    const ref = call.params.text('ref') ?? project.defaultBranch;
    const head = commitsAt(project, ref)?.[0]?.sha;
    // GitLab asks whether the caller may read a pipeline that isn't there, and the answer is no.
    const latest = listed(project, null).filter((each) => each.ref === ref && each.sha === head).sort((a, b) => b.id - a.id)[0];
    if (!latest || !canUse(call.caller(), project, 'builds')) throw forbidden();
    return json(fullEntity(call, project, latest));
  });

  router.get('/projects/:id/pipelines/:pipeline_id', { params: { pipeline_id: { type: 'integer' } } }, (call) => {
    const project = findProject(call);
    const pipeline = project.pipelines.find((each) => each.id === call.params.number('pipeline_id'));
    if (!pipeline) throw recordNotFound();
    if (!canUse(call.caller(), project, 'builds')) throw forbidden();
    return json(fullEntity(call, project, pipeline));
  });

  router.get('/projects/:id/pipelines/:pipeline_id/jobs', { params: { ...pagination, pipeline_id: { type: 'integer' } } }, (call) => {
    const project = findProject(call);
    const pipeline = project.pipelines.find((each) => each.id === call.params.number('pipeline_id'));
    if (!pipeline) throw recordNotFound();
    if (!canUse(call.caller(), project, 'builds')) throw forbidden();
    const jobs = pipeline.jobs.map((job, index) => ({ id: pipeline.id * 1000 + index, name: job.name, stage: 'test', status: job.status ?? 'success', coverage: job.coverage ?? null, ref: pipeline.ref }));
    return paginated(call, jobs, (each) => each);
  });
}

function found(call: Call, project: FakeProject): FakePipeline[] {
  const { params } = call;
  const isWanted = (name: string, value: string): boolean => params.text(name) === null || params.text(name) === value;
  return listed(project, params.text('source'))
    .filter((each) => isWanted('status', each.status) && isWanted('ref', each.ref) && isWanted('sha', each.sha))
    .filter((each) => isWanted('source', each.source) && isWanted('username', each.user.username))
    .filter((each) => isInScope(project, each, params.text('scope')))
    .filter((each) => isBetween(each.updatedAt, params.time('updated_after'), params.time('updated_before')))
    .filter((each) => isBetween(each.createdAt, params.time('created_after'), params.time('created_before')));
}

/** A pipeline that another one started is in no list but that of its own kind. */
export function listed(project: FakeProject, source: string | null): FakePipeline[] {
  return project.pipelines.filter((each) => each.source !== 'parent_pipeline' || source === each.source);
}

export function isInScope(project: FakeProject, pipeline: FakePipeline, scope: string | null): boolean {
  const isTag = project.tags.some((tag) => tag.name === pipeline.ref);
  switch (scope) {
    case 'running':
    case 'pending':
      return pipeline.status === scope;
    case 'finished':
      return finished.includes(pipeline.status);
    case 'branches':
      return !isTag;
    case 'tags':
      return isTag;
    default:
      return true;
  }
}

function key(order: string | null): (each: FakePipeline) => string | number {
  if (order === 'status') return (each) => each.status;
  if (order === 'ref') return (each) => each.ref;
  if (order === 'updated_at') return (each) => Date.parse(each.updatedAt);
  if (order === 'user_id') return (each) => each.user.id;
  return (each) => each.id;
}

/** Rows of the list: no coverage here. */
function shortEntity(call: Call, project: FakeProject, each: FakePipeline): Entity {
  return {
    id: each.id,
    iid: each.iid,
    project_id: project.id,
    sha: each.sha,
    ref: each.ref,
    status: each.status,
    source: each.source,
    created_at: each.createdAt,
    updated_at: each.updatedAt,
    web_url: `${projectUrl(call, project)}/-/pipelines/${each.id}`,
    name: null,
  };
}

function fullEntity(call: Call, project: FakeProject, each: FakePipeline): Entity {
  const isFinished = finished.includes(each.status);
  return {
    ...shortEntity(call, project, each),
    before_sha: '0'.repeat(40),
    tag: project.tags.some((tag) => tag.name === each.ref),
    yaml_errors: null,
    user: userEntity(call, each.user),
    started_at: each.createdAt,
    finished_at: isFinished ? each.updatedAt : null,
    committed_at: null,
    duration: each.duration,
    queued_duration: 1,
    coverage: each.coverage,
    detailed_status: {
      icon: `status_${each.status}`,
      text: each.status === 'success' ? 'Passed' : each.status,
      label: each.status === 'success' ? 'passed' : each.status,
      group: each.status,
      tooltip: each.status === 'success' ? 'passed' : each.status,
      has_details: true,
      details_path: new URL(`${projectUrl(call, project)}/-/pipelines/${each.id}`).pathname,
    },
  };
}
