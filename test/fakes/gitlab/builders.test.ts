import assert from 'node:assert/strict';
import { accessTokenBot, assign, close, comment, manyAlike, manyReactions, reopen, type ReactionKind } from './builders';
import { accessLevel, commentCount, FakeData, projectPath, type FakeIssue } from './data';
import { largeGroup } from './largeGroup';
import { startTestInstance, testNow, type TestInstance } from './testInstance';

const from = '2026-01-01T10:00:00.000Z';

describe('fake GitLab: builders', () => {
  let data: FakeData;
  let issue: FakeIssue;
  beforeEach(() => {
    data = new FakeData();
    const author = data.addUser({ username: 'customer' });
    const project = data.addProject({ path: 'shop', namespace: data.addGroup({ path: 'acme' }) });
    issue = data.addIssue(project, { author, createdAt: from });
  });

  it('say what is done to an issue', () => {
    const by = data.addUser({ username: 'team' });
    comment(data, issue, { by, at: '2026-01-01T11:00:00.000Z' });
    assign(data, issue, { by, at: '2026-01-01T12:00:00.000Z', to: by });
    assert.deepEqual([issue.notes.map((note) => note.system), commentCount(issue)], [[false, true], 1]);
    close(data, issue, { by, at: '2026-01-01T13:00:00.000Z' });
    assert.deepEqual([issue.state, issue.closedAt, issue.updatedAt], ['closed', '2026-01-01T13:00:00.000Z', '2026-01-01T13:00:00.000Z']);
    reopen(data, issue, { by, at: '2026-01-01T14:00:00.000Z' });
    assert.deepEqual([issue.state, issue.closedAt, issue.events.map((event) => event.action)], ['opened', null, ['closed', 'reopened']]);
  });

  it('make the bots of access tokens, with the names that GitLab gives them', () => {
    const project = data.project('acme/shop');
    const bots = [accessTokenBot(data, project, 'Release Bot'), accessTokenBot(data, data.group('acme'), 'Group Bot', accessLevel.maintainer)];
    assert.deepEqual(bots.map((bot) => [bot.bot, bot.type]), [
      [true, 'PROJECT_BOT'],
      [true, 'PROJECT_BOT'],
    ]);
    assert.match(bots[0]?.email ?? '', /^project_1_bot_[0-9a-f]{32}@noreply\./);
    assert.match(bots[1]?.username ?? '', /^group_1_bot_[0-9a-f]{32}$/);
    assert.deepEqual([project.members.length, data.group('acme').members[0]?.accessLevel], [1, 40]);
  });

  it('tell bots from others by the kind of account', () => {
    const kinds = ['HUMAN', 'GHOST', 'IMPORT_USER', 'PROJECT_BOT', 'SERVICE_ACCOUNT', 'SUPPORT_BOT'] as const;
    assert.deepEqual(kinds.filter((type) => data.addUser({ username: type, type }).bot), ['PROJECT_BOT', 'SERVICE_ACCOUNT', 'SUPPORT_BOT']);
    assert.equal(data.addUser({ username: 'old', bot: true }).type, 'PROJECT_BOT');
  });

  describe('issues of known reaction times', () => {
    const made = (kind: ReactionKind, hours: number | null): FakeIssue => {
      const [author, member] = [data.addUser({ username: 'asker' }), data.addUser({ username: 'team' })];
      const [known] = manyReactions(data, data.project('acme/shop'), 1, { author, member, hours: () => hours, kind: () => kind, talk: 2, from });
      assert.ok(known);
      return known.issue;
    };
    const at = (hours: number): string => new Date(Date.parse(from) + hours * 3_600_000).toISOString();
    const table: readonly (readonly [ReactionKind, (issue: FakeIssue) => readonly (string | undefined)[]])[] = [
      ['comment', (issue) => issue.notes.filter((note) => !note.system && note.author?.username === 'team').map((note) => note.createdAt)],
      ['assignment', (issue) => issue.notes.filter((note) => note.system).map((note) => note.createdAt)],
      ['label', (issue) => issue.events.filter((event) => event.subject === 'confirmed').map((event) => event.createdAt)],
      ['close', (issue) => issue.events.filter((event) => event.kind === 'state').map((event) => event.createdAt)],
    ];
    for (const [kind, find] of table) {
      it(`have a ${kind} at the hour, and none where there is no hour`, () => {
        assert.deepEqual(find(made(kind, 7)), [at(7)]);
        assert.deepEqual(find(made(kind, null)), []);
      });
    }

    it('have what is no reaction around it: a label of the beginning, and what the author says', () => {
      const { events, notes, createdAt } = made('comment', 6);
      assert.deepEqual(events.map((event) => event.createdAt), [createdAt]);
      assert.deepEqual(
        notes.map((note) => [note.author?.username, note.createdAt]),
        [
          ['asker', at(2)],
          ['asker', at(4)],
          ['team', at(6)],
          ['asker', at(7)],
          ['asker', at(8)],
        ],
      );
    });

    it('react in turn in the four ways', () => {
      const [author, member] = [data.addUser({ username: 'asker' }), data.addUser({ username: 'team' })];
      const known = manyReactions(data, data.project('acme/shop'), 8, { author, member, hours: (index) => index, from });
      assert.deepEqual(known.map(({ hours }) => hours), [0, 1, 2, 3, 4, 5, 6, 7]);
      assert.deepEqual(known.map(({ issue }) => `${issue.notes.length}/${issue.events.length}`), ['1/1', '0/2', '1/1', '0/2', '1/1', '0/2', '1/1', '0/2']);
    });
  });

  it('make projects that share what they hold', () => {
    const template = data.project('acme/shop');
    const groups = [data.addGroup({ path: 'a' }), data.addGroup({ path: 'b' })];
    const projects = manyAlike(data, groups, 4, [template, template]);
    assert.deepEqual(projects.map(projectPath), ['a/shop-1', 'a/shop-2', 'b/shop-3', 'b/shop-4']);
    assert.equal(new Set(projects.map(({ id }) => id)).size, 4);
    assert.ok(projects.every(({ issues }) => issues === template.issues));
  });
});

describe('fake GitLab: a large group', () => {
  let instance: TestInstance;
  before(async () => {
    instance = await startTestInstance({ keepRequests: 5 });
  });
  after(() => instance.gitlab.close());

  it('has 1,000 projects of four kinds in ten subgroups', async () => {
    const { group, token } = largeGroup(instance.gitlab.data, { now: testNow });
    const pages = await Promise.all(Array.from({ length: 10 }, (_, page) => instance.ask(`/groups/${group.path}/projects?include_subgroups=true&per_page=100&order_by=id&sort=asc&page=${page + 1}`, { as: token })));
    const projects = pages.flatMap(({ body }) => body as { path: string; archived: boolean; empty_repo: boolean; namespace: { full_path: string } }[]);
    assert.equal(projects.length, 1000);
    assert.equal(new Set(projects.map(({ namespace }) => namespace.full_path)).size, 10);
    assert.deepEqual([projects.filter(({ archived }) => archived).length, projects.filter(({ empty_repo }) => empty_repo).length], [100, 100]);
    assert.deepEqual([instance.gitlab.requests.length, instance.gitlab.requestCount], [5, 10]);
  });

  it('has in each what levels are made of, up to now', async () => {
    const { data, errors } = await instance.query(
      `{ project(fullPath: "city/office-0/service-1") {
        issues { count } mergeRequests(state: merged) { count } pipelines(status: SUCCESS) { count } releases { count } packages { count }
        branchRules { nodes { name } } repository { commits(ref: "main", first: 1) { nodes { committedDate } } }
      } }`,
      { as: 'glpat-large-group' },
    );
    assert.deepEqual(errors, []);
    assert.deepEqual(data, {
      project: {
        issues: { count: 40 },
        mergeRequests: { count: 28 },
        pipelines: { count: 50 },
        releases: { count: 4 },
        packages: { count: 4 },
        branchRules: { nodes: [{ name: 'main' }] },
        repository: { commits: { nodes: [{ committedDate: '2026-02-27T23:00:00Z' }] } },
      },
    });
    for (const project of instance.gitlab.data.projects) {
      const times = [...project.commits.map((each) => each.committedDate), ...project.issues.flatMap(({ notes, events }) => [...notes, ...events].map(({ createdAt }) => createdAt)), ...project.pipelines.map((each) => each.updatedAt), ...project.mergeRequests.map((each) => each.mergedAt ?? each.createdAt)];
      assert.ok(times.every((at) => Date.parse(at) <= testNow.getTime()), project.path);
    }
  });
});
