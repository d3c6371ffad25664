import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Badge } from '../../../src/core/badge';
import { factStems } from '../../../src/core/facts';
import { createConnection } from '../../../src/gitlab/connection';
import type { Token } from '../../../src/gitlab/token';
import { collectFactBadges } from '../../../src/sources/gitlab/factBadges';
import { factTable } from '../../../src/sources/gitlab/factTable';
import { manyCommits, manyIssues, manyTags } from '../../fakes/gitlab/builders';
import { accessLevel, type FakeProject, type FakeUser } from '../../fakes/gitlab/data';
import { type FakeGitLab, startFakeGitLab } from '../../fakes/gitlab/server';

describe('fact badges', () => {
  const { signal } = new AbortController();
  let gitlab: FakeGitLab;
  let user: FakeUser;
  let shop: FakeProject;

  beforeEach(async () => {
    gitlab = await startFakeGitLab();
    const { data } = gitlab;
    user = data.addUser({ username: 'web-team' });
    const acme = data.addGroup({ path: 'acme', name: 'Acme' });
    shop = data.addProject({
      path: 'shop',
      name: 'Shop',
      namespace: acme,
      visibility: 'private',
      createdAt: '2021-03-05T23:30:00.000-05:00',
      lastActivityAt: '2021-03-05T23:30:00.000-05:00',
      starCount: 7,
      forksCount: 3,
      license: { key: 'mit', name: 'MIT License', nickname: null, htmlUrl: null, sourceUrl: null },
      members: [{ user, accessLevel: accessLevel.reporter }],
    });
    const authors = Array.from({ length: 25 }, (_, index) => ({ name: `Author ${index}`, email: `a${index}@example.com` }));
    manyCommits(data, shop, 120, { authors, from: '2021-01-01T00:00:00.000Z', stepHours: 24 });
    manyIssues(data, shop, 30, { author: user, closed: 12 });
    manyTags(data, shop, 23, { author: user });
    data.addToken({ value: 'secret', user, scopes: ['read_api'] });
    data.addToken({ value: 'job-secret', user, kind: 'job', project: shop });
  });
  afterEach(() => gitlab.close());

  const connect = (token?: Token) => createConnection({ instance: gitlab.url, token, fetch: (url, init) => fetch(url, init), retry: { attempts: 1 } });
  const collect = async (stems: readonly string[] = factStems, token: Token | undefined = { kind: 'private', value: 'secret' }, project = 'acme/shop') =>
    collectFactBadges({ connection: connect(token), ref: { instance: gitlab.url, project }, isJobToken: token?.kind === 'job' }, stems, '2026-01-01T00:00:00.000Z', signal);
  const shown = (badge: Badge | undefined) => (badge?.status === 'known' ? badge.face.message : `${badge?.status}: ${badge?.reason}`);
  const byStem = (badges: readonly Badge[]) => new Map(badges.map((badge) => [badge.stem, shown(badge)]));
  const asked = () => gitlab.requests.map(({ path }) => path.replace(/^.*\/projects\/[^/]+\/?/, '')).sort();

  it('have a source for every stem, and no other', () => assert.deepEqual([...factTable.keys()], [...factStems]));

  it('are the 21 of the reference', async () => {
    const { badges, unusable } = await collect();
    assert.equal(unusable, null);
    assert.deepEqual(badges.map((badge) => (badge.status === 'known' ? [badge.stem, badge.face.label, badge.face.message, badge.face.color] : [badge.stem, badge.reason])), [
      ['issues', 'issues', '30', 'blue'],
      ['open_issues', 'open issues', '18', 'red'],
      ['closed_issues', 'closed issues', '12', 'green'],
      ['license_key', 'license', 'mit', 'yellow'],
      ['license_name', 'license', 'MIT License', 'yellow'],
      ['project_id', 'ID', String(shop.id), 'purple'],
      ['owner', 'owner', 'Acme', 'yellow'],
      ['name', 'Name', 'Shop', 'yellowgreen'],
      ['default_branch', 'default branch', 'main', 'green'],
      ['created_at', 'created at', 'March 2021', 'lightgrey'],
      ['last_activity_at', 'last activity', '5 March 2021', 'lightgrey'],
      ['contributors', 'contributors', '25', 'blue'],
      ['forks_count', 'forks', '3', 'orange'],
      ['star_count', 'stars', '7', 'yellowgreen'],
      ['commits', 'commits', '120', 'red'],
      ['last_commit', 'last Commit', 'April 2021', 'lightgrey'],
      ['release', 'release', 'v0.0.23', 'green'],
      ['last_release', 'last Release', 'January 2021', 'lightgrey'],
      ['releases', 'releases', '23', 'red'],
      ['tag', 'tag', 'v0.0.23', 'green'],
      ['last_tag', 'last Tag', 'January 2021', 'lightgrey'],
    ]);
  });

  it('take six requests, all under way at once', async () => {
    gitlab.faults.latencyMs = 50;
    const all = collect();
    const paths = ['shop\\?', 'issues_statistics', 'contributors', 'commits', 'releases', 'tags'];
    await Promise.all(paths.map((path) => gitlab.arrival({ path: new RegExp(path) })));
    assert.ok(gitlab.requests.every(({ outcome }) => outcome === 'pending'));
    await all;
    assert.equal(gitlab.requests.length, 6);
  });

  for (const [stems, requests] of [
    [['license_key', 'commits', 'owner'], ['']],
    [['open_issues', 'issues'], ['issues_statistics']],
    [['release', 'releases', 'last_release'], ['releases']],
    [['tag', 'last_commit'], ['repository/commits', 'repository/tags']],
    [[], []],
  ] as const) {
    it(`take only the requests they need: ${stems.join(', ') || 'none'}`, async () => {
      await collect(stems);
      assert.deepEqual(asked(), requests);
    });
  }

  it('say where they come from', async () => {
    const [issues, name] = (await collect(['issues', 'name'])).badges;
    assert.equal(issues?.origin.url, `${gitlab.url}/acme/shop/-/issues`);
    assert.equal(name?.origin.text, `acme/shop on ${gitlab.url.replace('http://', '')}`);
    assert.equal(name?.origin.url, `${gitlab.url}/acme/shop`);
  });

  it('count the commits of a role that gets no statistics', async () => {
    shop.visibility = 'public';
    shop.members = [];
    assert.equal(byStem((await collect(['commits'])).badges).get('commits'), '120');
  });

  it('count the commits while GitLab has not counted them yet', async () => {
    shop.statisticsCommitCount = 0;
    assert.equal(byStem((await collect(['commits'])).badges).get('commits'), '120');
  });

  it('of an empty repository say so, and the others are there', async () => {
    Object.assign(shop, { commits: [], tags: [], releases: [], license: null });
    const badges = byStem((await collect()).badges);
    for (const stem of ['license_key', 'default_branch', 'contributors', 'last_commit']) assert.equal(badges.get(stem), 'unknown: The repository has no commits yet.', stem);
    assert.equal(badges.get('commits'), '0');
    assert.equal(badges.get('releases'), '0');
    assert.match(badges.get('release') ?? '', /^unknown: There is no release yet/);
    assert.match(badges.get('tag') ?? '', /^unknown: There is no tag yet/);
    assert.equal(badges.get('star_count'), '7');
  });

  it('of a project without a license file say so', async () => {
    shop.license = null;
    assert.match(byStem((await collect(['license_name'])).badges).get('license_name') ?? '', /^unknown: GitLab found no license file/);
  });

  it('of disabled issues are unknown, not 0', async () => {
    shop.features.issues = 'disabled';
    const badges = byStem((await collect()).badges);
    for (const stem of ['issues', 'open_issues', 'closed_issues']) assert.match(badges.get(stem) ?? '', /^unknown: Issues are switched off/);
    assert.equal(badges.get('commits'), '120');
  });

  it('that a Guest of a private project may not see are unknown and say which role sees them', async () => {
    shop.members = [{ user, accessLevel: accessLevel.guest }];
    const badges = byStem((await collect()).badges);
    for (const stem of ['contributors', 'tag', 'last_commit', 'commits', 'default_branch']) assert.match(badges.get(stem) ?? '', /^unknown: .*role/, stem);
    assert.equal(badges.get('name'), 'Shop');
    assert.equal(badges.get('releases'), '23');
  });

  it('that one failed request costs are failed, the others are there', async () => {
    gitlab.faults.next({ match: { path: /releases/ }, action: { status: 500 }, times: Infinity });
    const { badges, unusable } = await collect();
    assert.deepEqual(badges.filter(({ status }) => status !== 'known').map(({ stem, status }) => [stem, status]), [['release', 'failed'], ['last_release', 'failed'], ['releases', 'failed']]);
    assert.equal(unusable, null);
  });

  for (const [what, action] of [
    ['a feature that answers 403', { status: 403, body: { message: '403 Forbidden' } }],
    ['a feature that answers 404', { status: 404, body: { message: '404 Not found' } }],
  ] as const) {
    it(`of ${what} are unknown`, async () => {
      gitlab.faults.next({ match: { path: /releases/ }, action });
      const badges = byStem((await collect()).badges);
      assert.match(badges.get('release') ?? '', /^unknown: Releases of acme\/shop are switched off, or hidden from this token's role/);
      assert.equal(badges.get('name'), 'Shop');
    });
  }

  it('all fail with an unknown token, which is never shown', async () => {
    const result = await collect(factStems, { kind: 'private', value: 'glpat-wrong' });
    assert.ok(result.badges.every(({ status }) => status === 'failed'));
    assert.match(result.unusable ?? '', /401/);
    assert.ok(!JSON.stringify(result).includes('glpat-wrong'));
  });

  it('all fail where GitLab cannot be reached', async () => {
    await gitlab.close();
    const result = await collect();
    assert.ok(result.badges.every(({ status }) => status === 'failed'));
    assert.match(result.unusable ?? '', /cannot be reached/);
  });

  it('of a project that is not there are unknown, and say so in one voice', async () => {
    const { badges, unusable } = await collect(factStems, { kind: 'private', value: 'secret' }, 'acme/nowhere');
    assert.equal(unusable, null);
    assert.deepEqual([...new Set(badges.map(shown))].length, 1);
    assert.match(shown(badges[0]), /^unknown: GitLab answered 404 for acme\/nowhere: /);
  });

  it('that a job token does not read say which token does', async () => {
    gitlab.faults.next({ match: { path: /issues_statistics/ }, action: { status: 401, body: { message: '401 Unauthorized' } } });
    gitlab.faults.next({ match: { path: /shop\?/ }, action: { status: 200, body: { id: 1, path_with_namespace: 'acme/shop', name: 'Shop', web_url: 'https://x', created_at: '2021-01-01', last_activity_at: '2021-01-01', star_count: 0 } } });
    const badges = byStem((await collect(['issues', 'name'], { kind: 'job', value: 'job-secret' })).badges);
    assert.match(badges.get('issues') ?? '', /^unknown: A CI job token does not read issues: set GITLAB_TOKEN/);
  });

  it('stop when cancelled', async () => {
    gitlab.faults.next({ action: { hang: true }, times: Infinity });
    const controller = new AbortController();
    const running = collectFactBadges({ connection: connect(), ref: { instance: gitlab.url, project: 'acme/shop' }, isJobToken: false }, factStems, '', controller.signal);
    await gitlab.arrival({});
    controller.abort();
    await assert.rejects(running, { name: 'AbortError' });
  });
});
