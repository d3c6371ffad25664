import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { manyCommits } from '../../fakes/gitlab/builders';
import { accessLevel, type FakeProject } from '../../fakes/gitlab/data';
import { type FakeGitLab, startFakeGitLab } from '../../fakes/gitlab/server';
import { collect, connect, known, maintained, now, reason, sixMonths, threeMonths } from './collecting';

describe('commits and their authors', () => {
  let gitlab: FakeGitLab;
  let shop: FakeProject;

  beforeEach(async () => {
    gitlab = await startFakeGitLab({ now: () => new Date(now) });
    const { data } = gitlab;
    const user = data.addUser({ username: 'Web-Team', email: 'web@example.com' });
    shop = data.addProject({ path: 'shop', namespace: data.addGroup({ path: 'acme' }), members: [{ user, accessLevel: accessLevel.maintainer }] });
    data.addToken({ value: 'secret', user });
  });
  afterEach(() => gitlab.close());

  const commit = (committedDate: string, authorEmail: string, authorName = 'Build Team') => gitlab.data.addCommit(shop, { message: 'x', committedDate, authorEmail, authorName });
  const all = { commits: [{ since: sixMonths, enough: null }] };
  const withIssues = { ...all, issues: [{ since: threeMonths, enough: null }], members: true };
  const commitRequests = () => gitlab.requests.filter(({ path, body }) => path.endsWith('/repository/commits') || body.includes('commits('));

  describe('are people', () => {
    it('by the addresses of .mailmap', async () => {
      shop.files.set('.mailmap', 'Build Team <build@example.org> <old@example.com>\n');
      commit('2026-07-01T00:00:00.000Z', 'OLD@example.com');
      commit('2026-07-02T00:00:00.000Z', 'build@example.org');
      assert.deepEqual(known((await collect(connect(gitlab), all)).commits).items.map(({ author, organisation }) => [author, organisation]), [['build@example.org', 'example.org'], ['build@example.org', 'example.org']]);
    });

    it('or bots, by marks that only bots carry', async () => {
      commit('2026-07-01T00:00:00.000Z', 'bot@example.com', 'renovate[bot]');
      commit('2026-07-02T00:00:00.000Z', 'project_7_bot_4f@noreply.gitlab.example.com');
      commit('2026-07-03T00:00:00.000Z', 'robot@example.com', 'Robot Team');
      assert.deepEqual(known((await collect(connect(gitlab), all)).commits).items.map(({ bot }) => bot), [false, true, true]);
    });

    for (const action of [{ status: 404, body: { message: '404 File Not Found' } }, { status: 403 }, { status: 500 }, { drop: true }, { status: 200, body: '<html><body>Sign in <a@b> <c@d></body></html>' }] as const) {
      it(`where .mailmap answers ${JSON.stringify(action)}`, async () => {
        commit('2026-07-01T00:00:00.000Z', 'build@example.com');
        gitlab.faults.next({ match: { path: /mailmap/ }, action });
        assert.deepEqual(known((await collect(connect(gitlab), all)).commits).items.map(({ author }) => author), ['build@example.com']);
      });
    }

    it('only where somebody counts them: else no .mailmap is read', async () => {
      commit('2026-07-01T00:00:00.000Z', 'build@example.com');
      await collect(connect(gitlab), { commits: [{ since: sixMonths, enough: 5 }] });
      assert.deepEqual(gitlab.requests.filter(({ path }) => path.includes('mailmap')), []);
    });
  });

  describe('where issues are judged', () => {
    it('are read once, over GraphQL, with the accounts of their authors', async () => {
      commit('2026-02-01T00:00:00.000Z', 'web@example.com');
      commit('2026-07-01T02:00:00.000+02:00', 'web@example.com');
      commit('2026-07-02T00:00:00.000Z', 'nobody@example.com');
      const { commits, commitAuthorship } = await collect(connect(gitlab), withIssues);
      assert.deepEqual(known(commitAuthorship).items.map(({ at, username }) => [Date.parse(at), username]), [[Date.parse('2026-07-02'), null], [Date.parse('2026-07-01'), 'Web-Team']]);
      assert.deepEqual(known(commitAuthorship).since, threeMonths);
      assert.deepEqual(known(commits).items.map(({ author }) => author), ['nobody@example.com', 'web@example.com', 'web@example.com']);
      assert.deepEqual([known(commits).since, known(commits).complete], [sixMonths, true]);
      assert.equal(commitRequests().length, 1);
    });

    for (const [count, stepHours, requests] of [[0, 1, 0], [280, 15, 1], [420, 10, 2]] as const) {
      it(`are all ${count} in ${requests} requests`, async () => {
        manyCommits(gitlab.data, shop, count, { from: '2026-01-16T00:00:00.000Z', stepHours });
        const rest = (await collect(connect(gitlab), all)).commits;
        gitlab.requests.length = 0;
        const { commits } = await collect(connect(gitlab), withIssues);
        assert.deepEqual(known(commits).items.map(({ at, author }) => [Date.parse(at), author]), known(rest).items.map(({ at, author }) => [Date.parse(at), author]));
        assert.equal(known(commits).items.length, count);
        assert.equal(commitRequests().length, requests);
      });
    }

    it('are read further back only until every check is answered', async () => {
      manyCommits(gitlab.data, shop, 150, { from: '2026-01-20T00:00:00.000Z', stepHours: 12 });
      commit('2026-07-01T00:00:00.000Z', 'web@example.com');
      const { commits } = await collect(connect(gitlab), { ...withIssues, commits: [{ since: sixMonths, enough: 40 }] });
      const window = known(commits);
      assert.equal(window.complete, false);
      assert(window.items.length >= 40 && window.items.length < 151);
      const none = known((await collect(connect(gitlab), { ...withIssues, commits: [{ since: sixMonths, enough: 1 }] })).commits);
      assert.equal(none.complete, false);
      assert(none.items.length >= 1);
    });

    it('are read for the authors alone where no check counts them', async () => {
      commit('2026-07-01T00:00:00.000Z', 'web@example.com');
      const { commits, commitAuthorship } = await collect(connect(gitlab), { ...withIssues, commits: [] });
      assert.equal(commits, null);
      assert.deepEqual(known(commitAuthorship).items.map(({ username }) => username), ['Web-Team']);
    });

    for (const age of ['before-commits', 'old'] as const) {
      it(`come over REST from a server that is ${age}, which does not tell the accounts`, async () => {
        gitlab.settings.graphql.age = age;
        commit('2026-07-01T00:00:00.000Z', 'web@example.com');
        const connection = connect(gitlab);
        const { commits, commitAuthorship } = await collect(connection, withIssues);
        assert.equal(known(commits).items.length, 1);
        assert.equal(reason(commitAuthorship, 'unknown'), 'GitLab names the accounts of commit authors over GraphQL alone, since version 18.5 and not to CI job tokens.');
        gitlab.requests.length = 0;
        await collect(connection, withIssues);
        assert(gitlab.requests.every(({ body }) => !body.includes('commits(') && !body.includes('__type')), 'asked again for what the server does not have');
      });
    }

    it('come over REST where GraphQL takes too long for them', async () => {
      commit('2026-07-01T00:00:00.000Z', 'web@example.com');
      gitlab.faults.next({ match: { path: /graphql/ }, times: Infinity, action: { timeoutOn: 'Repository.commits' } });
      const { commits, commitAuthorship } = await collect(connect(gitlab), withIssues);
      assert.equal(known(commits).items.length, 1);
      reason(commitAuthorship, 'unknown');
    });

    it('are tried over GraphQL also where the server tells nothing of itself', async () => {
      commit('2026-07-01T00:00:00.000Z', 'web@example.com');
      gitlab.faults.next({ match: { path: /graphql/ }, action: { status: 200, body: { errors: [{ message: 'Introspection is disabled' }] } } });
      const { commitAuthorship } = await collect(connect(gitlab), withIssues);
      assert.equal(known(commitAuthorship).items.length, 1);
    });

    it('of an empty repository are none, by nobody', async () => {
      const { commits, commitAuthorship } = await collect(connect(gitlab), withIssues);
      assert.deepEqual([known(commits).items, known(commitAuthorship).items], [[], []]);
    });

    it('are none to a job token over GraphQL', async () => {
      gitlab.data.addToken({ value: 'job-secret', kind: 'job', user: gitlab.data.users[0] ?? assert.fail(), project: shop });
      commit('2026-07-01T00:00:00.000Z', 'web@example.com');
      const { commits, commitAuthorship } = await collect(connect(gitlab, { token: { kind: 'job', value: 'job-secret' } }), { ...maintained, ...withIssues }, 'acme/shop', true);
      assert.equal(known(commits).items.length, 1);
      reason(commitAuthorship, 'unknown');
      assert(gitlab.requests.every(({ path }) => path !== '/api/graphql'));
    });
  });
});
