import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { accessLevel, type FakeProject, type FakeUser } from '../../fakes/gitlab/data';
import { type FakeGitLab, startFakeGitLab } from '../../fakes/gitlab/server';
import { collect, connect, known, now, reason, sixMonths, threeMonths } from './collecting';

describe('packages, images and releases with files', () => {
  let gitlab: FakeGitLab;
  let shop: FakeProject;
  let owner: FakeUser;

  beforeEach(async () => {
    gitlab = await startFakeGitLab({ now: () => new Date(now) });
    const { data } = gitlab;
    owner = data.addUser({ username: 'web-team' });
    shop = data.addProject({ path: 'shop', namespace: data.addGroup({ path: 'acme' }), visibility: 'private', members: [{ user: owner, accessLevel: accessLevel.maintainer }] });
    data.addToken({ value: 'secret', user: owner });
  });
  afterEach(() => gitlab.close());

  const packaged = (name: string, createdAt: string) => gitlab.data.addPackage(shop, { name, version: '1.2.3', createdAt });
  const image = (name: string, ...created: readonly string[]) =>
    gitlab.data.addContainerRepository(shop, { name, tags: created.map((createdAt, index) => ({ name: `v${index}`, createdAt, publishedAt: createdAt })) });
  const released = (tag: string, releasedAt: string, files: number) =>
    gitlab.data.addRelease(shop, { tag, author: owner, releasedAt, links: Array.from({ length: files }, (_, index) => ({ name: `${index}`, url: 'https://example.com/x', linkType: 'package' })) });
  const demand = (enough: number) => ({ packages: [{ since: sixMonths, enough }] });
  const withoutGraphQL = () => gitlab.faults.next({ match: { path: /graphql/ }, times: Infinity, action: { status: 404 } });
  const asked = () => gitlab.requests.map(({ path }) => path.replace(/^.*acme%2Fshop\/?/, ''));

  it('are dated each by its own date', async () => {
    packaged('lib', '2026-07-01T00:00:00.000Z');
    packaged('old', '2025-07-01T00:00:00.000Z');
    image('server', '2026-05-01T00:00:00.000Z', '2025-05-01T00:00:00.000Z');
    image('', '2026-06-01T00:00:00.000Z');
    released('v1', '2026-04-01T00:00:00.000Z', 1);
    const facts = await collect(connect(gitlab), demand(100));
    const summary = (items: readonly { at: string; kind: string; name: string; version: string }[]) => items.map(({ at, kind, name, version }) => [at.slice(0, 10), kind, name, version]);
    const images = [['2026-06-01', 'image', 'acme/shop', 'v0'], ['2026-05-01', 'image', 'acme/shop/server', 'v0']];
    assert.deepEqual(summary(known(facts.packages).items), [['2026-07-01', 'package', 'lib', '1.2.3']]);
    assert.deepEqual(summary(known(facts.images).items), images);
    assert.deepEqual(known(facts.releases).items.map(({ assetLinks }) => assetLinks), [1]);
    assert(known(facts.packages).complete && known(facts.images).complete && known(facts.releases).complete);
    assert.equal(facts.tags, null);
    withoutGraphQL();
    assert.deepEqual(summary(known((await collect(connect(gitlab), demand(100))).images).items), images);
  });

  it('take two requests for all images over GraphQL', async () => {
    for (let index = 0; index < 6; index++) image(`image-${index}`, '2026-05-01T00:00:00.000Z');
    assert.equal(known((await collect(connect(gitlab), demand(100))).images).items.length, 6);
    assert.equal(gitlab.requests.filter(({ path }) => path === '/api/graphql').length, 2);
  });

  it('are read only as far as those before leave a question', async () => {
    for (let index = 0; index < 30; index++) packaged(`lib-${index}`, '2026-06-01T00:00:00.000Z');
    image('server', '2026-05-01T00:00:00.000Z');
    const facts = await collect(connect(gitlab), demand(2));
    assert.equal(known(facts.packages).items.length, 20);
    assert.deepEqual([known(facts.packages), known(facts.images), known(facts.releases)].map(({ complete }) => complete), [false, false, false]);
    assert.deepEqual(asked(), ['', 'packages']);
  });

  it('count releases with files before images are looked at', async () => {
    packaged('lib', '2026-06-01T00:00:00.000Z');
    released('v1', '2026-06-01T00:00:00.000Z', 1);
    released('v2', '2026-06-01T00:00:00.000Z', 0);
    await collect(connect(gitlab), demand(2));
    assert.deepEqual(asked(), ['', 'packages', 'releases']);
  });

  it('share the releases with the check that counts those', async () => {
    released('v1', '2026-06-01T00:00:00.000Z', 0);
    const facts = await collect(connect(gitlab), { ...demand(1), releases: [{ since: sixMonths, enough: 1 }] });
    assert.equal(known(facts.releases).complete, true);
    assert.deepEqual(known(facts.tags).complete, false);
    assert.equal(asked().filter((path) => path === 'releases').length, 1);
  });

  describe('over REST', () => {
    beforeEach(withoutGraphQL);
    const dated = () => gitlab.requests.filter(({ path }) => /\/tags\/v\d+$/.test(path)).length;

    it('date as many tags as are needed', async () => {
      image('server', ...Array.from({ length: 50 }, () => '2026-05-01T00:00:00.000Z'));
      assert.equal(known((await collect(connect(gitlab), demand(3))).images).complete, false);
      assert.equal(dated(), 10);
    });

    it('date all of them where the newest of two ranges are wanted', async () => {
      image('server', ...Array.from({ length: 12 }, () => '2026-05-01T00:00:00.000Z'));
      await collect(connect(gitlab), { packages: [{ since: sixMonths, enough: 3 }, { since: threeMonths, enough: 1 }] });
      assert.equal(dated(), 12);
    });

    it('fail with a registry that is down, and cost nothing else', async () => {
      packaged('lib', '2026-06-01T00:00:00.000Z');
      image('server', '2026-05-01T00:00:00.000Z');
      gitlab.data.registryIsDown = true;
      const facts = await collect(connect(gitlab), demand(5));
      assert.match(reason(facts.images, 'failed'), /answered 500/);
      assert.equal(known(facts.packages).items.length, 1);
    });
  });

  it('fall back to REST for images where GraphQL says that the registry is down', async () => {
    image('server', '2026-05-01T00:00:00.000Z');
    gitlab.data.registryIsDown = true;
    assert.match(reason((await collect(connect(gitlab), demand(5))).images, 'failed'), /answered 500/);
  });

  it('are unknown where their registry is switched off, each for itself', async () => {
    shop.features.packages = 'disabled';
    image('server', '2026-05-01T00:00:00.000Z');
    const facts = await collect(connect(gitlab), demand(5));
    assert.match(reason(facts.packages, 'unknown'), /403 for acme\/shop: reading packages needs .*package registry switched on\.$/);
    assert.equal(known(facts.images).items.length, 1);
    shop.features.container_registry = 'disabled';
    assert.match(reason((await collect(connect(gitlab), demand(5))).images, 'unknown'), /reading container images needs .*container registry switched on\.$/);
  });
});
