import { IssuesStatistics } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decode } from './decode';

export interface IssueCounts {
  readonly all: number;
  readonly opened: number;
  readonly closed: number;
}

/** Counts the issues the caller may see, in one request. Confidential ones are left out for those below Planner who did not write them. */
export async function getIssueCounts(connection: Connection, project: string, signal?: AbortSignal): Promise<IssueCounts> {
  const answer: unknown = await connection.resource(IssuesStatistics<false>, signal).all({ projectId: project });
  return decode(statisticsSchema, answer, `${project} (issues_statistics)`).statistics.counts;
}

const statisticsSchema = v.object({
  statistics: v.object({
    counts: v.object({ all: v.number(), opened: v.number(), closed: v.number() }),
  }),
});
