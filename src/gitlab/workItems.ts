import * as v from 'valibot';
import { wholeSecond } from '../core/levels/range';
import type { CursorPage } from './cursorPages';
import { time } from './decode';
import { GraphQLError } from './graphql';
import type { IssueWithEvents } from './issueEvents';
import { actorSchema, type IssuePage, noteEvent, noteSchema } from './issues';
import { type AskProject, nodesSchema, pageInfoSchema } from './projectQuery';

/** A page of issues with everything that happened to them: only as work items they show changes of labels, state and milestone as well. */
export function queryWorkItems(ask: AskProject, { range, without, first, events, oldestFirst, after }: IssuePage): Promise<CursorPage<IssueWithEvents>> {
  const leavingOut = without.length > 0;
  return query(ask, {
    feature: 'work items with what happened to them',
    filter: `createdAfter: $since, createdBefore: $until, ${leavingOut ? 'not: {authorUsername: $without}, ' : ''}${oldestFirst ? 'sort: CREATED_ASC, ' : ''}first: $first, after: $after`,
    variables: {
      since: ['Time', range.since],
      until: ['Time', range.until],
      ...(leavingOut && { without: ['[String!]', without] as const }),
      first: ['Int', first],
      after: ['String', after],
    },
    events,
    rows: first,
  });
}

/** These issues once more, with up to 100 events of each. At most 100 issues. */
export async function queryWorkItemsByIid(ask: AskProject, iids: readonly number[]): Promise<readonly IssueWithEvents[]> {
  const { nodes } = await query(ask, {
    feature: 'work items by number',
    filter: 'iids: $iids, first: $first',
    variables: { iids: ['[String!]', iids.map(String)], first: ['Int', iids.length] },
    events: 100,
    // What is asked for by number is charged once, however many there are.
    rows: 0,
  });
  return nodes;
}

interface WorkItemQuery {
  readonly feature: string;
  readonly filter: string;
  readonly variables: Readonly<Record<string, readonly [type: string, value: unknown]>>;
  readonly events: number;
  readonly rows: number;
}

async function query(ask: AskProject, { feature, filter, variables, events, rows }: WorkItemQuery): Promise<CursorPage<IssueWithEvents>> {
  const { workItems } = await ask({
    feature,
    field: `workItems(types: [ISSUE], ${filter}) {
      nodes { iid createdAt author { username bot } widgets(onlyTypes: [NOTES]) { ... on WorkItemWidgetNotes {
        discussions(first: $events) { nodes { notes { nodes { createdAt system author { username bot } } } } pageInfo { hasNextPage } } } } }
      pageInfo { hasNextPage endCursor } }`,
    variables: { ...variables, events: ['Int', events] },
    points: Math.ceil((13 + 13 * (1 + events / 20)) * (1 + rows / 100)),
    schema: v.object({ workItems: v.object({ nodes: nodesSchema(workItemSchema), pageInfo: pageInfoSchema }) }),
  });
  const { nodes, pageInfo } = workItems;
  if (nodes.length > 0 && nodes.every(({ widgets }) => discussionsOf(widgets).length === 0)) {
    throw new GraphQLError('unsupported', 'The work items of this GitLab do not show what happened to them.');
  }
  return { nodes: nodes.map(toIssue), pageInfo };
}

function discussionsOf(widgets: v.InferOutput<typeof workItemSchema>['widgets']): readonly v.InferOutput<typeof discussionsSchema>[] {
  return (widgets ?? []).flatMap((widget) => widget?.discussions ?? []);
}

function toIssue({ iid, createdAt, author, widgets }: v.InferOutput<typeof workItemSchema>): IssueWithEvents {
  const discussions = discussionsOf(widgets);
  const threads = discussions.flatMap(({ nodes }) => nodes.map(({ notes }) => notes.nodes));
  const isCut = discussions.length === 0 || discussions.some(({ pageInfo }) => pageInfo.hasNextPage);
  // Discussions come by their first note: what is not here starts later than the last one, though a reply here may be later still.
  const until = threads.at(-1)?.[0]?.createdAt ?? createdAt;
  return { iid: Number(iid), createdAt: wholeSecond(createdAt), author, events: threads.flat().map(noteEvent), eventsUntil: isCut ? wholeSecond(until) : null };
}

const discussionsSchema = v.object({
  nodes: nodesSchema(v.object({ notes: v.object({ nodes: nodesSchema(noteSchema) }) })),
  pageInfo: v.object({ hasNextPage: v.boolean() }),
});

const workItemSchema = v.object({
  iid: v.string(),
  createdAt: time,
  author: actorSchema,
  /** Other widgets come as empty objects. Without any, nothing is known of the events. */
  widgets: v.nullish(v.array(v.nullable(v.object({ discussions: v.nullish(discussionsSchema) })))),
});
