import { canReadIssue, findProject } from '../access';
import { json, recordNotFound } from '../answer';
import { commentCount, type FakeIssue, type FakeProject } from '../data';
import { projectUrl, userEntity, type Entity } from '../entities';
import { isInRange, ordered } from '../filters';
import { paginated } from '../paginate';
import { anyOf, flag, integer, list, oneOf, pagination, text, time, type Declarations } from '../params';
import type { Call, Router } from '../router';

const filters: Declarations = {
  labels: list,
  milestone: text,
  iids: list,
  search: text,
  author_id: integer,
  author_username: text,
  confidential: flag,
  created_after: time,
  created_before: time,
  updated_after: time,
  updated_before: time,
  issue_type: anyOf('issue', 'incident', 'test_case', 'task'),
  scope: oneOf('all', 'created_by_me', 'created-by-me', 'assigned_to_me', 'assigned-to-me'),
};

export function issueRoutes(router: Router): void {
  const listParams = {
    ...pagination,
    ...filters,
    state: oneOf('all', 'opened', 'closed'),
    order_by: oneOf('created_at', 'updated_at', 'title'),
    sort: oneOf('desc', 'asc'),
  };

  router.get('/projects/:id/issues', { params: listParams }, (call) => {
    const project = findProject(call);
    const state = call.params.text('state');
    const issues = visibleIssues(call, project).filter((issue) => state === 'all' || issue.state === state);
    return paginated(call, ordered(issues, issueKey(call), call.params.text('sort')), (issue) => issueEntity(call, project, issue));
  });

  router.get('/projects/:id/issues/:issue_iid', { params: { issue_iid: integer } }, (call) => {
    const project = findProject(call);
    const issue = project.issues.find((each) => each.iid === call.params.number('issue_iid') && canReadIssue(call.caller(), project, each));
    if (!issue) throw recordNotFound();
    return json(issueEntity(call, project, issue));
  });

  router.get('/projects/:id/issues_statistics', { params: filters }, (call) => {
    const issues = visibleIssues(call, findProject(call));
    const opened = issues.filter((issue) => issue.state === 'opened').length;
    return json({ statistics: { counts: { all: issues.length, closed: issues.length - opened, opened } } });
  });
}

/** Issues that the caller may see and asked for. A project whose issues are off answers as one without issues. */
function visibleIssues(call: Call, project: FakeProject): FakeIssue[] {
  const caller = call.caller();
  const { params } = call;
  const labels = params.list('labels') ?? [];
  const iids = params.list('iids');
  const search = params.text('search')?.toLowerCase() ?? '';
  const authorId = params.number('author_id');
  const authorName = params.text('author_username');
  return project.issues
    .filter((issue) => canReadIssue(caller, project, issue))
    .filter((issue) => !params.has('confidential') || issue.confidential === params.flag('confidential'))
    .filter((issue) => labels.every((label) => issue.labels.includes(label)))
    .filter((issue) => params.text('milestone') === null || issue.milestone === params.text('milestone'))
    .filter((issue) => iids === null || iids.includes(String(issue.iid)))
    .filter((issue) => issue.title.toLowerCase().includes(search))
    .filter((issue) => (authorId === null || issue.author.id === authorId) && (authorName === null || issue.author.username === authorName))
    .filter((issue) => params.text('issue_type') === null || issue.type.toLowerCase() === params.text('issue_type'))
    .filter((issue) => !params.text('scope')?.startsWith('created') || issue.author === caller.user)
    .filter((issue) => isInRange(issue, params));
}

function issueKey(call: Call): (issue: FakeIssue) => string | number {
  const order = call.params.text('order_by');
  if (order === 'title') return (issue) => issue.title;
  return (issue) => Date.parse(order === 'updated_at' ? issue.updatedAt : issue.createdAt);
}

function issueEntity(call: Call, project: FakeProject, issue: FakeIssue): Entity {
  return {
    id: issue.id,
    iid: issue.iid,
    project_id: project.id,
    title: issue.title,
    description: null,
    state: issue.state,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: null,
    labels: issue.labels,
    milestone: null,
    assignees: [],
    author: userEntity(call, issue.author),
    type: issue.type,
    assignee: null,
    user_notes_count: commentCount(issue),
    merge_requests_count: 0,
    upvotes: 0,
    downvotes: 0,
    due_date: null,
    confidential: issue.confidential,
    issue_type: issue.type.toLowerCase(),
    web_url: `${projectUrl(call, project)}/-/issues/${issue.iid}`,
  };
}
