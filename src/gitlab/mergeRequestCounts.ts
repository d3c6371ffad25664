import { MergeRequests } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decodePage } from './decode';
import type { IssueFilter } from './issues';
import { maxPerPage, searchRowCount } from './rowCount';

/** Counts the merge requests in a state: one request where GitLab sends the total, which it does up to 10,000. */
export async function countMergeRequests(
  connection: Connection,
  project: string,
  state: 'opened' | 'merged' | 'closed',
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
