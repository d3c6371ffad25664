import assert from 'node:assert/strict';
import type { FakeToken, Visibility } from './data';
import { startTestInstance, type AskOptions, type TestInstance } from './testInstance';

const noProject = { message: '404 Project Not Found' };
const unauthorized = { message: '401 Unauthorized' };

describe('fake GitLab: who may', () => {
  let instance: TestInstance;
  beforeEach(async () => {
    instance = await startTestInstance();
  });
  afterEach(() => instance.gitlab.close());

  describe('tokens', () => {
    const expired = { error: 'invalid_token', error_description: 'Token is expired. You can either do re-authorization or token refresh.' };
    const revoked = { error: 'invalid_token', error_description: 'Token was revoked. You have to re-authorize from the user.' };
    const lacks = (scope: string): unknown => ({ error: 'insufficient_scope', error_description: 'The request requires higher privileges than provided by the access token.', scope });
    const table: readonly (readonly [string, Partial<FakeToken>, string, AskOptions, number, unknown])[] = [
      ['expires tomorrow', { expiresAt: '2026-03-06' }, '/projects/1/languages', {}, 200, {}],
      ['expired today', { expiresAt: '2026-03-05' }, '/projects/1/languages', {}, 401, expired],
      ['was revoked', { revoked: true }, '/projects/1/languages', {}, 401, revoked],
      ['has read_api and reads', { scopes: ['read_api'] }, '/projects/1/languages', {}, 200, {}],
      ['has read_user and reads a project', { scopes: ['read_user'] }, '/projects/1/languages', {}, 403, lacks('api read_api')],
      ['has read_api and writes', { scopes: ['read_api'] }, '/projects/1/badges', { method: 'POST' }, 403, lacks('api')],
      ['is a job token where none is known', { kind: 'job' }, '/projects/1/languages', {}, 401, unauthorized],
    ];
    for (const [title, token, path, options, status, body] of table) {
      it(`answers ${status} to one that ${title}`, async () => {
        instance.gitlab.data.addToken({ value: 'token', user: instance.users.owner, ...token });
        const answer = await instance.ask(path, { as: 'token', ...options });
        assert.deepEqual([answer.status, answer.body], [status, body]);
        assert.equal(answer.headers.has('www-authenticate'), 'error' in (body as object));
      });
    }

    it('refuses an unknown one on a public project too, but judges parameters first', async () => {
      const answer = await instance.ask('/projects/1', { as: 'unknown' });
      assert.deepEqual([answer.status, answer.body, answer.headers.has('www-authenticate')], [401, unauthorized, false]);
      assert.deepEqual((await instance.ask('/projects/1/badges?per_page=x', { as: 'unknown' })).body, { error: 'per_page is invalid' });
    });

    it('knows its own personal access token with any scope, and no other kind', async () => {
      const { data } = instance.gitlab;
      data.addToken({ value: 'narrow', name: 'laptop', user: instance.users.owner, scopes: ['read_user'], expiresAt: '2026-12-31', id: 42 });
      data.addToken({ value: 'oauth', kind: 'oauth', user: instance.users.owner });
      assert.deepEqual((await instance.ask('/personal_access_tokens/self', { as: 'narrow' })).body, {
        id: 42,
        name: 'laptop',
        revoked: false,
        created_at: '2024-01-01T00:00:00.000Z',
        description: null,
        scopes: ['read_user'],
        user_id: instance.users.owner.id,
        last_used_at: null,
        active: true,
        expires_at: '2026-12-31',
      });
      assert.equal((await instance.ask('/personal_access_tokens/self')).status, 401);
      assert.equal((await instance.ask('/personal_access_tokens/self', { headers: { Authorization: 'Bearer oauth' } })).status, 400);
    });

    it('tells who the caller is, and that a bot is one', async () => {
      const { data } = instance.gitlab;
      data.addToken({ value: 'bot', user: data.addUser({ username: 'project_1_bot', bot: true }), scopes: ['read_user'] });
      assert.equal((await instance.ask('/user')).status, 401);
      assert.deepEqual((({ username, bot }) => [username, bot])((await instance.ask('/user', { as: 'bot' })).body as Record<string, unknown>), ['project_1_bot', true]);
    });

    it('tells its version to those who are signed in', async () => {
      for (const path of ['/version', '/metadata']) {
        assert.deepEqual((await instance.ask(path)).body, unauthorized);
        assert.equal(((await instance.ask(path, { as: 'guest' })).body as Record<string, unknown>).version, '18.6.1');
      }
    });

    it('does not see a job token where GitLab takes none', async () => {
      instance.gitlab.data.addToken({ value: 'job', kind: 'job', user: instance.users.maintainer, project: instance.shop });
      instance.shop.visibility = 'private';
      const headers = { 'JOB-TOKEN': 'job' };
      assert.deepEqual((await instance.ask('/projects/1/issues', { headers })).body, noProject);
      // Lists of members ask for somebody who is signed in before anything else.
      assert.deepEqual((await instance.ask('/projects/1/members/all', { headers })).body, unauthorized);
      assert.equal((await instance.ask('/projects/1/releases', { headers })).status, 200);
      assert.equal((await instance.ask('/projects/1/releases', { headers: { 'JOB-TOKEN': 'other' } })).status, 401);
    });
  });

  describe('projects', () => {
    const table: readonly (readonly [Visibility, string | null, number])[] = [
      ['public', null, 200],
      ['public', 'stranger', 200],
      ['internal', null, 404],
      ['internal', 'stranger', 200],
      ['private', null, 404],
      ['private', 'stranger', 404],
      ['private', 'guest', 200],
      ['private', 'owner', 200],
    ];
    for (const [visibility, as, status] of table) {
      it(`answers ${status} to ${as ?? 'nobody'} for a ${visibility} one`, async () => {
        instance.shop.visibility = visibility;
        const answer = await instance.ask('/projects/1', { as });
        assert.equal(answer.status, status);
        if (status === 404) assert.deepEqual(answer.body, noProject);
      });
    }

    it('shows statistics from Reporter up, and says nothing to others', async () => {
      const keys = async (as: string | null): Promise<boolean> => 'statistics' in ((await instance.ask('/projects/1?statistics=true', { as })).body as object);
      assert.deepEqual([await keys(null), await keys('stranger'), await keys('guest'), await keys('reporter')], [false, false, false, true]);
    });

    it('shows the short form to nobody, and permissions to users', async () => {
      const short = (await instance.ask('/projects/1')).body as object;
      assert.deepEqual(['empty_repo', 'permissions', 'open_issues_count'].map((key) => key in short), [false, false, false]);
      const permissions = async (as: string): Promise<unknown> => ((await instance.ask('/projects/1', { as })).body as Record<string, unknown>).permissions;
      assert.deepEqual(await permissions('stranger'), { project_access: null, group_access: null });
      assert.deepEqual(await permissions('maintainer'), { project_access: { access_level: 40, notification_level: 3 }, group_access: null });
      assert.deepEqual(await permissions('owner'), { project_access: null, group_access: { access_level: 50, notification_level: 3 } });
    });

    it('shows a license when asked, and null where there is none', async () => {
      assert.equal('license' in ((await instance.ask('/projects/1')).body as object), false);
      assert.equal(((await instance.ask('/projects/1?license=true')).body as Record<string, unknown>).license, null);
      instance.shop.license = { key: 'mit', name: 'MIT License', nickname: null, htmlUrl: null, sourceUrl: null };
      assert.deepEqual(((await instance.ask('/projects/1?license=true')).body as Record<string, unknown>).license, {
        key: 'mit',
        name: 'MIT License',
        nickname: null,
        html_url: null,
        source_url: null,
      });
    });
  });

  describe('parts of a project', () => {
    it('forbids the code to a guest of a private project', async () => {
      instance.shop.visibility = 'private';
      instance.gitlab.data.addCommit(instance.shop, { message: 'one' });
      const lists = ['/repository/commits', '/repository/contributors', '/repository/tags', '/repository/branches'];
      // The lists say so before they look at the parameters.
      for (const path of [...lists.map((list) => `${list}?per_page=x`), '/repository/files/README.md/raw', '/languages']) {
        const { status, body } = await instance.ask(`/projects/1${path}`, { as: 'guest' });
        assert.deepEqual([path, status, body], [path, 403, { message: '403 Forbidden' }]);
      }
      for (const path of lists) assert.equal((await instance.ask(`/projects/1${path}`, { as: 'reporter' })).status, 200);
    });

    it('forbids what is switched off, but answers as if there were no issues', async () => {
      const { data } = instance.gitlab;
      data.addIssue(instance.shop, { author: instance.users.owner });
      data.addCommit(instance.shop, { message: 'one' });
      Object.assign(instance.shop.features, { issues: 'disabled', merge_requests: 'disabled', repository: 'disabled', builds: 'disabled', releases: 'disabled', packages: 'disabled' });
      for (const path of ['/repository/commits', '/merge_requests', '/pipelines', '/pipelines/latest', '/releases', '/packages']) {
        assert.deepEqual([path, (await instance.ask(`/projects/1${path}`, { as: 'owner' })).body], [path, { message: '403 Forbidden' }]);
      }
      assert.deepEqual((await instance.ask('/projects/1/issues', { as: 'owner' })).body, []);
      assert.deepEqual((await instance.ask('/projects/1/issues_statistics', { as: 'owner' })).body, { statistics: { counts: { all: 0, closed: 0, opened: 0 } } });
      assert.equal('open_issues_count' in ((await instance.ask('/projects/1', { as: 'owner' })).body as object), false);
    });

    it('hides confidential issues from those below Planner who did not write them', async () => {
      const { data } = instance.gitlab;
      data.addIssue(instance.shop, { author: instance.users.guest, confidential: true });
      const count = async (as: string | null): Promise<number> => ((await instance.ask('/projects/1/issues', { as })).body as unknown[]).length;
      assert.deepEqual([await count(null), await count('stranger'), await count('guest'), await count('reporter')], [0, 0, 1, 1]);
    });

    it('shows releases to a guest of a private project without the code', async () => {
      const { data } = instance.gitlab;
      instance.shop.visibility = 'private';
      data.addCommit(instance.shop, { message: 'one' });
      data.addTag(instance.shop, { name: 'v1' });
      data.addRelease(instance.shop, { tag: 'v1', author: instance.users.owner });
      const release = async (as: string): Promise<object> => ((await instance.ask('/projects/1/releases', { as })).body as object[])[0] ?? {};
      const guest = await release('guest');
      assert.deepEqual(['tag_name', 'commit', 'tag_path'].map((key) => key in guest), [true, false, false]);
      assert.equal('sources' in (guest as { assets: object }).assets, false);
      assert.ok('commit' in (await release('reporter')));
    });
  });

  describe('groups', () => {
    it('hides a private one from strangers and shows it to members of anything inside', async () => {
      instance.acme.visibility = 'private';
      for (const as of [null, 'stranger']) assert.deepEqual((await instance.ask('/groups/acme', { as })).body, { message: '404 Group Not Found' });
      for (const as of ['owner', 'guest']) assert.equal((await instance.ask('/groups/acme', { as })).status, 200);
    });

    it('lists direct projects, with subgroups on demand, newest first, only readable ones', async () => {
      const { data } = instance.gitlab;
      data.addProject({ path: 'first', namespace: instance.acme, createdAt: '2024-02-01T00:00:00.000Z' });
      data.addProject({ path: 'second', namespace: instance.acme, createdAt: '2024-03-01T00:00:00.000Z', archived: true });
      data.addProject({ path: 'hidden', namespace: instance.acme, visibility: 'private' });
      const paths = async (query: string, as: string | null = null): Promise<unknown[]> =>
        ((await instance.ask(`/groups/acme/projects${query}`, { as })).body as Record<string, unknown>[]).map((project) => project.path);
      assert.deepEqual(await paths(''), ['second', 'first']);
      assert.deepEqual(await paths('?include_subgroups=true'), ['second', 'first', 'shop']);
      assert.deepEqual(await paths('?archived=false'), ['first']);
      assert.deepEqual(await paths('?order_by=path&sort=asc', 'owner'), ['first', 'hidden', 'second']);
      assert.deepEqual(await paths('?min_access_level=50', 'stranger'), []);
    });

    it('lists direct subgroups', async () => {
      instance.gitlab.data.addGroup({ path: 'deep', parent: instance.web });
      const names = async (path: string): Promise<unknown[]> => ((await instance.ask(path)).body as Record<string, unknown>[]).map((group) => group.full_path);
      assert.deepEqual(await names('/groups/acme/subgroups'), ['acme/web']);
      assert.deepEqual(await names('/groups/acme/descendant_groups'), ['acme/web', 'acme/web/deep']);
    });
  });
});
