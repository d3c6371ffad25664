import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { FactsDemand } from '../../../src/core/levels/demand';
import type { ConnectionOptions } from '../../../src/gitlab/connection';
import { memoryCache } from '../../../src/gitlab/httpCache';
import { collectProjectFacts } from '../../../src/sources/levels/collectFacts';
import { manyCommits, manyPipelines } from '../../fakes/gitlab/builders';
import { accessLevel, type FakeData, type FakeProject, type FakeUser } from '../../fakes/gitlab/data';
import { type FakeGitLab, startFakeGitLab } from '../../fakes/gitlab/server';
import { rejection } from '../../gitlab/expect';
import { collect as collectOver, connect, known, nothing, now, reason, sixMonths, sourcesOf, threeMonths } from './collecting';

describe('the facts of a project', () => {
  let gitlab: FakeGitLab;
  let data: FakeData;
  let owner: FakeUser;
  let shop: FakeProject;

  beforeEach(async () => {
    gitlab = await startFakeGitLab({ now: () => new Date(now) });
    ({ data } = gitlab);
    owner = data.addUser({ username: 'web-team' });
    const acme = data.addGroup({ path: 'acme' });
    shop = data.addProject({ path: 'shop', namespace: acme, visibility: 'private', members: [{ user: owner, accessLevel: accessLevel.maintainer }] });
    data.addToken({ value: 'secret', user: owner, scopes: ['read_api'] });
    data.addToken({ value: 'job-secret', user: owner, kind: 'job', project: shop });
  });
  afterEach(() => gitlab.close());

  const collect = (demand: Partial<FactsDemand>, options: Partial<ConnectionOptions> = {}, project = 'acme/shop') =>
    collectOver(connect(gitlab, options), demand, project, options.token?.kind === 'job');
  const asked = () => gitlab.requests.map(({ path }) => path.replace(/^.*\/projects\/[^/]+\/?/, '')).sort();

  it('that nobody asks for are not read', async () => {
    const facts = await collect({});
    assert.deepEqual(facts, {
      project: { path: 'acme/shop', webUrl: `${gitlab.url}/acme/shop`, archived: false, emptyRepository: true },
      commits: null, issues: null, members: null, commitAuthorship: null, releases: null, tags: null, packages: null, images: null,
      pipelines: new Map(), mergeRequests: null, protection: null, decisions: new Map(), subsequentUse: null,
    });
    assert.deepEqual(asked(), ['']);
  });

  describe('commits', () => {
    const commit = (committedDate: string, authorEmail = 'a@example.com') => data.addCommit(shop, { message: 'x', committedDate, authoredDate: '2020-01-01T00:00:00Z', authorEmail });

    it('are those of the range by date of commit, newest first, both ends included', async () => {
      commit('2026-01-15T13:59:59.000+02:00', 'too-early@example.com');
      commit('2026-01-15T14:00:00.000+02:00', 'First@Dept.Example.co.uk');
      commit('2026-07-15T06:00:00.000-06:00', 'last@example.com');
      commit('2026-07-15T12:00:01.000Z', 'too-late@example.com');
      const { items, ...window } = known((await collect({ commits: [{ since: sixMonths, enough: null }] })).commits);
      assert.deepEqual(items, [
        { at: '2026-07-15T06:00:00.000-06:00', author: 'last@example.com', organisation: 'example.com', bot: false },
        { at: '2026-01-15T14:00:00.000+02:00', author: 'first@dept.example.co.uk', organisation: 'example.co.uk', bot: false },
      ]);
      assert.deepEqual(window, { since: sixMonths, complete: true });
    });

    for (const [count, requests] of [[99, 1], [100, 2], [101, 2], [250, 3]] as const) {
      it(`are all ${count} in ${requests} requests`, async () => {
        manyCommits(data, shop, count, { from: '2026-02-01T00:00:00.000Z' });
        assert.equal(known((await collect({ commits: [{ since: sixMonths, enough: null }] })).commits).items.length, count);
        assert.equal(asked().filter((path) => path === 'repository/commits').length, requests);
      });
    }

    it('are read only until every check is answered', async () => {
      manyCommits(data, shop, 250, { from: '2026-07-01T00:00:00.000Z' });
      const window = known((await collect({ commits: [{ since: sixMonths, enough: 5 }, { since: threeMonths, enough: 30 }] })).commits);
      assert.equal(window.complete, false);
      assert(window.items.length >= 30 && window.items.length <= 100);
      assert.equal(asked().filter((path) => path === 'repository/commits').length, 1);
    });

    it('of an empty repository are none', async () => {
      assert.deepEqual(known((await collect({ commits: [{ since: sixMonths, enough: null }] })).commits), { items: [], since: sixMonths, complete: true });
    });

    it('say where they come from', async () => {
      const { commits } = await collect({ commits: [{ since: sixMonths, enough: 1 }] });
      assert.deepEqual(commits?.origin, { kind: 'gitlab', text: `acme/shop on ${gitlab.url.replace('http://', '')}`, url: `${gitlab.url}/acme/shop/-/commits`, at: now });
    });

    it('that may not be seen are unknown and say what would do', async () => {
      shop.members = [{ user: owner, accessLevel: accessLevel.guest }];
      assert.equal(
        reason((await collect({ commits: [{ since: sixMonths, enough: 1 }] })).commits, 'unknown'),
        'GitLab answered 403 for acme/shop: reading commits needs a token with the read_api scope and at least the role Reporter in a private project, and the repository switched on.',
      );
    });
  });

  describe('releases and tags', () => {
    const tagged = (name: string, committedDate: string) => data.addTag(shop, { name, sha: data.addCommit(shop, { message: name, committedDate }).sha });
    const released = (tag: string, releasedAt: string, links = 0) =>
      data.addRelease(shop, { tag, author: owner, releasedAt, links: Array.from({ length: links }, (_, index) => ({ name: `${index}`, url: 'https://example.com', linkType: 'other' })) });
    const demand = { releases: [{ since: sixMonths, enough: 3 }] };

    it('are dated by their release and their commit', async () => {
      tagged('v1', '2025-01-01T00:00:00.000Z');
      released('v1', '2026-06-01T00:00:00.000Z', 2);
      tagged('v2', '2026-05-01T00:00:00.000+02:00');
      tagged('old', '2025-12-01T00:00:00.000Z');
      const { releases, tags } = await collect(demand);
      assert.deepEqual(known(releases), { items: [{ at: '2026-06-01T00:00:00.000Z', tag: 'v1', url: `${gitlab.url}/acme/shop/-/releases/v1`, assetLinks: 2 }], since: sixMonths, complete: true });
      assert.deepEqual(known(tags), { items: [{ at: '2026-05-01T00:00:00.000+02:00', name: 'v2', released: false }], since: sixMonths, complete: true });
    });

    it('that are planned for later do not count', async () => {
      for (let index = 0; index < 30; index++) released(`next-${index}`, '2026-08-01T00:00:00.000Z');
      released('v1', '2026-07-01T00:00:00.000Z');
      assert.deepEqual(known((await collect(demand)).releases).items.map(({ tag }) => tag), ['v1']);
    });

    it('are read up to the first page that ends before the range', async () => {
      for (let index = 0; index < 60; index++) {
        tagged(`v${index}`, `2025-01-01T00:00:${String(index).padStart(2, '0')}.000Z`);
        released(`v${index}`, `2025-01-01T00:00:${String(index).padStart(2, '0')}.000Z`);
      }
      tagged('new', '2026-07-01T00:00:00.000Z');
      const { releases, tags } = await collect(demand);
      assert.deepEqual([known(releases).complete, known(tags).complete], [true, true]);
      assert.deepEqual(known(tags).items.map(({ name }) => name), ['new']);
      assert.deepEqual(asked(), ['', 'releases', 'repository/tags']);
    });

    it('are read on behind tags of releases that are only announced, which answer nothing', async () => {
      const second = (index: number) => String(index).padStart(2, '0');
      for (let index = 0; index < 25; index++) {
        tagged(`v${index}`, `2026-06-01T00:00:${second(index)}.000Z`);
        released(`v${index}`, '2027-01-01T00:00:00.000Z');
      }
      for (let index = 0; index < 20; index++) tagged(`bare${index}`, `2026-05-01T00:00:${second(index)}.000Z`);
      const { releases, tags } = await collect({ releases: [{ since: sixMonths, enough: 20 }] });
      assert.deepEqual(known(releases).items, []);
      assert.equal(known(tags).items.filter((each) => !each.released).length, 20);
    });

    it('are read on behind a tag on an old commit, whose own date older versions do not show', async () => {
      const old = data.addCommit(shop, { message: 'old', committedDate: '2020-01-01T00:00:00.000Z' });
      const row = (name: string, created: string) => ({ name, commit: { id: old.sha, created_at: created }, release: null });
      const page = [...Array.from({ length: 19 }, (_, index) => row(`v${index}`, '2026-07-01T00:00:00.000Z')), row('annotated', '2020-01-01T00:00:00.000Z')];
      gitlab.faults.next({ match: { path: /tags/ }, action: { status: 200, headers: { 'X-Next-Page': '2' }, body: page } });
      gitlab.faults.next({ match: { path: /tags/ }, action: { status: 200, headers: { 'X-Next-Page': '' }, body: [row('behind', '2026-06-01T00:00:00.000Z')] } });
      const window = known((await collect({ releases: [{ since: sixMonths, enough: 30 }] })).tags);
      assert.deepEqual([window.items.length, window.items.at(-1)?.name, window.complete], [20, 'behind', true]);
    });

    it('leave the tags unread where the releases are enough', async () => {
      for (let index = 0; index < 3; index++) released(`v${index}`, '2026-06-01T00:00:00.000Z');
      const { releases, tags } = await collect(demand);
      assert.equal(known(releases).items.length, 3);
      assert.deepEqual(known(tags), { items: [], since: sixMonths, complete: false });
      assert.deepEqual(asked(), ['', 'releases']);
    });

    it('count together: a tag of a release that is read already adds nothing', async () => {
      for (let index = 0; index < 25; index++) {
        tagged(`v${index}`, '2026-06-01T00:00:00.000Z');
        if (index < 2) released(`v${index}`, '2026-06-01T00:00:00.000Z');
      }
      assert.deepEqual(known((await collect({ releases: [{ since: sixMonths, enough: 25 }] })).tags).items.filter((tag) => !tag.released).length, 23);
    });

    it('fail apart from each other', async () => {
      gitlab.faults.next({ match: { path: /releases/ }, action: { status: 500 } });
      tagged('v1', '2026-06-01T00:00:00.000Z');
      const { releases, tags } = await collect(demand);
      assert.match(reason(releases, 'failed'), /^GitLab answered 500 for acme\/shop \(releases\)/);
      assert.deepEqual(known(tags).items.map(({ name }) => name), ['v1']);
    });
  });

  describe('pipelines', () => {
    beforeEach(() => {
      manyPipelines(data, shop, 30, { user: owner, from: '2026-04-01T00:00:00.000Z', stepHours: 24 });
      data.addPipeline(shop, { user: owner, status: 'failed', createdAt: '2026-05-01T00:00:00.000Z' });
      data.addPipeline(shop, { user: owner, createdAt: '2026-07-16T00:00:00.000Z' });
    });

    it('are counted by moment, all and successful ones, in two requests each', async () => {
      const { pipelines } = await collect({ pipelines: [sixMonths, '2026-04-20T00:00:00.000Z'] });
      assert.deepEqual([...pipelines].map(([since, fact]) => [since, known(fact)]), [
        [sixMonths, { successful: 30, all: 31 }],
        ['2026-04-20T00:00:00.000Z', { successful: 11, all: 12 }],
      ]);
      assert.equal(gitlab.requests.length, 5);
      assert(gitlab.requests.slice(1).every(({ query }) => query.get('per_page') === '1'));
    });

    it('are counted in pages where GitLab sends no total', async () => {
      manyPipelines(data, shop, 120, { user: owner, from: '2026-06-01T00:00:00.000Z' });
      gitlab.faults.hideTotals = true;
      assert.deepEqual(known((await collect({ pipelines: [sixMonths] })).pipelines.get(sixMonths) ?? null), { successful: 150, all: 151 });
    });

    it('of a project without CI/CD are unknown', async () => {
      shop.features.builds = 'disabled';
      assert.match(reason((await collect({ pipelines: [sixMonths] })).pipelines.get(sixMonths) ?? null, 'unknown'), /403 for acme\/shop: reading pipelines needs .*CI\/CD switched on/);
    });
  });

  describe('members', () => {
    it('are those of the project and its groups, with their highest level', async () => {
      const lead = data.addUser({ username: 'Release-Team' });
      data.group('acme').members.push({ user: lead, accessLevel: accessLevel.developer }, { user: owner, accessLevel: accessLevel.guest });
      assert.deepEqual(known((await collect({ members: true })).members), new Map([['web-team', accessLevel.maintainer], ['release-team', accessLevel.developer]]));
    });

    it('of a public project are known to everybody where GraphQL tells them', async () => {
      shop.visibility = 'public';
      assert.deepEqual(known((await collect({ members: true }, { token: undefined })).members), new Map([['web-team', accessLevel.maintainer]]));
    });

    it('are unknown where neither of the APIs shows them', async () => {
      shop.visibility = 'public';
      shop.hidesMembers = true;
      assert.equal(
        reason((await collect({ members: true }, { token: undefined })).members, 'unknown'),
        'GitLab answered 401 for acme/shop: listing members needs a token with the read_api scope, in some projects that of a member.',
      );
    });

    it('are read over REST where GraphQL gives an error beside the data, or nobody at all', async () => {
      for (const body of [
        { data: { part0: { projectMembers: null } }, errors: [{ message: "The resource that you are attempting to access does not exist or you don't have permission to perform this action", path: ['part0', 'projectMembers'] }] },
        { data: { part0: { projectMembers: { nodes: [], pageInfo: { hasNextPage: false } } } } },
      ]) {
        gitlab.faults.next({ match: { path: /graphql/ }, action: { status: 200, body } });
        assert.equal(known((await collect({ members: true })).members).size, 1);
      }
      assert.equal(asked().filter((path) => path === 'members/all').length, 2);
    });

    it('of more than a page are all there', async () => {
      for (let index = 0; index < 130; index++) shop.members.push({ user: data.addUser({ username: `user-${index}` }), accessLevel: accessLevel.guest });
      assert.equal(known((await collect({ members: true })).members).size, 131);
      gitlab.faults.next({ match: { path: /graphql/ }, action: { status: 404 } });
      assert.equal(known((await collect({ members: true })).members).size, 131);
    });

    it('are unknown to a job token, which says which one does', async () => {
      shop.visibility = 'public';
      assert.match(reason((await collect({ members: true }, { token: { kind: 'job', value: 'job-secret' } })).members, 'unknown'), /^GitLab answered 401 for acme\/shop: listing members needs more than a CI job token: set GITLAB_TOKEN/);
    });
  });

  describe('protection', () => {
    it('of an empty repository has no branch and no rules', async () => {
      gitlab.faults.next({ match: { path: /protected_branches/ }, action: { status: 200, body: [{ name: '*', push_access_levels: [{ access_level: 40 }] }] } });
      assert.deepEqual(known((await collect({ protection: true })).protection), { defaultBranch: null, rules: [] });
    });

    it('has the rules that match the default branch', async () => {
      data.addCommit(shop, { message: 'x' });
      const rule = (name: string, ...levels: readonly object[]) => ({ name, allow_force_push: name === '*', push_access_levels: levels });
      const rules = [rule('main', { access_level: 40 }, { access_level: 40, deploy_key_id: 1 }), rule('*', { access_level: null, user_id: 7 }, { access_level: 0 }), rule('release/*', { access_level: 30 })];
      gitlab.faults.next({ match: { path: /protected_branches/ }, action: { status: 200, body: rules } });
      assert.deepEqual(known((await collect({ protection: true })).protection), {
        defaultBranch: 'main',
        rules: [{ pattern: 'main', allowForcePush: false, pushAccessLevels: [40] }, { pattern: '*', allowForcePush: true, pushAccessLevels: [30, 0] }],
      });
    });

    it('has a rule of the project and one of its group that have the same name', async () => {
      data.addCommit(shop, { message: 'x' });
      for (const level of [accessLevel.maintainer, accessLevel.developer]) data.addProtectedBranch(shop, { push: [level] });
      assert.deepEqual(known((await collect({ protection: true })).protection).rules.map(({ pushAccessLevels }) => pushAccessLevels), [[40], [30]]);
    });

    it('that may not be seen is unknown and says which role sees it', async () => {
      gitlab.faults.next({ match: { path: /protected_branches/ }, action: { status: 403, body: { message: '403 Forbidden' } } });
      assert.match(reason((await collect({ protection: true })).protection, 'unknown'), /403 for acme\/shop: listing protected branches needs a token with the read_api scope and the role Maintainer\.$/);
    });
  });

  it('decisions and users come from elsewhere, for the project as GitLab names it', async () => {
    const { decisions, subsequentUse } = await collect({ decisions: ['https://example.com/a.json'], subsequentUse: true }, {}, String(shop.id));
    assert.deepEqual([...decisions].map(([url, fact]) => [url, known(fact).ignored]), [['https://example.com/a.json', ['https://example.com/a.json', 'acme/shop']]]);
    assert.deepEqual(known(subsequentUse), ['acme/shop']);
  });

  describe('of a project', () => {
    it('that was moved are those at its new path', async () => {
      shop.oldPaths = ['acme/old-shop'];
      data.addCommit(shop, { message: 'x', committedDate: '2026-07-01T00:00:00.000Z' });
      const facts = await collect({ commits: [{ since: sixMonths, enough: null }] }, {}, 'acme/old-shop');
      assert.equal(facts.project.path, 'acme/shop');
      assert.equal(known(facts.commits).items.length, 1);
    });

    it('that is archived say so', async () => {
      shop.archived = true;
      assert.equal((await collect({})).project.archived, true);
    });

    it('that is not there cannot be read', async () => {
      await rejection(collect({ commits: [{ since: sixMonths, enough: 1 }], issues: [{ since: threeMonths, enough: null }] }, {}, 'acme/nowhere'), 'not-found');
    });

    it('cannot be read with a token that is not valid', async () => {
      await rejection(collect({ members: true }, { token: { kind: 'private', value: 'glpat-wrong' } }), 'unauthorized');
    });
  });

  for (const [what, action, expected] of [
    ['a web page', { status: 200, body: '<html>Sign in</html>' }, /web page/],
    ['an object instead of a list', { status: 200, body: {} }, /cannot be read/],
    ['a time that is none', { status: 200, body: [{ id: 'a', created_at: 'yesterday' }] }, /created_at should be/],
    ['a dropped connection', { drop: true }, /connection was dropped/],
    ['half an answer', { cutBody: true }, /connection was dropped/],
    ['a server error', { status: 502 }, /answered 502/],
  ] as const) {
    it(`fail with ${what}, each for itself`, async () => {
      data.addCommit(shop, { message: 'x', committedDate: '2026-07-01T00:00:00.000Z' });
      gitlab.faults.next({ match: { path: /repository\/commits/ }, action });
      const facts = await collect({ commits: [{ since: sixMonths, enough: 1 }], members: true });
      assert.match(reason(facts.commits, 'failed'), expected);
      assert.equal(known(facts.members).size, 1);
    });
  }

  it('with a list that never ends fail', async () => {
    gitlab.faults.next({ match: { path: /repository\/commits/ }, times: Infinity, action: { status: 200, headers: { 'X-Next-Page': '2' }, body: [{ id: 'a', created_at: '2026-07-01T00:00:00.000Z' }] } });
    assert.match(reason((await collect({ commits: [{ since: sixMonths, enough: null }] })).commits, 'failed'), /does not end/);
  });

  it('are not downloaded again where nothing changed', async () => {
    manyCommits(data, shop, 120, { from: '2026-07-01T00:00:00.000Z' });
    const cache = memoryCache({ maxBytes: 10_000_000 });
    const demand: Partial<FactsDemand> = { commits: [{ since: sixMonths, enough: null }], members: true, releases: [{ since: sixMonths, enough: 1 }], pipelines: [sixMonths] };
    const first = await collect(demand, { cache });
    gitlab.requests.length = 0;
    assert.deepEqual(await collect({ ...demand, now: '2026-07-15T13:00:00.000Z', commits: [{ since: '2026-01-15T13:00:00.000Z', enough: null }] }, { cache }).then((facts) => known(facts.commits).items), known(first.commits).items);
    const bodies = gitlab.requests.filter(({ status, method, path }) => status === 200 && method === 'GET' && !path.endsWith('/pipelines'));
    assert.deepEqual(bodies.map(({ path }) => path), []);
  });

  it('stop when cancelled', async () => {
    gitlab.faults.next({ action: { hang: true }, times: Infinity });
    const controller = new AbortController();
    const running = collectProjectFacts(sourcesOf(connect(gitlab)), 'acme/shop', { ...nothing, commits: [{ since: sixMonths, enough: 1 }], members: true }, controller.signal);
    await gitlab.arrival({});
    controller.abort();
    await assert.rejects(running, { name: 'AbortError' });
  });
});
