import { MergeRequests } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decodePage } from './decode';
import { GraphQLError } from './graphql';
import type { IssueFilter } from './issues';
import type { AskProject } from './projectQuery';
import { maxPerPage, searchRowCount } from './rowCount';

export type MergeRequestState = 'opened' | 'merged' | 'closed';

/** Counts the merge requests in a state: one request where GitLab sends the total, which it does up to 10,000. */
export async function countMergeRequests(
  connection: Connection,
  project: string,
  state: MergeRequestState,
  { labels, milestone }: IssueFilter,
  signal?: AbortSignal,
): Promise<number> {
  const target = `${project} (merge_requests)`;
  const filter = { state, ...(labels && { labels: labels.join(',') }), ...(milestone !== undefined && { milestone }) };
  const mergeRequests = connection.resource(MergeRequests<false>, signal);
  const fetchPage = async (page: number, perPage: number) => {
    const answer: unknown = await mergeRequests.all({ projectId: project, ...filter, page, perPage, showExpanded: true });
    return decodePage(v.object({ id: v.number() }), answer, target);
  };
  const { items, total } = await fetchPage(1, 1);
  if (total !== null || items.length === 0) return total ?? 0;
  return searchRowCount((page) => fetchPage(page, maxPerPage), target);
}

/** The same over GraphQL, where what is asked in the same turn shares a request. It counts none where they are hidden, so whether they are is asked as well. */
export async function queryMergeRequestCount(ask: AskProject, state: MergeRequestState, { labels = [], milestone }: IssueFilter): Promise<number> {
  const filter = {
    // GitLab calls it `labelName` since 17.1, and reads both.
    ...(labels.length > 0 && { labels: ['[String!]', labels] as const }),
    ...(milestone !== undefined && { milestoneTitle: ['String', milestone] as const }),
  };
  const { userPermissions, mergeRequests } = await ask({
    feature: ['counts of merge requests', ...Object.keys(filter)].join(', '),
    field: `userPermissions { readMergeRequest } mergeRequests(state: ${state}, ${Object.keys(filter).map((name) => `${name}: $${name}, `).join('')}first: 1) { count }`,
    variables: filter,
    points: 6,
    schema: v.object({ userPermissions: v.object({ readMergeRequest: v.boolean() }), mergeRequests: v.object({ count: v.number() }) }),
  });
  if (!userPermissions.readMergeRequest) throw new GraphQLError('permission', 'GraphQL does not show the merge requests.');
  return mergeRequests.count;
}
