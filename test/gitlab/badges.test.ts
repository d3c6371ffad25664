import assert from 'node:assert/strict';
import { addBadge, editBadge, getBadge, listBadges, ownBadges, previewBadge, removeBadge } from '../../src/gitlab/badges';
import { createConnection } from '../../src/gitlab/connection';
import { findOwners, newestProjectOf } from '../../src/gitlab/groups';
import { ancestorPaths } from '../../src/gitlab/groupPath';
import { getPlaceholderValues, renderPlaceholders, tooNewPlaceholders } from '../../src/gitlab/placeholderValues';
import { getGroupAccess } from '../../src/gitlab/roles';
import type { Target } from '../../src/core/plan';
import { manyBadges } from '../fakes/gitlab/builders';
import { put, record, startStage, type Stage } from '../app/publishing';
import { rejection } from './expect';
import { closeServers, sendJson, startServer } from './testServer';

const shop: Target = { scope: 'project', path: 'acme/web/shop' };
const web: Target = { scope: 'group', path: 'acme/web' };

describe('badges of projects and groups', () => {
  let stage: Stage;
  beforeEach(async () => void (stage = await startStage()));
  afterEach(async () => {
    await stage.gitlab.close();
    closeServers();
  });
  const connect = (role?: Parameters<Stage['ports']>[0]) => stage.ports(role).connection;
  const names = (badges: readonly { readonly name: string | null }[]) => badges.map(({ name }) => name);

  it('lists a project with what it inherits, and tells the two apart', async () => {
    put(stage, stage.acme, [record('of acme')]);
    put(stage, stage.shop, [record('own')]);
    put(stage, stage.web, [record('of web')]);
    const badges = await listBadges(connect(), shop);
    assert.deepEqual(badges.map(({ name, kind }) => [name, kind]), [['own', 'project'], ['of web', 'group'], ['of acme', 'group']]);
    assert.deepEqual(names(ownBadges(shop, badges)), ['own']);
    assert.deepEqual(names(ownBadges(web, await listBadges(connect(), web))), ['of web']);
    const owners = await findOwners(connect(), shop.path, badges);
    assert.deepEqual(badges.map(({ id }) => owners.get(id)), [undefined, 'acme/web', 'acme']);
  });

  it('leaves out the owner that the token may not see', async () => {
    put(stage, stage.acme, [record('of acme')]);
    const badges = await listBadges(connect(), shop);
    stage.gitlab.faults.next({ match: { path: /groups\/acme\/badges/ }, action: { status: 404, body: { message: '404 Group Not Found' } } });
    assert.equal((await findOwners(connect(), shop.path, badges)).size, 0);
  });

  const pages: [badges: number, requests: number, hideTotals: boolean][] = [[0, 1, false], [99, 1, false], [100, 1, false], [101, 2, false], [250, 3, false], [100, 2, true], [101, 2, true]];
  for (const [count, requests, hideTotals] of pages) {
    it(`lists ${count} badges in ${requests} requests${hideTotals ? ' where no total is told' : ''}`, async () => {
      manyBadges(stage.gitlab.data, stage.shop, count);
      stage.gitlab.faults.hideTotals = hideTotals;
      const badges = await listBadges(connect(), shop);
      assert.deepEqual([new Set(badges.map(({ id }) => id)).size, stage.gitlab.requests.length], [count, requests]);
    });
  }

  it('finds badges by exactly a name, of which there may be several', async () => {
    put(stage, stage.shop, [record('a&b=c', '1'), record('A&b=c', '2'), record('a&b=c', '3')]);
    assert.deepEqual((await listBadges(connect(), shop, { name: 'a&b=c' })).map(({ image_url }) => image_url), ['https://example.com/1.svg', 'https://example.com/3.svg']);
  });

  for (const target of [shop, web]) {
    it(`adds, reads, changes and removes a badge of a ${target.scope}`, async () => {
      const connection = connect();
      const badge = { name: 'ü %{project_id}', link_url: 'https://example.com/%{project_path}?a=b&c=%20', image_url: 'https://example.com/x.svg' };
      const added = await addBadge(connection, target, badge);
      const { id, kind, rendered_link_url: _, rendered_image_url: __, ...kept } = added;
      assert.deepEqual([kept, kind], [badge, target.scope]);
      assert.deepEqual(await getBadge(connection, target, id), added);
      await editBadge(connection, target, id, { link_url: 'https://example.com/new' });
      assert.deepEqual((await getBadge(connection, target, id)).link_url, 'https://example.com/new');
      assert.equal((await getBadge(connection, target, id)).name, badge.name);
      await removeBadge(connection, target, id);
      await rejection(getBadge(connection, target, id), 'not-found');
    });
  }

  it('does not reach an inherited badge through the project', async () => {
    put(stage, stage.web, [record('of web')]);
    const [badge] = await listBadges(connect(), shop);
    assert(badge);
    await rejection(getBadge(connect(), shop, badge.id), 'not-found');
    await rejection(editBadge(connect(), shop, badge.id, { name: 'x' }), 'not-found');
    await rejection(removeBadge(connect(), shop, badge.id), 'not-found');
    assert.equal(stage.web.badges.length, 1);
  });

  it('keeps what GitLab says of each URL', async () => {
    const error = await rejection(addBadge(connect(), shop, { name: null, link_url: 'ftp://x', image_url: ' ' }), 'refused');
    assert.deepEqual(error.details.fields, { link_url: ['is blocked: Only allowed schemes are http, https'], image_url: ['must be a valid URL'] });
  });

  it('is refused for a developer', async () => {
    await rejection(addBadge(connect('developer'), shop, record('a')), 'forbidden');
    await rejection(previewBadge(connect('developer'), shop, record('a')), 'forbidden');
    await rejection(addBadge(connect('maintainer'), web, record('a')), 'forbidden');
  });

  it('takes an empty name for none', async () => {
    put(stage, stage.shop, [record('')]);
    assert.deepEqual(names(await listBadges(connect(), shop)), [null]);
  });

  it('tells inherited badges apart where the server does not say the kind', async () => {
    const row = (id: number) => ({ id, link_url: 'https://example.com', image_url: 'https://example.com/x.svg' });
    const server = await startServer(({ path }, response) => {
      if (path.includes('/projects/')) sendJson(response, [row(1), row(2), row(3)]);
      else if (path.includes('/groups/acme%2Fweb/')) sendJson(response, [row(2)]);
      else sendJson(response, { message: '404 Group Not Found' }, 404);
    });
    const badges = await listBadges(createConnection({ instance: server.origin, fetch }), shop);
    assert.deepEqual(badges.map(({ id, kind, rendered_link_url }) => [id, kind, rendered_link_url]), [
      [1, 'project', 'https://example.com'],
      [2, 'group', 'https://example.com'],
      [3, 'project', 'https://example.com'],
    ]);
  });

  it('refuses what is no list of badges', async () => {
    for (const body of [{ a: 1 }, [{ id: 'x' }], 'text']) {
      const server = await startServer((_, response) => sendJson(response, body));
      await rejection(listBadges(createConnection({ instance: server.origin, fetch, retry: { attempts: 1 } }), shop), 'not-gitlab');
    }
  });

  describe('placeholders', () => {
    beforeEach(() => stage.gitlab.data.addCommit(stage.shop, { message: 'First', sha: 'c0ffee0000000000000000000000000000000000' }));

    const expected = {
      project_path: 'acme/web/shop',
      project_title: 'Shop & Co',
      project_name: 'shop',
      project_id: '1',
      project_namespace: 'acme/web/shop',
      group_name: 'acme/web',
      gitlab_server: '127.0.0.1',
      default_branch: 'main',
      commit_sha: 'c0ffee0000000000000000000000000000000000',
    };

    it('are found out by reading, all but the domain of GitLab Pages', async () => {
      stage.gitlab.data.addTag(stage.shop, { name: 'v1' });
      assert.deepEqual(await getPlaceholderValues(connect('developer'), shop.path), { ...expected, latest_tag: 'v1' });
    });

    it('stand for nothing where there is nothing', async () => {
      const user = stage.gitlab.data.users[0];
      assert(user);
      stage.gitlab.data.addProject({ path: 'empty', namespace: user });
      const { group_name, default_branch, commit_sha, latest_tag } = await getPlaceholderValues(connect(), 'owner/empty');
      assert.deepEqual([group_name, default_branch, commit_sha, latest_tag], [null, null, null, null]);
    });

    it('are left out where the token may not see them', async () => {
      stage.shop.features.repository = 'disabled';
      const { commit_sha, latest_tag, project_path } = await getPlaceholderValues(connect(), shop.path);
      assert.deepEqual([commit_sha, latest_tag, project_path], [undefined, undefined, 'acme/web/shop']);
    });

    for (const escaped of [true, false]) {
      it(`are the same as GitLab ${escaped ? '18.6 and later' : 'before 18.6'} renders them`, async () => {
        stage.gitlab.settings.escapedRendering = escaped;
        stage.shop.name = 'Shop & Co: 100% ü #1?';
        const rendered = await renderPlaceholders(connect(), shop);
        const values = { ...expected, project_title: stage.shop.name, gitlab_pages_domain: 'pages.example.com' };
        assert.deepEqual(rendered, { values, unresolved: ['latest_tag'] });
        assert.deepEqual(tooNewPlaceholders(await getPlaceholderValues(connect(), shop.path), rendered), []);
      });
    }

    it('that have a value and are left as text are too new for the server', () => {
      assert.deepEqual(tooNewPlaceholders({ project_title: 'Shop', latest_tag: null }, { values: {}, unresolved: ['project_title', 'latest_tag', 'commit_sha'] }), ['project_title']);
    });

    it('are not rendered for a role below Maintainer', async () => assert.equal(await renderPlaceholders(connect('developer'), shop), null));

    it('of a group are those of its newest project, or stay as text without one', async () => {
      assert.deepEqual(await newestProjectOf(connect(), 'acme/web'), { id: stage.shop.id, path: 'acme/web/shop', defaultBranch: 'main' });
      stage.gitlab.data.addProject({ path: 'newer', namespace: stage.web });
      assert.equal((await newestProjectOf(connect(), 'acme/web'))?.path, 'acme/web/newer');
      assert.equal((await renderPlaceholders(connect(), web))?.values.project_path, 'acme/web/newer');
      assert.equal(await newestProjectOf(connect(), 'acme'), null);
      assert.deepEqual((await renderPlaceholders(connect(), { scope: 'group', path: 'acme' }))?.values, {});
    });
  });

  describe('roles in groups', () => {
    it('are found in one request where all groups are owned', async () => {
      const levels = await getGroupAccess(connect(), ['acme', 'Acme/Web']);
      assert.deepEqual([...levels], [['acme', 50], ['Acme/Web', 50]]);
      assert.equal(stage.gitlab.requests.length, 1);
    });
    it('are asked one by one where not', async () => assert.deepEqual([...(await getGroupAccess(connect('developer'), ['acme/web', 'nobody']))], [['acme/web', 30], ['nobody', null]]));
    it('of administrators are not known', async () => {
      const user = stage.gitlab.data.users.find(({ username }) => username === 'developer');
      assert(user);
      user.admin = true;
      assert.deepEqual([...(await getGroupAccess(connect('developer'), ['acme']))], [['acme', null]]);
    });
  });

  it('knows the groups above a project', () => {
    assert.deepEqual(ancestorPaths('acme/web/shop'), ['acme/web', 'acme']);
    assert.deepEqual(ancestorPaths('acme'), []);
  });
});
