import { Issues, IssuesStatistics } from '@gitbeaker/rest';
import * as v from 'valibot';
import { wholeSecond } from '../core/levels/range';
import type { TimeRange } from './commits';
import type { Connection } from './connection';
import type { CursorPage } from './cursorPages';
import { decode, optional, time } from './decode';
import { type IssueWithEvents, type ListedEvent } from './issueEvents';
import { readRows } from './pagedList';
import { type AskProject, nodesSchema, pageInfoSchema } from './projectQuery';

/** Which issues or merge requests count: those with all of the labels, those of a milestone. */
export interface IssueFilter {
  readonly labels?: readonly string[] | undefined;
  /** Its title. */
  readonly milestone?: string | undefined;
}

export interface IssueCounts {
  readonly all: number;
  readonly opened: number;
  readonly closed: number;
}

/** Counts the issues the caller may see, in one request. Confidential ones are left out for those below Planner who did not write them. */
export async function getIssueCounts(connection: Connection, project: string, { labels, milestone }: IssueFilter, signal?: AbortSignal): Promise<IssueCounts> {
  const filter = { ...(labels && { labels: labels.join(',') }), ...(milestone !== undefined && { milestone }) };
  const answer: unknown = await connection.resource(IssuesStatistics<false>, signal).all({ projectId: project, ...filter });
  return decode(statisticsSchema, answer, `${project} (issues_statistics)`).statistics.counts;
}

/** The issues that were created in the range, without what happened to them. Of a project whose issues are off there are none. */
export async function listIssues(connection: Connection, project: string, { since, until }: TimeRange, signal?: AbortSignal): Promise<readonly IssueWithEvents[]> {
  const issues = connection.resource(Issues<false>, signal);
  const filter = { projectId: project, createdAfter: since, createdBefore: until, issueType: 'issue', scope: 'all', orderBy: 'created_at', sort: 'desc' } as const;
  const { items } = await readRows(`${project} (issues)`, issueSchema, (paging) => issues.all({ ...filter, ...paging }), { key: ({ iid }) => iid });
  return items;
}

/** How many issues were created in each of the ranges: 3 points a range. */
export async function queryIssueCounts(ask: AskProject, ranges: readonly TimeRange[]): Promise<readonly number[]> {
  const counts = await ask({
    feature: 'counts of issues by creation',
    // Written out: as many variables would make the text too long.
    field: ranges
      .map(({ since, until }, index) => `range${index}: issues(types: [ISSUE], createdAfter: ${JSON.stringify(since)}, createdBefore: ${JSON.stringify(until)}, first: 1) { count }`)
      .join(' '),
    variables: {},
    points: 3 * ranges.length,
    schema: v.record(v.string(), v.object({ count: v.number() })),
  });
  return ranges.map((_, index) => counts[`range${index}`]?.count ?? 0);
}

export interface IssuePage {
  readonly range: TimeRange;
  /** Usernames of authors whose issues are left out, at most 100. */
  readonly without: readonly string[];
  /** Issues of a page, and events of each of them. */
  readonly first: number;
  readonly events: number;
  /** By creation; else the newest come first. */
  readonly oldestFirst: boolean;
  readonly after: string | null;
}

/**
 * A page of issues with their notes, for servers whose work items do not have them. Changes of labels, state and milestone are
 * not among these events.
 */
export async function queryIssuesWithNotes(ask: AskProject, { range, without, first, events, oldestFirst, after }: IssuePage): Promise<CursorPage<IssueWithEvents>> {
  const { issues } = await ask({
    feature: without.length > 0 ? 'issues with notes, without those of some authors' : 'issues with notes',
    field: `issues(types: [ISSUE], createdAfter: $since, createdBefore: $until, ${without.length > 0 ? 'not: {authorUsername: $without}, ' : ''}${oldestFirst ? 'sort: CREATED_ASC, ' : ''}first: $first, after: $after) {
      nodes { iid createdAt author { username bot } notes(first: $events) { nodes { createdAt system author { username bot } } pageInfo { hasNextPage } } }
      pageInfo { hasNextPage endCursor } }`,
    variables: {
      since: ['Time', range.since],
      until: ['Time', range.until],
      ...(without.length > 0 && { without: ['[String!]', without] as const }),
      first: ['Int', first],
      events: ['Int', events],
      after: ['String', after],
    },
    points: Math.ceil((13 + 11 * (1 + events / 100)) * (1 + first / 100)),
    schema: v.object({ issues: v.object({ nodes: nodesSchema(issueNodeSchema), pageInfo: pageInfoSchema }) }),
  });
  return { nodes: issues.nodes.map(toIssue), pageInfo: issues.pageInfo };
}

function toIssue({ iid, createdAt, author, notes }: v.InferOutput<typeof issueNodeSchema>): IssueWithEvents {
  const created = wholeSecond(createdAt);
  const events = notes.nodes.map(noteEvent);
  // Oldest first.
  return { iid: Number(iid), createdAt: created, author, events, eventsUntil: notes.pageInfo.hasNextPage ? (events.at(-1)?.at ?? created) : null };
}

export function noteEvent({ createdAt, system, author }: v.InferOutput<typeof noteSchema>): ListedEvent {
  return { at: wholeSecond(createdAt), kind: system ? 'action' : 'comment', author };
}

const statisticsSchema = v.object({
  statistics: v.object({
    counts: v.object({ all: v.number(), opened: v.number(), closed: v.number() }),
  }),
});

const issueSchema = v.pipe(
  v.object({ iid: v.number(), created_at: time, author: optional(v.object({ id: v.number(), username: v.string() })) }),
  v.transform(({ iid, created_at: createdAt, author }): IssueWithEvents => ({
    iid,
    createdAt: wholeSecond(createdAt),
    author: author && { ...author, bot: null },
    events: [],
    eventsUntil: wholeSecond(createdAt),
  })),
);

/** As GraphQL shows a user. */
export const actorSchema = optional(
  v.pipe(
    v.object({ username: v.string(), bot: v.boolean() }),
    v.transform((user) => ({ id: null, ...user })),
  ),
);

export const noteSchema = v.object({ createdAt: time, system: v.boolean(), author: actorSchema });

const issueNodeSchema = v.object({
  iid: v.string(),
  createdAt: time,
  author: actorSchema,
  notes: v.object({ nodes: nodesSchema(noteSchema), pageInfo: v.object({ hasNextPage: v.boolean() }) }),
});
