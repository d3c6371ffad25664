import { Pipelines } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { TimeRange } from './commits';
import type { Connection } from './connection';
import { decode, decodePage, optional } from './decode';
import { maxPerPage, searchRowCount } from './rowCount';

export interface LatestPipeline {
  /** One of GitLab's words: `success`, `failed`, `running` … */
  readonly status: string;
  /** In percent; null where no job of it reported one. */
  readonly coverage: number | null;
}

/** The pipeline of the head of a branch, or of the default branch. Rejects with GitLabError `forbidden`, also where there is no pipeline: GitLab answers both alike. */
export async function getLatestPipeline(connection: Connection, project: string, branch?: string, signal?: AbortSignal): Promise<LatestPipeline> {
  const answer: unknown = await connection.resource(Pipelines<false>, signal).showLatest(project, branch === undefined ? {} : { ref: branch });
  const { status, coverage } = decode(latestSchema, answer, `${project} (pipelines/latest)`);
  const percent = coverage === null || coverage === '' ? NaN : Number(coverage);
  return { status, coverage: Number.isFinite(percent) ? percent : null };
}

/** Documented as a number, sent as a text. */
const latestSchema = v.object({ status: v.string(), coverage: optional(v.union([v.string(), v.number()])) });

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
