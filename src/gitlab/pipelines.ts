import { Pipelines } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { TimeRange } from './commits';
import type { Connection } from './connection';
import { decodePage } from './decode';
import { maxPerPage, searchRowCount } from './rowCount';

/** Counts the pipelines that were last updated in the range: one request where GitLab sends the total, which it does up to 10,000. */
export async function countPipelines(
  connection: Connection,
  project: string,
  { since, until }: TimeRange,
  options: { readonly status?: 'success' },
  signal?: AbortSignal,
): Promise<number> {
  const target = `${project} (pipelines)`;
  const pipelines = connection.resource(Pipelines<false>, signal);
  const fetchPage = async (page: number, perPage: number) => {
    const answer: unknown = await pipelines.all(project, { ...options, updatedAfter: since, updatedBefore: until, page, perPage, showExpanded: true });
    return decodePage(v.object({ id: v.number() }), answer, target);
  };
  const { items, total } = await fetchPage(1, 1);
  if (total !== null || items.length === 0) return total ?? 0;
  return searchRowCount((page) => fetchPage(page, maxPerPage), target);
}
