import { IssueLabelEvents, IssueMilestoneEvents, IssueNotes, IssueStateEvents } from '@gitbeaker/rest';
import * as v from 'valibot';
import { wholeSecond } from '../core/levels/range';
import type { Connection } from './connection';
import { optional, time } from './decode';
import { type Paging, type ReadOn, readRows, type Rows } from './pagedList';

/** Somebody on GitLab. */
export interface Actor {
  /** Null where GitLab does not tell with the name: GraphQL does not. */
  readonly id: number | null;
  readonly username: string;
  /** Null where GitLab does not tell with the name: REST does not. */
  readonly bot: boolean | null;
}

/** What happened to an issue. Times are whole seconds, because GraphQL gives no finer ones: both ways are to say the same. */
export interface ListedEvent {
  readonly at: string;
  /** Everything but a comment is an `action`. */
  readonly kind: 'comment' | 'action';
  /** Null where the account is gone. */
  readonly author: Actor | null;
}

/** An issue with what happened to it. */
export interface IssueWithEvents {
  readonly iid: number;
  /** ISO 8601, to the second. */
  readonly createdAt: string;
  readonly author: Actor | null;
  readonly events: readonly ListedEvent[];
  /** The events up to then are all there, some later ones may be; null: all of them are there. */
  readonly eventsUntil: string | null;
}

/** What an issue can be asked for. GitLab wants a login for each of these, also in public projects. */
export const eventKinds = ['notes', 'labels', 'states', 'milestones'] as const;
export type EventKind = (typeof eventKinds)[number];

/** The events of a kind, oldest first, as far as `readOn` wants them. GitLab keeps changes of labels, state and milestone outside the notes. */
export async function listIssueEvents(
  connection: Connection,
  project: string,
  issue: number,
  kind: EventKind,
  readOn: ReadOn<ListedEvent>,
  signal?: AbortSignal,
): Promise<Rows<ListedEvent>> {
  const target = `${project} (issues/${issue}/${paths[kind]})`;
  const call = (paging: Paging) => fetchEvents(connection, project, issue, kind, paging, signal);
  const { items, ended } = await readRows(target, eventSchema, call, { readOn: (rows) => readOn(rows.map((row) => toEvent(row, kind))), key: ({ id }) => id });
  return { items: items.map((row) => toEvent(row, kind)), ended };
}

const paths: Readonly<Record<EventKind, string>> = {
  notes: 'notes',
  labels: 'resource_label_events',
  states: 'resource_state_events',
  milestones: 'resource_milestone_events',
};

function fetchEvents(connection: Connection, project: string, issue: number, kind: EventKind, paging: Paging, signal: AbortSignal | undefined): Promise<unknown> {
  switch (kind) {
    case 'notes':
      return connection.resource(IssueNotes<false>, signal).all(project, issue, { sort: 'asc', orderBy: 'created_at', ...paging });
    case 'labels':
      return connection.resource(IssueLabelEvents<false>, signal).all(project, issue, paging);
    case 'states':
      return connection.resource(IssueStateEvents<false>, signal).all(project, issue, paging);
    case 'milestones':
      return connection.resource(IssueMilestoneEvents<false>, signal).all(project, issue, paging);
  }
}

function toEvent(row: v.InferOutput<typeof eventSchema>, kind: EventKind): ListedEvent {
  const author = kind === 'notes' ? row.author : row.user;
  return {
    at: wholeSecond(row.created_at),
    kind: kind === 'notes' && row.system !== true ? 'comment' : 'action',
    author: author && { ...author, bot: null },
  };
}

const userSchema = optional(v.object({ id: v.number(), username: v.string() }));

const eventSchema = v.object({
  id: v.number(),
  created_at: time,
  /** Of a note that GitLab wrote about what its author did. */
  system: optional(v.boolean()),
  author: userSchema,
  user: userSchema,
});
