import { canUse } from '../access';
import { projectPath, type FakeMergeRequest, type FakeProject } from '../data';
import { isBetween } from '../filters';
import { connection, type Connection, type PageArgs } from './connection';
import { globalId, sorted, userNode, type Context } from './context';
import { noteableFields } from './issues';

export interface MergeRequestArgs extends PageArgs {
  readonly approvedBy?: readonly string[] | null;
  readonly authorUsername?: string | null;
  readonly iids?: readonly string[] | null;
  readonly labels?: readonly string[] | null;
  readonly milestoneTitle?: string | null;
  readonly mergedBy?: string | null;
  readonly sort?: string | null;
  readonly state?: string | null;
  readonly targetBranches?: readonly string[] | null;
  readonly createdAfter?: number | null;
  readonly createdBefore?: number | null;
  readonly updatedAfter?: number | null;
  readonly updatedBefore?: number | null;
  readonly mergedAfter?: number | null;
  readonly mergedBefore?: number | null;
}

/** Where merge requests are off, or not for the caller, there are none. */
export function mergeRequestConnection(context: Context, project: FakeProject, args: MergeRequestArgs): Connection {
  const readable = canUse(context.caller, project, 'merge_requests') ? project.mergeRequests : [];
  const wanted = readable
    .filter((each) => args.state == null || args.state === 'all' || each.state === args.state)
    .filter((each) => args.iids == null || args.iids.includes(String(each.iid)))
    .filter((each) => args.authorUsername == null || each.author.username === args.authorUsername)
    .filter((each) => args.mergedBy == null || each.mergeUser?.username === args.mergedBy)
    .filter((each) => (args.labels ?? []).every((label) => each.labels.includes(label)))
    .filter((each) => args.milestoneTitle == null || each.milestone === args.milestoneTitle)
    .filter((each) => args.targetBranches == null || args.targetBranches.includes(each.targetBranch))
    .filter((each) => (args.approvedBy ?? []).every((username) => each.approvals.some(({ user }) => user.username === username)))
    .filter((each) => isBetween(each.createdAt, args.createdAfter ?? null, args.createdBefore ?? null))
    .filter((each) => isBetween(each.updatedAt, args.updatedAfter ?? null, args.updatedBefore ?? null))
    .filter((each) => (args.mergedAfter == null && args.mergedBefore == null) || (each.mergedAt !== null && isBetween(each.mergedAt, args.mergedAfter ?? null, args.mergedBefore ?? null)));
  const rows = sorted(wanted, args.sort, {
    CREATED: (each) => Date.parse(each.createdAt),
    UPDATED: (each) => Date.parse(each.updatedAt),
    MERGED_AT: (each) => (each.mergedAt === null ? 0 : Date.parse(each.mergedAt)),
    CLOSED_AT: (each) => (each.closedAt === null ? 0 : Date.parse(each.closedAt)),
    TITLE: (each) => each.title,
  });
  return connection(rows, args, { key: (each) => each.id, node: (each) => mergeRequestNode(context, project, each) });
}

export function mergeRequestNode(context: Context, project: FakeProject, each: FakeMergeRequest): unknown {
  return {
    __typename: 'MergeRequest',
    ...noteableFields(context, project, each),
    id: globalId('MergeRequest', each.id),
    iid: String(each.iid),
    title: each.title,
    state: each.state,
    draft: each.draft,
    targetBranch: each.targetBranch,
    createdAt: each.createdAt,
    updatedAt: each.updatedAt,
    mergedAt: each.mergedAt,
    author: () => userNode(each.author, 'MergeRequestAuthor'),
    mergeUser: () => userNode(each.mergeUser),
    approved: each.approvals.length > 0,
    approvedBy: (args: PageArgs) => connection(each.approvals, args, { key: ({ user }) => user.id, node: ({ user }) => userNode(user) }),
    webUrl: `${context.instance.externalUrl()}/${projectPath(project)}/-/merge_requests/${each.iid}`,
  };
}
