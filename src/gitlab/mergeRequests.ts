import { MergeRequestApprovals, MergeRequests } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { TimeRange } from './commits';
import type { Connection } from './connection';
import { readCursorPages } from './cursorPages';
import { decode, optional, time } from './decode';
import { type Paging, readRows } from './pagedList';
import { type AskProject, nodesSchema, pageInfoSchema } from './projectQuery';

interface MergedMergeRequest {
  readonly iid: number;
  readonly webUrl: string | null;
  /** ISO 8601, as GitLab sent it. */
  readonly mergedAt: string;
  /** Usernames; null where the account is gone. */
  readonly author: string | null;
  readonly mergedBy: string | null;
}

interface ApprovedMergeRequest extends MergedMergeRequest {
  readonly approvedBy: readonly string[];
}

/**
 * The merge requests of a project that were merged in the range, in no certain order. `changedSince`, no later than its start, is
 * what GitLab is asked for: whatever was merged since then was changed since then, which every version can filter by.
 */
export async function listMergedMergeRequests(connection: Connection, project: string, changedSince: string, range: TimeRange, signal?: AbortSignal): Promise<readonly MergedMergeRequest[]> {
  const mergeRequests = connection.resource(MergeRequests<false>, signal);
  const call = (paging: Paging) => mergeRequests.all({ projectId: project, state: 'merged', scope: 'all', updatedAfter: changedSince, ...paging });
  const { items } = await readRows(`${project} (merge_requests)`, mergeRequestSchema, call, { key: ({ iid }) => iid });
  return items.flatMap(({ mergedAt, ...rest }) => (mergedAt !== null && isIn(range, mergedAt) ? [{ ...rest, mergedAt }] : []));
}

/** Who approved a merge request, by username. */
export async function getApprovers(connection: Connection, project: string, iid: number, signal?: AbortSignal): Promise<readonly string[]> {
  const answer: unknown = await connection.resource(MergeRequestApprovals<false>, signal).showConfiguration(project, { mergerequestIId: iid });
  const approvals = decode(approvalsSchema, answer, `${project} (merge_requests/${iid}/approvals)`);
  return (approvals.approved_by ?? []).flatMap(({ user }) => user?.username ?? []);
}

/** Both in one over GraphQL: 100 merge requests with their approvers a request. */
export async function queryMergedMergeRequests(ask: AskProject, { since, until }: TimeRange): Promise<readonly ApprovedMergeRequest[]> {
  const { items } = await readCursorPages(async (after) => {
    const { mergeRequests } = await ask({
      feature: 'merged merge requests with their approvers',
      field: `mergeRequests(state: merged, mergedAfter: $since, mergedBefore: $until, first: 100, after: $after) {
        nodes { iid webUrl mergedAt author { username } mergeUser { username } approvedBy { nodes { username } } } pageInfo { hasNextPage endCursor } }`,
      variables: { since: ['Time', since], until: ['Time', until], after: ['String', after] },
      points: 46,
      schema: v.object({ mergeRequests: v.object({ nodes: nodesSchema(mergeRequestNodeSchema), pageInfo: pageInfoSchema }) }),
    });
    return mergeRequests;
  });
  return items.flatMap(({ mergedAt, ...rest }) => (mergedAt !== null && isIn({ since, until }, mergedAt) ? [{ ...rest, mergedAt }] : []));
}

function isIn({ since, until }: TimeRange, at: string): boolean {
  const time = Date.parse(at);
  return time >= Date.parse(since) && time <= Date.parse(until);
}

const userSchema = optional(v.object({ username: v.string() }));

const mergeRequestSchema = v.pipe(
  v.object({
    iid: v.number(),
    web_url: optional(v.string()),
    merged_at: optional(time),
    author: userSchema,
    merge_user: userSchema,
    /** The same before GitLab 14.7. */
    merged_by: userSchema,
  }),
  v.transform(({ iid, web_url: webUrl, merged_at: mergedAt, author, merge_user: mergeUser, merged_by: mergedBy }) => ({
    iid,
    webUrl,
    mergedAt,
    author: author?.username ?? null,
    mergedBy: (mergeUser ?? mergedBy)?.username ?? null,
  })),
);

const approvalsSchema = v.object({ approved_by: optional(v.array(v.object({ user: userSchema }))) });

const mergeRequestNodeSchema = v.pipe(
  v.object({
    iid: v.string(),
    webUrl: optional(v.string()),
    mergedAt: optional(time),
    author: userSchema,
    mergeUser: userSchema,
    approvedBy: optional(v.object({ nodes: nodesSchema(v.object({ username: v.string() })) })),
  }),
  v.transform(({ iid, webUrl, mergedAt, author, mergeUser, approvedBy }) => ({
    iid: Number(iid),
    webUrl,
    mergedAt,
    author: author?.username ?? null,
    mergedBy: mergeUser?.username ?? null,
    approvedBy: (approvedBy?.nodes ?? []).map(({ username }) => username),
  })),
);
