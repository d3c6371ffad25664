import { GraphQLError } from 'graphql';
import { canReadIssue, seesInternal } from '../access';
import { commentCount, fakeSha, projectPath, type FakeEvent, type FakeIssue, type FakeNote, type FakeNoteable, type FakeProject, type FakeUser } from '../data';
import { isBetween } from '../filters';
import { discussionsOf } from '../routes/notes';
import { connection, externalConnection, type Connection, type PageArgs } from './connection';
import { globalId, roleNameOf, sorted, userNode, type Context } from './context';

interface Negated {
  readonly authorUsername?: readonly string[] | null;
  readonly iids?: readonly string[] | null;
  readonly labelName?: readonly string[] | null;
  readonly types?: readonly string[] | null;
}

export interface IssueArgs extends PageArgs {
  readonly authorUsername?: string | null;
  readonly confidential?: boolean | null;
  readonly iid?: string | null;
  readonly iids?: readonly string[] | null;
  readonly labelName?: readonly string[] | null;
  readonly not?: Negated | null;
  readonly sort?: string | null;
  readonly state?: string | null;
  readonly types?: readonly string[] | null;
  readonly createdAfter?: number | null;
  readonly createdBefore?: number | null;
  readonly updatedAfter?: number | null;
  readonly updatedBefore?: number | null;
  readonly closedAfter?: number | null;
  readonly closedBefore?: number | null;
}

type NotesFilter = 'ALL_NOTES' | 'ONLY_COMMENTS' | 'ONLY_ACTIVITY';

/** Most values of an argument that takes many. */
const mostValues = 100;

/** Issues that the caller may see and asked for. Where issues are off there are none. */
export function issuesOf(context: Context, project: FakeProject, args: IssueArgs): FakeIssue[] {
  for (const [name, values] of [['iids', args.iids], ['authorUsername', args.not?.authorUsername]] as const) {
    if (values && values.length > mostValues) throw new GraphQLError(`${name} is too long (maximum is ${mostValues})`);
  }
  const iids = args.iid == null ? args.iids : [args.iid, ...(args.iids ?? [])];
  const { not } = args;
  const wanted = project.issues
    .filter((issue) => canReadIssue(context.caller, project, issue))
    .filter((issue) => args.state == null || args.state === 'all' || issue.state === args.state)
    .filter((issue) => args.confidential == null || issue.confidential === args.confidential)
    .filter((issue) => args.authorUsername == null || issue.author.username === args.authorUsername)
    .filter((issue) => iids == null || iids.includes(String(issue.iid)))
    .filter((issue) => args.types == null || args.types.includes(issue.type))
    .filter((issue) => (args.labelName ?? []).every((label) => issue.labels.includes(label)))
    .filter((issue) => !not?.authorUsername?.includes(issue.author.username))
    .filter((issue) => !not?.iids?.includes(String(issue.iid)) && !not?.types?.includes(issue.type))
    .filter((issue) => !not?.labelName?.some((label) => issue.labels.includes(label)))
    .filter((issue) => isBetween(issue.createdAt, args.createdAfter ?? null, args.createdBefore ?? null))
    .filter((issue) => isBetween(issue.updatedAt, args.updatedAfter ?? null, args.updatedBefore ?? null))
    .filter((issue) => (args.closedAfter == null && args.closedBefore == null) || (issue.closedAt !== null && isBetween(issue.closedAt, args.closedAfter ?? null, args.closedBefore ?? null)));
  return sorted(wanted, args.sort, {
    CREATED: (issue) => Date.parse(issue.createdAt),
    UPDATED: (issue) => Date.parse(issue.updatedAt),
    CLOSED_AT: (issue) => (issue.closedAt === null ? 0 : Date.parse(issue.closedAt)),
    TITLE: (issue) => issue.title,
  });
}

export function issueConnection(context: Context, project: FakeProject, args: IssueArgs): Connection {
  return connection(issuesOf(context, project, args), args, { key: (issue) => issue.id, node: (issue) => issueNode(context, project, issue) });
}

export function workItemConnection(context: Context, project: FakeProject, args: IssueArgs): Connection {
  return connection(issuesOf(context, project, args), args, { key: (issue) => issue.id, node: (issue) => workItemNode(context, project, issue) });
}

export function issueStatusCounts(context: Context, project: FakeProject, args: IssueArgs): unknown {
  const issues = issuesOf(context, project, args);
  const opened = issues.filter((issue) => issue.state === 'opened').length;
  return { all: issues.length, opened, closed: issues.length - opened };
}

export function issueNode(context: Context, project: FakeProject, issue: FakeIssue): unknown {
  return {
    __typename: 'Issue',
    ...noteableFields(context, project, issue),
    id: globalId('Issue', issue.id),
    iid: String(issue.iid),
    title: issue.title,
    state: issue.state,
    type: issue.type,
    confidential: issue.confidential,
    author: () => userNode(issue.author),
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    closedAt: issue.closedAt,
    userNotesCount: () => commentCount(issue),
    userDiscussionsCount: () => userDiscussions(issue),
    webUrl: `${context.instance.externalUrl()}/${projectPath(project)}/-/issues/${issue.iid}`,
  };
}

interface WidgetArgs {
  readonly onlyTypes?: readonly string[] | null;
  readonly exceptTypes?: readonly string[] | null;
}

/** The same issue as GitLab's newer model of work sees it: there the notes are a widget, which merges events among them. */
function workItemNode(context: Context, project: FakeProject, issue: FakeIssue): unknown {
  const widgets = [
    { __typename: 'WorkItemWidgetAssignees', type: 'ASSIGNEES' },
    { __typename: 'WorkItemWidgetDescription', type: 'DESCRIPTION', description: null },
    {
      __typename: 'WorkItemWidgetNotes',
      type: 'NOTES',
      discussionLocked: false,
      discussions: (args: DiscussionArgs) => mergedDiscussions(context, project, issue, args),
      notes: noteableFields(context, project, issue).notes,
    },
  ];
  // A server without the widget gives out none either: `widgets` is then what is left.
  const known = context.instance.settings.graphql.age === 'old' ? widgets.slice(0, 2) : widgets;
  return {
    id: globalId('WorkItem', issue.id),
    iid: String(issue.iid),
    title: issue.title,
    state: issue.state === 'opened' ? 'OPEN' : 'CLOSED',
    confidential: issue.confidential,
    author: () => userNode(issue.author),
    createdAt: issue.createdAt,
    closedAt: issue.closedAt,
    userDiscussionsCount: () => userDiscussions(issue),
    webUrl: `${context.instance.externalUrl()}/${projectPath(project)}/-/work_items/${issue.iid}`,
    widgets: ({ onlyTypes, exceptTypes }: WidgetArgs) =>
      known.filter(({ type }) => (onlyTypes == null || onlyTypes.includes(type)) && !exceptTypes?.includes(type)),
  };
}

interface NoteArgs extends PageArgs {
  readonly filter?: NotesFilter | null;
}

interface DiscussionArgs extends PageArgs {
  readonly filter?: NotesFilter | null;
  readonly sort?: 'CREATED_ASC' | 'CREATED_DESC' | null;
}

/** Notes and discussions as they are stored: without labels, milestones and changes of state. */
export function noteableFields(
  context: Context,
  project: FakeProject,
  noteable: FakeNoteable,
): { readonly notes: (args: NoteArgs) => Connection; readonly discussions: (args: PageArgs) => Connection } {
  return {
    notes: (args) => noteConnection(context, project, byAge(noteable.notes.filter((note) => passes(note, args.filter))), args),
    discussions: (args) =>
      connection(discussionsOf(noteable.notes), args, {
        key: (notes) => notes[0]?.discussion ?? '',
        node: (notes) => discussionNode(context, project, notes),
        isVisible: (notes) => notes.some((note) => isReadable(context, project, note)),
      }),
  };
}

/** A note, or an event that is shown as one. */
interface Shown {
  readonly gid: string;
  readonly author: FakeUser | null;
  readonly body: string;
  readonly createdAt: string;
  readonly system: boolean;
  readonly internal: boolean;
  readonly discussion: string;
}

/** Notes and events by discussion. Paged by discussion; what may not be read falls out of its page. */
function mergedDiscussions(context: Context, project: FakeProject, issue: FakeIssue, args: DiscussionArgs): Connection {
  const notes = discussionsOf(issue.notes.filter((note) => passes(note, args.filter))).map((discussion) => discussion.map(shownNote));
  const events = args.filter === 'ONLY_COMMENTS' ? [] : eventGroups(issue).map((group) => [shownEvents(issue, group)]);
  const direction = args.sort === 'CREATED_DESC' ? -1 : 1;
  const at = (discussion: readonly Shown[]): number => Date.parse(discussion[0]?.createdAt ?? '');
  const merged = [...notes, ...events].sort((a, b) => direction * (at(a) - at(b)));
  return externalConnection(merged, args, {
    key: (discussion) => discussion[0]?.discussion ?? '',
    node: (discussion) => discussionNode(context, project, discussion),
    isVisible: (discussion) => discussion.some((note) => isReadable(context, project, note)),
  });
}

/** Labels that somebody changed at one moment are told in one breath. */
function eventGroups(issue: FakeIssue): FakeEvent[][] {
  const groups = new Map<string, FakeEvent[]>();
  for (const event of issue.events) {
    const key = event.kind === 'label' ? `label ${event.createdAt} ${event.user?.id ?? ''}` : `${event.kind} ${event.id}`;
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  return [...groups.values()];
}

const syntheticNotes = { label: 'LabelNote', milestone: 'MilestoneNote', state: 'StateNote' } as const;

function shownEvents(issue: FakeIssue, group: readonly FakeEvent[]): Shown {
  const [first] = group;
  if (!first) throw new Error('No event.');
  const discussion = fakeSha(`${first.kind} event ${issue.id} ${first.id}`);
  const named = group.map((event) => [event.action, event.subject ?? ''].join(' ').trim()).join(', ');
  return {
    gid: globalId(syntheticNotes[first.kind], discussion),
    author: first.user,
    body: first.kind === 'state' ? first.action : `${named} ${first.kind}`,
    createdAt: first.createdAt,
    system: true,
    internal: false,
    discussion,
  };
}

function shownNote(note: FakeNote): Shown {
  return { ...note, gid: globalId('Note', note.id) };
}

function discussionNode(context: Context, project: FakeProject, notes: readonly (FakeNote | Shown)[]): unknown {
  return {
    id: globalId('Discussion', notes[0]?.discussion ?? ''),
    createdAt: notes[0]?.createdAt,
    notes: (args: PageArgs) => noteConnection(context, project, notes, args),
  };
}

function noteConnection(context: Context, project: FakeProject, notes: readonly (FakeNote | Shown)[], args: PageArgs): Connection {
  const shown = notes.map((note) => ('gid' in note ? note : shownNote(note)));
  return connection(shown, args, {
    key: (note) => note.gid,
    node: (note) => ({
      id: note.gid,
      body: note.body,
      system: note.system,
      internal: note.internal,
      createdAt: note.createdAt,
      updatedAt: note.createdAt,
      author: () => userNode(note.author),
      maxAccessLevelOfAuthor: () => roleNameOf(note.author, project),
      discussion: () => discussionNode(context, project, [note]),
      url: null,
    }),
    isVisible: (note) => isReadable(context, project, note),
  });
}

function isReadable(context: Context, project: FakeProject, note: { readonly internal: boolean }): boolean {
  return !note.internal || seesInternal(context.caller, project);
}

function passes(note: FakeNote, filter: NotesFilter | null | undefined): boolean {
  return filter == null || filter === 'ALL_NOTES' || note.system === (filter === 'ONLY_ACTIVITY');
}

function byAge(notes: readonly FakeNote[]): FakeNote[] {
  return sorted(notes, 'CREATED_ASC', { CREATED: (note) => Date.parse(note.createdAt) });
}

function userDiscussions(issue: FakeIssue): number {
  return discussionsOf(issue.notes.filter((note) => !note.system)).length;
}
