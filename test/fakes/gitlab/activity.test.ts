import assert from 'node:assert/strict';
import type { FakeIssue } from './data';
import { startTestInstance, type TestInstance } from './testInstance';

type Row = Record<string, unknown>;

const at = (minute: number): string => `2026-01-01T10:${String(minute).padStart(2, '0')}:00.000Z`;

describe('fake GitLab: what happens on issues and merge requests', () => {
  let instance: TestInstance;
  let issue: FakeIssue;
  beforeEach(async () => {
    instance = await startTestInstance();
    const { data } = instance.gitlab;
    const { stranger, maintainer, reporter } = instance.users;
    issue = data.addIssue(instance.shop, { author: stranger, createdAt: at(0) });
    const first = data.addNote(issue, { author: maintainer, createdAt: at(3), body: 'first' });
    data.addNote(issue, { author: maintainer, createdAt: at(1), body: 'assigned to @maintainer', system: true });
    data.addNote(issue, { author: reporter, createdAt: at(5), body: 'reply', discussion: first.discussion });
    data.addNote(issue, { author: reporter, createdAt: at(4), body: 'inside', internal: true });
    data.addEvent(issue, { kind: 'label', user: maintainer, createdAt: at(2), subject: 'bug' });
    data.addEvent(issue, { kind: 'milestone', user: maintainer, createdAt: at(6), subject: '1.0' });
    data.addEvent(issue, { kind: 'state', user: reporter, createdAt: at(7) });
  });
  afterEach(() => instance.gitlab.close());

  const rows = async (path: string, as: string | null = 'reporter'): Promise<Row[]> => (await instance.ask(`/projects/1/issues/1${path}`, { as })).body as Row[];
  const bodies = async (query: string, as = 'reporter'): Promise<unknown[]> => (await rows(`/notes${query}`, as)).map((note) => note.body);

  it('is told only to those who are signed in, and not of an issue they can not see', async () => {
    const paths = ['/notes', '/discussions', '/resource_label_events', '/resource_state_events', '/resource_milestone_events'];
    for (const path of paths) {
      assert.deepEqual([path, (await instance.ask(`/projects/1/issues/1${path}`)).body], [path, { message: '401 Unauthorized' }]);
      assert.deepEqual((await instance.ask(`/projects/1/issues/9${path}`, { as: 'guest' })).body, { message: '404 Issue Not Found' });
      assert.deepEqual((await instance.ask(`/projects/1/issues/x${path}`, { as: 'guest' })).body, { error: 'noteable_id is invalid' });
    }
    issue.confidential = true;
    for (const path of paths) assert.deepEqual([path, (await instance.ask(`/projects/1/issues/1${path}`, { as: 'guest' })).status], [path, 404]);
    assert.equal((await instance.ask('/projects/1/issues/1/notes', { as: 'stranger' })).status, 200);
    instance.shop.features.issues = 'disabled';
    for (const path of paths) assert.deepEqual([path, (await instance.ask(`/projects/1/issues/1${path}`, { as: 'owner' })).status], [path, 404]);
  });

  it('has notes newest first, those of GitLab among them, but no labels, milestones and states', async () => {
    assert.deepEqual(await bodies(''), ['reply', 'inside', 'first', 'assigned to @maintainer']);
    assert.deepEqual(await bodies('?sort=asc&activity_filter=only_comments'), ['first', 'inside', 'reply']);
    assert.deepEqual(await bodies('?activity_filter=only_activity'), ['assigned to @maintainer']);
    assert.deepEqual((await instance.ask('/projects/1/issues/1/notes?activity_filter=comments', { as: 'guest' })).body, { error: 'activity_filter does not have a valid value' });
    assert.deepEqual((await rows('/notes')).map((note) => [(note.author as Row).username, note.system, note.internal]).at(0), ['reporter', false, false]);
  });

  it('leaves internal notes out of their page for those below Planner, and counts them all the same', async () => {
    assert.deepEqual(await bodies('?per_page=2', 'guest'), ['reply']);
    const { headers } = await instance.ask('/projects/1/issues/1/notes?per_page=2', { as: 'guest' });
    assert.equal(headers.get('x-total'), '4');
  });

  it('has discussions oldest first, with replies', async () => {
    const discussions = (await rows('/discussions')) as { id: string; individual_note: boolean; notes: Row[] }[];
    assert.deepEqual(
      discussions.map(({ individual_note, notes }) => [individual_note, notes.map((note) => note.body)]),
      [
        [true, ['assigned to @maintainer']],
        [false, ['first', 'reply']],
        [true, ['inside']],
      ],
    );
    assert.match(discussions[0]?.id ?? '', /^[0-9a-f]{40}$/);
  });

  it('has labels, milestones and states in lists of their own', async () => {
    const [label] = await rows('/resource_label_events', 'guest');
    assert.deepEqual([label?.action, (label?.label as Row).name, label?.created_at, (label?.user as Row).username], ['add', 'bug', at(2), 'maintainer']);
    const [milestone] = await rows('/resource_milestone_events', 'guest');
    assert.deepEqual([milestone?.action, (milestone?.milestone as Row).title], ['add', '1.0']);
    const [state] = await rows('/resource_state_events', 'guest');
    assert.deepEqual([state?.state, state?.resource_type], ['closed', 'Issue']);
  });

  it('counts comments of people only', async () => {
    assert.equal(((await instance.ask('/projects/1/issues/1')).body as Row).user_notes_count, 3);
    assert.deepEqual((await instance.ask('/projects/1/issues/9')).body, { message: '404 Not found' });
  });

  it('has notes of merge requests, and who merged and who approved', async () => {
    const { data } = instance.gitlab;
    const { maintainer, reporter, stranger } = instance.users;
    const mergeRequest = data.addMergeRequest(instance.shop, {
      author: stranger,
      mergeUser: maintainer,
      state: 'merged',
      createdAt: at(0),
      mergedAt: at(9),
      approvals: [{ user: reporter, at: at(8) }],
    });
    data.addNote(mergeRequest, { author: reporter, createdAt: at(1) });
    assert.equal(((await instance.ask('/projects/1/merge_requests/1/notes', { as: 'guest' })).body as Row[]).length, 1);
    const shown = (await instance.ask('/projects/1/merge_requests/1')).body as Row;
    assert.deepEqual([shown.merged_at, (shown.merge_user as Row).username, shown.updated_at, 'approved_by' in shown], [at(9), 'maintainer', at(9), false]);
    const approvals = (await instance.ask('/projects/1/merge_requests/1/approvals')).body as { approved: boolean; approved_by: { user: Row; approved_at: string }[] };
    assert.deepEqual([approvals.approved, approvals.approved_by.map(({ user, approved_at }) => [user.username, approved_at])], [true, [['reporter', at(8)]]]);
    assert.deepEqual((await instance.ask('/projects/1/merge_requests/2/approvals')).body, { message: '404 Not found' });
    instance.shop.features.merge_requests = 'disabled';
    assert.deepEqual((await instance.ask('/projects/1/merge_requests/1/approvals')).body, { message: '403 Forbidden' });
    assert.deepEqual((await instance.ask('/projects/1/merge_requests/1/notes', { as: 'guest' })).body, { message: '404 MergeRequest Not Found' });
  });
});
