import { ProjectMilestones } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { readCursorPages } from './cursorPages';
import { optional } from './decode';
import { readRows } from './pagedList';
import { type AskProject, nodesSchema, pageInfoSchema } from './projectQuery';

export interface Milestone {
  readonly title: string;
  /** Days, `2026-01-31`. */
  readonly dueDate: string | null;
  readonly startDate: string | null;
}

/** The active milestones of a project and of the groups above it. */
export async function listActiveMilestones(connection: Connection, project: string, signal?: AbortSignal): Promise<readonly Milestone[]> {
  const milestones = connection.resource(ProjectMilestones<false>, signal);
  // GitLab calls it `include_ancestors` since 16.7, and reads both; servers before that know this one alone.
  const call = (paging: object) => milestones.all(project, { state: 'active', includeParentMilestones: true, ...paging });
  const { items } = await readRows(`${project} (milestones)`, milestoneSchema, call);
  return items;
}

/** The same over GraphQL, where what is asked in the same turn shares a request. */
export async function queryActiveMilestones(ask: AskProject): Promise<readonly Milestone[]> {
  const { items } = await readCursorPages(async (after) => {
    const { milestones } = await ask({
      feature: 'milestones',
      field: 'milestones(state: active, includeAncestors: true, first: 100, after: $after) { nodes { title dueDate startDate } pageInfo { hasNextPage endCursor } }',
      variables: { after: ['String', after] },
      points: 20,
      schema: v.object({ milestones: v.object({ nodes: nodesSchema(milestoneNodeSchema), pageInfo: pageInfoSchema }) }),
    });
    return milestones;
  });
  return items;
}

/** Without the time that GraphQL puts behind it. */
const day = optional(
  v.pipe(
    v.string(),
    v.transform((text) => text.slice(0, 10)),
  ),
);

const milestoneSchema = v.pipe(
  v.object({ title: v.string(), due_date: day, start_date: day }),
  v.transform(({ title, due_date: dueDate, start_date: startDate }) => ({ title, dueDate, startDate })),
);

const milestoneNodeSchema = v.object({ title: v.string(), dueDate: day, startDate: day });
