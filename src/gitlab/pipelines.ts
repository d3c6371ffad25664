import { Jobs, Pipelines } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { TimeRange } from './commits';
import type { Connection } from './connection';
import { decode, decodePage, optional } from './decode';
import { readRows } from './pagedList';
import { maxPerPage, searchRowCount } from './rowCount';

export interface LatestPipeline {
  readonly id: number;
  /** One of GitLab's words: `success`, `failed`, `running` … */
  readonly status: string;
  /** In percent; null where no job of it reported one. */
  readonly coverage: number | null;
}

/** The pipeline of the head of a branch, or of the default branch. Rejects with GitLabError `forbidden`, also where there is no pipeline: GitLab answers both alike. */
export async function getLatestPipeline(connection: Connection, project: string, branch?: string, signal?: AbortSignal): Promise<LatestPipeline> {
  const answer: unknown = await connection.resource(Pipelines<false>, signal).showLatest(project, branch === undefined ? {} : { ref: branch });
  const { id, status, coverage } = decode(latestSchema, answer, `${project} (pipelines/latest)`);
  return { id, status, coverage: percentOf(coverage) };
}

/** The coverage that a job of a pipeline reported: null where it reported none, undefined where the pipeline has no such job. */
export async function getJobCoverage(connection: Connection, project: string, pipelineId: number, job: string, signal?: AbortSignal): Promise<number | null | undefined> {
  const jobs = connection.resource(Jobs<false>, signal);
  const { items } = await readRows(`${project} (pipelines/${pipelineId}/jobs)`, jobSchema, (paging) => jobs.all(project, { pipelineId, ...paging }), {
    key: ({ id }) => id,
    readOn: (rows) => rows.every(({ name }) => name !== job),
  });
  const found = items.find(({ name }) => name === job);
  return found && percentOf(found.coverage);
}

function percentOf(coverage: string | number | null): number | null {
  const percent = coverage === null || coverage === '' ? NaN : Number(coverage);
  return Number.isFinite(percent) ? percent : null;
}

/** Documented as a number, sent as a text. */
const coverageSchema = optional(v.union([v.string(), v.number()]));

const latestSchema = v.object({ id: v.number(), status: v.string(), coverage: coverageSchema });

const jobSchema = v.object({ id: v.number(), name: v.string(), coverage: coverageSchema });

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
