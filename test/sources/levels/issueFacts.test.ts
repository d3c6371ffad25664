import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { firstReaction, measureIssueReactionTime } from '../../../src/core/levels/checks/issueReactionTime';
import type { IssueWindow, ProjectFacts } from '../../../src/core/levels/facts';
import { collectProjectFacts } from '../../../src/sources/levels/collectFacts';
import { accessLevel, type FakeUser } from '../../fakes/gitlab/data';
import { graphqlFailures } from '../../fakes/gitlab/faults';
import type { GraphqlAge } from '../../fakes/gitlab/graphql/schema';
import { type FakeGitLab, startFakeGitLab } from '../../fakes/gitlab/server';
import { addBusyProject, addLongIssue, type BusyProject } from './busyProject';
import { collect, connect, known, maintained, nothing, now, reason, sixMonths, sourcesOf, threeMonths } from './collecting';

describe('issues and the reactions to them', () => {
  let gitlab: FakeGitLab;
  let busy: BusyProject;

  beforeEach(async () => {
    gitlab = await startFakeGitLab({ now: () => new Date(now) });
  });
  afterEach(() => gitlab.close());

  const demand = { issues: maintained.issues, members: true };
  const withoutGraphQL = () => gitlab.faults.next({ match: { path: /graphql/ }, times: Infinity, action: { status: 404, body: { error: '404 Not Found' } } });
  const queries = () => gitlab.requests.filter(({ path }) => path === '/api/graphql').length;
  const readOverRest = () => gitlab.requests.filter(({ path }) => path.startsWith('/api/v4/projects/acme%2Fshop/issues'));

  /** What a check sees: who reacted when, by issue. */
  function reactions(facts: ProjectFacts) {
    const members = known(facts.members);
    return known(facts.issues).items.map((issue) => {
      const reaction = firstReaction(issue, (username) => members.has(username.toLowerCase()));
      return [issue.iid, issue.at, issue.author?.username, reaction?.at, reaction?.author?.username];
    });
  }
  const totals = (window: IssueWindow) => [...window.totals];
  const measured = (facts: ProjectFacts) => ({ ...measureIssueReactionTime({ from: threeMonths, to: now }, { ...facts, commitAuthorship: null }), say: null });

  describe('are the same', () => {
    beforeEach(() => {
      busy = addBusyProject(gitlab.data, now, { issues: 120, commits: 5 });
      addLongIssue(gitlab.data, busy, 25, '2026-05-01T00:00:00.000Z');
      addLongIssue(gitlab.data, busy, 130, '2026-05-02T00:00:00.000Z');
    });

    for (const [what, age] of [['on a current server', 'current'], ['on a server before commits', 'before-commits'], ['on an old server', 'old']] as readonly (readonly [string, GraphqlAge])[]) {
      it(`over REST alone as over GraphQL ${what}`, async () => {
        gitlab.settings.graphql.age = age;
        const connection = connect(gitlab);
        const overGraphQL = await collect(connection, demand);
        assert(queries() > 0);
        withoutGraphQL();
        const rest = await collect(connect(gitlab), demand);
        assert.deepEqual(reactions(overGraphQL), reactions(rest));
        assert.deepEqual(totals(known(overGraphQL.issues)), totals(known(rest.issues)));
        assert.deepEqual(totals(known(rest.issues)), [[threeMonths, 152]]);
        assert.deepEqual(measured(overGraphQL), measured(rest));
        assert.equal(known(rest.issues).items.length, 122);
      });
    }
  });

  it('are the same over REST where bots that are no members act, and one of them opens many issues', async () => {
    busy = addBusyProject(gitlab.data, now, { issues: 0, commits: 1 });
    const user = (username: string, bot = false) => gitlab.data.addUser({ username, bot });
    const importer = user('importer', true);
    for (const [author, by] of [[user('customer'), user('desk', true)], [user('client'), importer], ...Array<[FakeUser, FakeUser]>(3).fill([importer, importer])] as const) {
      const issue = gitlab.data.addIssue(busy.project, { author, createdAt: '2026-05-01T00:00:00.000Z' });
      gitlab.data.addEvent(issue, { kind: 'state', user: by, createdAt: '2026-05-02T00:00:00.000Z' });
      gitlab.data.addNote(issue, { author: by, createdAt: '2026-05-03T00:00:00.000Z' });
      gitlab.data.addNote(issue, { author: busy.developer, createdAt: '2026-05-04T00:00:00.000Z' });
    }
    const overGraphQL = await collect(connect(gitlab), demand);
    withoutGraphQL();
    const rest = await collect(connect(gitlab), demand);
    assert.deepEqual(reactions(overGraphQL).map(([, , , at]) => at), Array(5).fill('2026-05-04T00:00:00.000Z'));
    assert.deepEqual(reactions(rest), reactions(overGraphQL));
    assert.deepEqual(measured(rest), measured(overGraphQL));
  });

  describe('over GraphQL', () => {
    it('leave out what members opened, but count it', async () => {
      busy = addBusyProject(gitlab.data, now, { issues: 60, commits: 1 });
      const window = known((await collect(connect(gitlab), demand)).issues);
      assert.equal(window.items.length, 60);
      assert.deepEqual(totals(window), [[threeMonths, 90]]);
      assert.deepEqual(readOverRest(), []);
    });

    it('are asked once more where their first events leave a doubt, for all of them together', async () => {
      busy = addBusyProject(gitlab.data, now, { issues: 10, commits: 1 });
      const long = [addLongIssue(gitlab.data, busy, 20, '2026-05-01T00:00:00.000Z'), addLongIssue(gitlab.data, busy, 21, '2026-05-02T00:00:00.000Z'), addLongIssue(gitlab.data, busy, 99, '2026-05-03T00:00:00.000Z')];
      const facts = await collect(connect(gitlab), demand);
      for (const { iid } of long) {
        const issue = known(facts.issues).items.find((each) => each.iid === iid);
        assert.equal(issue?.complete, true);
        assert.equal(reactions(facts).find(([each]) => each === iid)?.[4], 'Web-Team');
      }
      assert.deepEqual(readOverRest(), []);
      assert.equal(gitlab.requests.filter(({ body }) => body.includes('iids')).length, 1);
    });

    it('are read over REST where even those are not enough', async () => {
      busy = addBusyProject(gitlab.data, now, { issues: 0, commits: 1 });
      const { iid } = addLongIssue(gitlab.data, busy, 130, '2026-05-01T00:00:00.000Z');
      const facts = await collect(connect(gitlab), demand);
      assert.equal(reactions(facts).find(([each]) => each === iid)?.[4], 'Web-Team');
      assert(readOverRest().every(({ path }) => path.includes(`/issues/${iid}/`)));
    });

    it('are not asked again where the reaction that was found is certain to be the first', async () => {
      busy = addBusyProject(gitlab.data, now, { issues: 0, commits: 1 });
      const issue = addLongIssue(gitlab.data, busy, 40, '2026-05-01T00:00:00.000Z', 0.1);
      const facts = await collect(connect(gitlab), demand);
      const found = known(facts.issues).items.find(({ iid }) => iid === issue.iid);
      assert.equal(found?.complete, false);
      assert.equal(reactions(facts).find(([iid]) => iid === issue.iid)?.[3], '2026-05-01T00:06:00.000Z');
      assert.equal(gitlab.requests.filter(({ body }) => body.includes('iids')).length, 0);
    });

    it('are asked again where the reaction that was found is a reply, later than a thread that was not shown may be', async () => {
      busy = addBusyProject(gitlab.data, now, { issues: 0, commits: 1 });
      const issue = addLongIssue(gitlab.data, busy, 30, '2026-05-01T00:00:00.000Z', 1);
      const [first] = issue.notes;
      gitlab.data.addNote(issue, { author: busy.developer, createdAt: '2026-05-09T00:00:00.000Z', discussion: first?.discussion ?? '' });
      const facts = await collect(connect(gitlab), demand);
      assert.deepEqual(reactions(facts).find(([iid]) => iid === issue.iid)?.slice(3), ['2026-05-01T01:00:00.000Z', 'Web-Team']);
    });

    it('are all there, each once, also where many were created at the same moment', async () => {
      busy = addBusyProject(gitlab.data, now, { issues: 0, commits: 1 });
      const author = gitlab.data.addUser({ username: 'importer' });
      for (let index = 0; index < 250; index++) gitlab.data.addIssue(busy.project, { author, createdAt: '2026-05-31T00:00:00.000Z' });
      const { items } = known((await collect(connect(gitlab), demand)).issues);
      assert.equal(items.length, 250);
      assert.equal(new Set(items.map(({ iid }) => iid)).size, 250);
    });

    it('are there from the first to the last moment of the range', async () => {
      busy = addBusyProject(gitlab.data, now, { issues: 0, commits: 1 });
      const author = gitlab.data.addUser({ username: 'customer' });
      for (const createdAt of ['2026-04-15T11:59:59.000Z', '2026-04-15T14:00:00.000+02:00', now, '2026-07-15T12:00:01.000Z']) gitlab.data.addIssue(busy.project, { author, createdAt });
      const overGraphQL = known((await collect(connect(gitlab), demand)).issues);
      assert.deepEqual(overGraphQL.items.map(({ at }) => at), [now, '2026-04-15T12:00:00.000Z']);
      withoutGraphQL();
      const overRest = known((await collect(connect(gitlab), demand)).issues);
      assert.deepEqual([overRest.items.map(({ at }) => at), overRest.totals], [overGraphQL.items.map(({ at }) => at), overGraphQL.totals]);
    });

    it('are the same over REST to the fraction of a second', async () => {
      busy = addBusyProject(gitlab.data, now, { issues: 0, commits: 1 });
      const moments = ['2026-04-15T11:59:59.999Z', '2026-04-15T12:00:00.001Z', '2026-07-15T12:00:00.999Z', '2026-07-15T12:00:01.000Z'];
      moments.forEach((createdAt, index) => gitlab.data.addIssue(busy.project, { author: gitlab.data.addUser({ username: `customer-${index}` }), createdAt }));
      const overGraphQL = known((await collect(connect(gitlab), demand)).issues);
      withoutGraphQL();
      const overRest = known((await collect(connect(gitlab), demand)).issues);
      assert.deepEqual(overGraphQL.items.map(({ at }) => at), [now, '2026-04-15T12:00:00.000Z']);
      assert.deepEqual([overRest.items.map(({ at }) => at), overRest.totals], [overGraphQL.items.map(({ at }) => at), overGraphQL.totals]);
    });

    it('are counted for each range', async () => {
      busy = addBusyProject(gitlab.data, now, { issues: 40, commits: 1 });
      const twice = { ...demand, issues: [{ since: sixMonths, enough: null }, { since: threeMonths, enough: null }] };
      const overGraphQL = known((await collect(connect(gitlab), twice)).issues);
      assert.equal(overGraphQL.since, sixMonths);
      assert.deepEqual(totals(overGraphQL), [[sixMonths, 70], [threeMonths, 70]]);
      withoutGraphQL();
      assert.deepEqual(totals(known((await collect(connect(gitlab), twice)).issues)), totals(overGraphQL));
    });

    it('leave out more members than GitLab takes names', async () => {
      busy = addBusyProject(gitlab.data, now, { issues: 20, commits: 1 });
      for (let index = 0; index < 150; index++) {
        const user = gitlab.data.addUser({ username: `member-${index}` });
        busy.project.members.push({ user, accessLevel: accessLevel.guest });
        gitlab.data.addIssue(busy.project, { author: user, createdAt: '2026-06-01T00:00:00.000Z' });
      }
      const window = known((await collect(connect(gitlab), demand)).issues);
      assert.equal(window.items.length, 20);
      assert.deepEqual(totals(window), [[threeMonths, 200]]);
    });
  });

  describe('where GraphQL is in trouble', () => {
    beforeEach(() => {
      busy = addBusyProject(gitlab.data, now, { issues: 90, commits: 1 });
    });
    /** The pages of issues that were asked for, by their size. */
    const pageSizes = () =>
      gitlab.requests.filter(({ body }) => body.includes('workItems(')).flatMap(({ body }) => {
        const { variables } = JSON.parse(body) as { variables: Record<string, unknown> };
        return Object.entries(variables).flatMap(([name, value]) => (name.startsWith('first') ? [value] : []));
      });

    for (const [what, action] of [
      ['a field that takes too long', { timeoutOn: 'Project.workItems' }],
      ['a database that takes too long', graphqlFailures.databaseTimeout],
      ['a query that costs too much', { status: 200, body: { errors: [{ message: 'Query has complexity of 271, which exceeds max complexity of 250' }] } }],
    ] as const) {
      it(`are read in smaller pages after ${what}`, async () => {
        const before = reactions(await collect(connect(gitlab), demand));
        gitlab.requests.length = 0;
        gitlab.faults.next({ match: { path: /graphql/ }, action: { delayMs: 0 } });
        gitlab.faults.next({ match: { path: /graphql/ }, action: { delayMs: 0 } });
        gitlab.faults.next({ match: { path: /graphql/ }, action });
        assert.deepEqual(reactions(await collect(connect(gitlab), demand)), before);
        assert.deepEqual(readOverRest(), []);
        assert(pageSizes().length > 1, String(pageSizes()));
      });
    }

    it('are read in another form where no page is small enough', async () => {
      const before = reactions(await collect(connect(gitlab), demand));
      gitlab.faults.next({ match: { path: /graphql/ }, times: Infinity, action: { timeoutOn: 'Project.workItems' } });
      assert.deepEqual(reactions(await collect(connect(gitlab), demand)), before);
    });

    for (const [what, action] of [
      ['a web page', { status: 200, body: '<html>Maintenance</html>' }],
      ['an error', graphqlFailures.internalError],
      ['a refusal', graphqlFailures.invalidArgument],
      ['an error and no data', { status: 200, body: { errors: [{ message: 'Internal server error' }] } }],
      ['a token that it does not take', { status: 401, body: { errors: [{ message: 'Invalid token' }] } }],
    ] as const) {
      it(`are read over REST after ${what}`, async () => {
        gitlab.faults.next({ match: { path: /graphql/ }, times: Infinity, action });
        assert.equal(known((await collect(connect(gitlab), demand)).issues).items.length, 90);
        assert(readOverRest().length > 90);
      });
    }

    it('are read over REST where a list does not end', async () => {
      const nodes = [{ iid: '1', createdAt: now, author: null, widgets: [{ discussions: { nodes: [], pageInfo: { hasNextPage: false } } }] }];
      const endless = { project: { workItems: { nodes, issues: { nodes: [], pageInfo: { hasNextPage: true, endCursor: 'x' } }, pageInfo: { hasNextPage: true, endCursor: 'x' } } } };
      const before = reactions(await collect(connect(gitlab), demand));
      const connection = connect(gitlab, {
        fetch: (url, init) => (typeof init.body === 'string' && /workItems\(|issues\([^)]*\) \{\s+nodes/.test(init.body) ? Promise.resolve(Response.json({ data: { part0: endless.project, part1: endless.project } })) : fetch(url, init)),
      });
      assert.deepEqual(reactions(await collect(connection, demand)), before);
      assert(readOverRest().length > 90);
    });

    it('fail where the connection is dropped', async () => {
      gitlab.faults.next({ match: { path: /graphql/ }, times: Infinity, action: { drop: true } });
      assert.match(reason((await collect(connect(gitlab), demand)).issues, 'failed'), /the connection was dropped/);
    });
  });

  it('of a project that was moved are found at its new path', async () => {
    busy = addBusyProject(gitlab.data, now, { issues: 10, commits: 1 });
    busy.project.oldPaths = ['acme/old-shop'];
    assert.equal(known((await collect(connect(gitlab), demand, 'acme/old-shop')).issues).items.length, 10);
    assert.deepEqual(readOverRest(), []);
  });

  it('of a project that is given by its number are read over GraphQL as well', async () => {
    busy = addBusyProject(gitlab.data, now, { issues: 10, commits: 1 });
    assert.equal(known((await collect(connect(gitlab), demand, String(busy.project.id))).issues).items.length, 10);
    assert(gitlab.requests.every(({ path }) => !path.includes('/issues')));
  });

  it('that are switched off are unknown, not none', async () => {
    busy = addBusyProject(gitlab.data, now, { issues: 5, commits: 1 });
    busy.project.features.issues = 'disabled';
    assert.match(reason((await collect(connect(gitlab), demand)).issues, 'unknown'), /^Issues of acme\/shop are switched off/);
    withoutGraphQL();
    assert.match(reason((await collect(connect(gitlab), demand)).issues, 'unknown'), /^Issues of acme\/shop are switched off/);
  });

  it('of a project without any are none, whoever its members are', async () => {
    busy = addBusyProject(gitlab.data, now, { issues: 0, commits: 1 });
    busy.project.issues = [];
    busy.project.hidesMembers = true;
    const { issues, members } = await collect(connect(gitlab, { token: undefined }), demand);
    assert.deepEqual(known(issues), { items: [], since: threeMonths, complete: true, totals: new Map([[threeMonths, 0]]) });
    assert.match(reason(members, 'unknown'), /^GitLab answered 401/);
  });

  it('cannot be judged where the list of members is refused, and say why', async () => {
    busy = addBusyProject(gitlab.data, now, { issues: 5, commits: 1 });
    busy.project.hidesMembers = true;
    const stranger = gitlab.data.addUser({ username: 'stranger' });
    gitlab.data.addToken({ value: 'strange', user: stranger, scopes: ['read_api'] });
    const { issues } = await collect(connect(gitlab, { token: { kind: 'private', value: 'strange' } }), demand);
    assert.equal(
      reason(issues, 'unknown'),
      'Who is a member cannot be known, and so which reactions count. GitLab answered 403 for acme/shop: listing members needs a token with the read_api scope, in some projects that of a member.',
    );
    assert.deepEqual(readOverRest().filter(({ path }) => path.includes('/issues/')), []);
  });

  describe('over REST', () => {
    beforeEach(() => {
      busy = addBusyProject(gitlab.data, now, { issues: 0, commits: 1 });
      withoutGraphQL();
    });

    it('read the events only up to the first reaction', async () => {
      const issue = addLongIssue(gitlab.data, busy, 150, '2026-05-01T00:00:00.000Z', 0.5);
      const [found] = known((await collect(connect(gitlab), demand)).issues).items.filter(({ iid }) => iid === issue.iid);
      assert.equal(found?.complete, false);
      assert.equal(gitlab.requests.filter(({ path }) => path.endsWith('/notes')).length, 1);
    });

    it('ask nothing about issues of members', async () => {
      await collect(connect(gitlab), demand);
      assert.deepEqual(readOverRest().map(({ path }) => path), ['/api/v4/projects/acme%2Fshop/issues']);
    });

    it('ask for the account of whoever reacts once, to tell a bot from a person', async () => {
      const author = gitlab.data.addUser({ username: 'customer' });
      for (let index = 0; index < 5; index++) {
        const issue = gitlab.data.addIssue(busy.project, { author, createdAt: '2026-05-01T00:00:00.000Z' });
        gitlab.data.addNote(issue, { author: gitlab.data.users.find(({ username }) => username === 'triage-robot') ?? author, createdAt: '2026-05-02T00:00:00.000Z' });
        gitlab.data.addNote(issue, { author: busy.developer, createdAt: '2026-05-03T00:00:00.000Z' });
      }
      const facts = await collect(connect(gitlab), demand);
      assert(reactions(facts).every(([, , , at]) => at === '2026-05-03T00:00:00.000Z'));
      assert.equal(gitlab.requests.filter(({ path }) => path.startsWith('/api/v4/users/')).length, 2);
    });

    it('take somebody for a person where GitLab does not tell', async () => {
      const issue = addLongIssue(gitlab.data, busy, 1, '2026-05-01T00:00:00.000Z', 5);
      gitlab.faults.next({ match: { path: /users/ }, times: Infinity, action: { status: 404, body: { message: '404 User Not Found' } } });
      assert.deepEqual(reactions(await collect(connect(gitlab), demand)).find(([iid]) => iid === issue.iid)?.[4], 'Web-Team');
    });

    it('fail as a whole where the events of one cannot be had', async () => {
      addLongIssue(gitlab.data, busy, 1, '2026-05-01T00:00:00.000Z');
      gitlab.faults.next({ match: { path: /resource_state_events/ }, action: { status: 500 } });
      assert.match(reason((await collect(connect(gitlab), demand)).issues, 'failed'), /answered 500 for acme\/shop \(issues\/\d+\/resource_state_events\)/);
    });

    it('with an endless list of events fail', async () => {
      addLongIssue(gitlab.data, busy, 1, '2026-05-01T00:00:00.000Z');
      gitlab.faults.next({ match: { path: /resource_label_events/ }, times: Infinity, action: { status: 200, headers: { 'X-Next-Page': '2' }, body: [{ id: 1, created_at: '2026-05-01T00:00:00.500Z', user: null }] } });
      assert.match(reason((await collect(connect(gitlab), demand)).issues, 'failed'), /does not end/);
    });
  });

  it('stop when cancelled', async () => {
    busy = addBusyProject(gitlab.data, now, { issues: 5, commits: 1 });
    gitlab.faults.next({ match: { path: /graphql/ }, action: { hang: true } });
    const controller = new AbortController();
    const running = collectProjectFacts(sourcesOf(connect(gitlab)), 'acme/shop', { ...nothing, ...demand }, controller.signal);
    await gitlab.arrival({ path: /graphql/ });
    controller.abort();
    await assert.rejects(running, { name: 'AbortError' });
  });
});
