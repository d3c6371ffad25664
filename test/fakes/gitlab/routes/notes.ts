import { canReadIssue, canUse, findProject, seesInternal } from '../access';
import { notFound } from '../answer';
import type { FakeEvent, FakeIssue, FakeMergeRequest, FakeNote, FakeNoteable, FakeProject } from '../data';
import { projectUrl, userEntity, type Entity } from '../entities';
import { ordered } from '../filters';
import { paginated } from '../paginate';
import { integer, oneOf, pagination } from '../params';
import type { Call, Router } from '../router';

/** None of these can be read without signing in, not even in a public project. */
const signedIn = (call: Call): unknown => call.caller().requireUser();

interface Kind {
  readonly path: 'issues' | 'merge_requests';
  readonly type: 'Issue' | 'MergeRequest';
  readonly list: (call: Call, project: FakeProject) => readonly FakeNoteable[];
}

const kinds: readonly Kind[] = [
  { path: 'issues', type: 'Issue', list: (call, project): FakeIssue[] => project.issues.filter((issue) => canReadIssue(call.caller(), project, issue)) },
  { path: 'merge_requests', type: 'MergeRequest', list: (call, project): FakeMergeRequest[] => (canUse(call.caller(), project, 'merge_requests') ? project.mergeRequests : []) },
];

/** What was said and done on an issue or a merge request: notes, and three kinds of events that are none. */
export function noteRoutes(router: Router): void {
  for (const kind of kinds) {
    const base = `/projects/:id/${kind.path}/:noteable_id`;

    const noteParams = {
      ...pagination,
      noteable_id: integer,
      order_by: oneOf('created_at', 'updated_at'),
      sort: oneOf('desc', 'asc'),
      activity_filter: oneOf('all_notes', 'only_comments', 'only_activity'),
    };
    router.get(`${base}/notes`, { before: signedIn, params: noteParams }, (call) => {
      const found = find(call, kind);
      const notes = ordered([...found.noteable.notes].sort(byId), (note) => Date.parse(note.createdAt), call.params.text('sort'));
      const filter = call.params.text('activity_filter');
      const wanted = notes.filter((note) => filter === 'all_notes' || note.system === (filter === 'only_activity'));
      // Hidden ones are taken out of the page when it is made: it may be short.
      return paginated(call, wanted, (note) => noteEntity(call, found, note), (note) => isReadable(call, found.project, note));
    });

    router.get(`${base}/discussions`, { before: signedIn, params: { ...pagination, noteable_id: integer } }, (call) => {
      const found = find(call, kind);
      const discussions = discussionsOf(found.noteable.notes);
      const readable = (notes: readonly FakeNote[]): FakeNote[] => notes.filter((note) => isReadable(call, found.project, note));
      return paginated(
        call,
        discussions,
        (notes) => ({
          id: notes[0]?.discussion,
          individual_note: notes.length === 1,
          notes: readable(notes).map((note) => noteEntity(call, found, note)),
        }),
        (notes) => readable(notes).length > 0,
      );
    });

    for (const event of ['label', 'state', 'milestone'] as const) {
      router.get(`${base}/resource_${event}_events`, { before: signedIn, params: { ...pagination, noteable_id: integer } }, (call) => {
        const found = find(call, kind);
        const events = found.noteable.events.filter((each) => each.kind === event);
        return paginated(call, [...events].sort(byId), (each) => eventEntity(call, found, each));
      });
    }
  }
}

/** Notes by the discussion they belong to, oldest first. */
export function discussionsOf(notes: readonly FakeNote[]): FakeNote[][] {
  const byDiscussion = new Map<string, FakeNote[]>();
  for (const note of [...notes].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || byId(a, b))) {
    byDiscussion.set(note.discussion, [...(byDiscussion.get(note.discussion) ?? []), note]);
  }
  return [...byDiscussion.values()];
}

interface Found {
  readonly project: FakeProject;
  readonly noteable: FakeNoteable;
  readonly type: Kind['type'];
}

function find(call: Call, { list, type }: Kind): Found {
  const project = findProject(call);
  const noteable = list(call, project).find(({ iid }) => iid === call.params.number('noteable_id'));
  if (!noteable) throw notFound(type);
  return { project, noteable, type };
}

function isReadable(call: Call, project: FakeProject, note: FakeNote): boolean {
  return !note.internal || seesInternal(call.caller(), project);
}

function byId(a: { readonly id: number }, b: { readonly id: number }): number {
  return a.id - b.id;
}

function noteEntity(call: Call, { project, noteable, type }: Found, note: FakeNote): Entity {
  return {
    id: note.id,
    type: null,
    body: note.body,
    author: userEntity(call, note.author),
    created_at: note.createdAt,
    updated_at: note.createdAt,
    system: note.system,
    noteable_id: noteable.id,
    noteable_type: type,
    project_id: project.id,
    resolvable: false,
    confidential: note.internal,
    internal: note.internal,
    imported: false,
    imported_from: 'none',
    noteable_iid: noteable.iid,
    commands_changes: {},
  };
}

function eventEntity(call: Call, { project, noteable, type }: Found, event: FakeEvent): Entity {
  const common = { id: event.id, user: userEntity(call, event.user), created_at: event.createdAt, resource_type: type, resource_id: noteable.id };
  const subject = event.subject === null ? null : { id: event.id, name: event.subject, title: event.subject, project_id: project.id };
  switch (event.kind) {
    case 'state':
      return { ...common, source_commit: null, source_merge_request_id: null, state: event.action };
    case 'label':
      return { ...common, label: subject && { id: subject.id, name: subject.name, color: '#6699cc', description: null }, action: event.action };
    case 'milestone':
      return {
        ...common,
        milestone: subject && { id: subject.id, iid: 1, project_id: project.id, title: subject.title, web_url: `${projectUrl(call, project)}/-/milestones/1` },
        action: event.action,
      };
  }
}
