import { canUse, findProject, findProjectFor } from '../access';
import { forbidden, json, recordNotFound } from '../answer';
import type { FakeMergeRequest, FakeProject } from '../data';
import { projectUrl, userEntity, type Entity } from '../entities';
import { isInRange, ordered } from '../filters';
import { paginated } from '../paginate';
import { integer, list, oneOf, pagination, text, time } from '../params';
import type { Call, Router } from '../router';

export function mergeRequestRoutes(router: Router): void {
  const params = {
    ...pagination,
    state: oneOf('all', 'opened', 'closed', 'locked', 'merged'),
    order_by: oneOf('created_at', 'updated_at', 'merged_at', 'title'),
    sort: oneOf('desc', 'asc'),
    scope: oneOf('all', 'created_by_me', 'assigned_to_me'),
    iids: list,
    search: text,
    author_id: integer,
    author_username: text,
    target_branch: text,
    labels: list,
    milestone: text,
    created_after: time,
    created_before: time,
    updated_after: time,
    updated_before: time,
  };

  router.get('/projects/:id/merge_requests', { params }, (call) => {
    const project = findProjectFor(call, 'merge_requests');
    const mergeRequests = ordered(found(call, project), key(call.params.text('order_by')), call.params.text('sort'));
    return paginated(call, mergeRequests, (each) => entity(call, project, each));
  });

  router.get('/projects/:id/merge_requests/:merge_request_iid', one, (call) => {
    const { project, mergeRequest } = findMergeRequest(call);
    return json(entity(call, project, mergeRequest));
  });

  // As the free edition answers: an approval is a fact here, not a rule.
  router.get('/projects/:id/merge_requests/:merge_request_iid/approvals', one, (call) => {
    const { approvals } = findMergeRequest(call).mergeRequest;
    const { user } = call.caller();
    return json({
      user_has_approved: approvals.some((approval) => approval.user === user),
      user_can_approve: false,
      approved: approvals.length > 0,
      approved_by: approvals.map((approval) => ({ user: userEntity(call, approval.user), approved_at: approval.at })),
    });
  });
}

const one = { params: { merge_request_iid: integer } };

function findMergeRequest(call: Call): { readonly project: FakeProject; readonly mergeRequest: FakeMergeRequest } {
  const project = findProject(call);
  const mergeRequest = project.mergeRequests.find((each) => each.iid === call.params.number('merge_request_iid'));
  if (!mergeRequest) throw recordNotFound();
  if (!canUse(call.caller(), project, 'merge_requests')) throw forbidden();
  return { project, mergeRequest };
}

function found(call: Call, project: FakeProject): FakeMergeRequest[] {
  const { params } = call;
  const state = params.text('state');
  const iids = params.list('iids');
  const search = params.text('search')?.toLowerCase() ?? '';
  const authorId = params.number('author_id');
  const authorName = params.text('author_username');
  const labels = params.list('labels') ?? [];
  return project.mergeRequests
    .filter((each) => state === 'all' || each.state === state)
    .filter((each) => iids === null || iids.includes(String(each.iid)))
    .filter((each) => each.title.toLowerCase().includes(search))
    .filter((each) => (authorId === null || each.author.id === authorId) && (authorName === null || each.author.username === authorName))
    .filter((each) => labels.every((label) => each.labels.includes(label)))
    .filter((each) => params.text('milestone') === null || each.milestone === params.text('milestone'))
    .filter((each) => params.text('target_branch') === null || each.targetBranch === params.text('target_branch'))
    .filter((each) => params.text('scope') !== 'created_by_me' || each.author === call.caller().user)
    .filter((each) => isInRange(each, params));
}

function key(order: string | null): (each: FakeMergeRequest) => string | number {
  if (order === 'title') return (each) => each.title;
  if (order === 'merged_at') return (each) => (each.mergedAt === null ? 0 : Date.parse(each.mergedAt));
  return (each) => Date.parse(order === 'updated_at' ? each.updatedAt : each.createdAt);
}

function entity(call: Call, project: FakeProject, each: FakeMergeRequest): Entity {
  return {
    id: each.id,
    iid: each.iid,
    project_id: project.id,
    title: each.title,
    description: null,
    state: each.state,
    created_at: each.createdAt,
    updated_at: each.updatedAt,
    merged_by: userEntity(call, each.mergeUser),
    merge_user: userEntity(call, each.mergeUser),
    merged_at: each.mergedAt,
    closed_at: each.closedAt,
    target_branch: each.targetBranch,
    source_branch: `change-${each.iid}`,
    user_notes_count: each.notes.filter((note) => !note.system).length,
    author: userEntity(call, each.author),
    assignees: [],
    reviewers: [],
    labels: each.labels,
    draft: each.draft,
    detailed_merge_status: each.state === 'opened' ? 'mergeable' : 'not_open',
    web_url: `${projectUrl(call, project)}/-/merge_requests/${each.iid}`,
  };
}
