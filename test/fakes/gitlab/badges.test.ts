import assert from 'node:assert/strict';
import { badgeUrlFault } from './badgeUrl';
import { accessLevel, type FakeBadge } from './data';
import { escapeUrl } from './placeholders';
import { startTestInstance, type AskOptions, type TestInstance } from './testInstance';

const shopPath = '/projects/acme%2Fweb%2Fshop';
const urls = { link_url: 'https://example.com/a', image_url: 'https://example.com/a.svg' };
const query = new URLSearchParams(urls).toString();

const missingBoth = { error: 'link_url is missing, image_url is missing' };
const unauthorized = { message: '401 Unauthorized' };
const forbidden = { message: '403 Forbidden' };
const noProject = { message: '404 Project Not Found' };
const noGroup = { message: '404 Group Not Found' };
const noBadge = { message: '404 Not found' };

describe('fake GitLab: badges', () => {
  let instance: TestInstance;
  let projectBadge: FakeBadge;
  let groupBadge: FakeBadge;

  beforeEach(async () => {
    instance = await startTestInstance();
    const { data } = instance.gitlab;
    groupBadge = data.addBadge(instance.web, { name: 'group', linkUrl: 'https://example.com/g', imageUrl: 'https://example.com/g.svg' }, 2000);
    projectBadge = data.addBadge(instance.shop, { name: 'own', linkUrl: 'https://example.com/p', imageUrl: 'https://example.com/p.svg' }, 3000);
    data.addBadge(instance.acme, { name: 'top', linkUrl: 'https://example.com/t', imageUrl: 'https://example.com/t.svg' }, 1000);
  });
  afterEach(() => instance.gitlab.close());

  it('lists own and inherited badges of a project in one list by age, with GitLab\'s keys in their order', async () => {
    const { body } = await instance.ask(`${shopPath}/badges`);
    const badges = body as Record<string, unknown>[];
    assert.deepEqual(
      badges.map((badge) => [badge.name, badge.kind]),
      [
        ['top', 'group'],
        ['group', 'group'],
        ['own', 'project'],
      ],
    );
    assert.deepEqual(Object.keys(badges[0] ?? {}), ['name', 'link_url', 'image_url', 'rendered_link_url', 'rendered_image_url', 'id', 'kind']);
  });

  it('lists only its own badges for a group', async () => {
    const { body } = await instance.ask('/groups/acme%2Fweb/badges');
    assert.deepEqual(
      (body as Record<string, unknown>[]).map((badge) => badge.name),
      ['group'],
    );
  });

  it('filters by the exact name, and an empty name fits only an empty name', async () => {
    const names = async (name: string): Promise<unknown[]> =>
      ((await instance.ask(`${shopPath}/badges?name=${name}`)).body as Record<string, unknown>[]).map((badge) => badge.name);
    const { data } = instance.gitlab;
    data.addBadge(instance.shop, { name: null, linkUrl: 'https://example.com', imageUrl: 'https://example.com' }, 4000);
    data.addBadge(instance.shop, { name: '', linkUrl: 'https://example.com', imageUrl: 'https://example.com' }, 5000);
    data.addBadge(instance.shop, { name: 'top', linkUrl: 'https://example.com', imageUrl: 'https://example.com' }, 6000);
    assert.deepEqual(await names('own'), ['own']);
    assert.deepEqual(await names('top'), ['top', 'top']);
    assert.deepEqual(await names('Own'), []);
    assert.deepEqual(await names('ow'), []);
    assert.deepEqual(await names(''), ['']);
  });

  const asPrivate = (at: TestInstance): void => void (at.shop.visibility = 'private');
  const asMoved = (at: TestInstance): void => void at.shop.oldPaths.push('acme/old');
  const badUrls = { link_url: '', image_url: '' };
  const badScheme = 'is blocked: Only allowed schemes are http, https';
  const nonGet = { message: 'Non GET methods are not allowed for moved projects' };
  const cases: readonly (readonly [string, string, AskOptions & { prepare?: (at: TestInstance) => void }, number, unknown])[] = [
    ['POST without a token, though parameters are missing', '/projects/1/badges', { method: 'POST' }, 401, unauthorized],
    ['POST with an unknown token', '/projects/1/badges', { method: 'POST', as: 'nonsense', body: urls }, 401, unauthorized],
    ['POST without parameters, to a project that is not there', '/projects/99/badges', { method: 'POST', as: 'stranger' }, 400, missingBoth],
    ['POST to a project that is not there, with bad URLs', '/projects/99/badges', { method: 'POST', as: 'stranger', body: badUrls }, 404, noProject],
    ['POST as a stranger to a public project, with bad URLs', `${shopPath}/badges`, { method: 'POST', as: 'stranger', body: badUrls }, 403, forbidden],
    ['POST as a reporter', `${shopPath}/badges`, { method: 'POST', as: 'reporter', body: urls }, 403, forbidden],
    ['POST one of two URLs', `${shopPath}/badges`, { method: 'POST', as: 'maintainer', body: { link_url: 'https://a.b' } }, 400, { error: 'image_url is missing' }],
    [
      'POST two bad URLs',
      `${shopPath}/badges`,
      { method: 'POST', as: 'maintainer', body: { link_url: 'ftp://a.b', image_url: ' ' } },
      400,
      { message: { link_url: [badScheme], image_url: ['must be a valid URL'] } },
    ],
    ['POST null', `${shopPath}/badges`, { method: 'POST', as: 'maintainer', body: { ...urls, link_url: null } }, 400, { message: { link_url: ['must be a valid URL'] } }],
    ['POST a name of 256 characters', `${shopPath}/badges`, { method: 'POST', as: 'maintainer', body: { ...urls, name: 'x'.repeat(256) } }, 500, { message: '500 Internal Server Error' }],
    ['POST to a group as a maintainer of its project', '/groups/acme%2Fweb/badges', { method: 'POST', as: 'maintainer', body: urls }, 403, forbidden],
    ['POST to a group that is not there', '/groups/none/badges', { method: 'POST', as: 'owner', body: urls }, 404, noGroup],
    ['GET render without parameters or token', `${shopPath}/badges/render`, {}, 400, missingBoth],
    ['GET render without a token', `${shopPath}/badges/render?${query}`, {}, 401, unauthorized],
    ['GET render of a project that is not there', `/projects/99/badges/render?${query}`, { as: 'stranger' }, 404, noProject],
    ['GET render as a reporter', `${shopPath}/badges/render?${query}`, { as: 'reporter' }, 403, forbidden],
    ['GET render of a bad URL', `${shopPath}/badges/render?link_url=x&image_url=https://a.b`, { as: 'maintainer' }, 400, { message: { link_url: [badScheme] } }],
    ['GET a badge by a word', `${shopPath}/badges/x`, {}, 400, { error: 'badge_id is invalid' }],
    ['GET an unknown badge', `${shopPath}/badges/99`, {}, 404, noBadge],
    ['GET an inherited badge through the project', `${shopPath}/badges/1`, { as: 'owner' }, 404, noBadge],
    ['PUT an inherited badge through the project', `${shopPath}/badges/1`, { as: 'owner', method: 'PUT', body: urls }, 404, noBadge],
    ['DELETE an inherited badge through the project', `${shopPath}/badges/1`, { as: 'owner', method: 'DELETE' }, 404, noBadge],
    ['GET a project badge through the group', '/groups/acme%2Fweb/badges/2', {}, 404, noBadge],
    ['PUT a badge by a word', `${shopPath}/badges/x`, { as: 'maintainer', method: 'PUT', body: {} }, 404, noBadge],
    ['DELETE a badge by a word', `${shopPath}/badges/x`, { as: 'maintainer', method: 'DELETE' }, 400, { error: 'badge_id is invalid' }],
    ['DELETE as a reporter', `${shopPath}/badges/2`, { as: 'reporter', method: 'DELETE' }, 403, forbidden],
    ['PATCH', `${shopPath}/badges/2`, { as: 'maintainer', method: 'PATCH', body: urls }, 405, { error: '405 Not Allowed' }],
    ['an unencoded slash in the path', '/projects/acme/web/shop/badges', {}, 404, { error: '404 Not Found' }],
    ['a path without a slash', '/projects/shop/badges', {}, 404, noProject],
    ['per_page=0', `${shopPath}/badges?per_page=0`, {}, 400, { error: 'per_page has a value not allowed' }],
    ['per_page=x', `${shopPath}/badges?per_page=x`, {}, 400, { error: 'per_page is invalid' }],
    ['GET as a stranger of a private project', `${shopPath}/badges`, { as: 'stranger', prepare: asPrivate }, 404, noProject],
    ['POST as a stranger to a private project', `${shopPath}/badges`, { method: 'POST', as: 'stranger', body: urls, prepare: asPrivate }, 404, noProject],
    [
      'DELETE of what changed since',
      `${shopPath}/badges/2`,
      { as: 'maintainer', method: 'DELETE', headers: { 'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:02 GMT' } },
      412,
      { message: '412 Precondition Failed' },
    ],
    ['DELETE of what did not change since', `${shopPath}/badges/2`, { as: 'maintainer', method: 'DELETE', headers: { 'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:03 GMT' } }, 204, null],
    ['POST to a moved project', '/projects/acme%2Fold/badges', { method: 'POST', as: 'maintainer', body: urls, prepare: asMoved }, 405, nonGet],
  ];
  for (const [title, path, { prepare, ...options }, status, body] of cases) {
    it(`answers ${status} to ${title}`, async () => {
      prepare?.(instance);
      const answer = await instance.ask(path, options);
      assert.deepEqual([answer.status, answer.body], [status, body]);
    });
  }

  it('sends a GET of a moved project on to its id, with the rest of the address', async () => {
    instance.shop.oldPaths.push('acme/old');
    const { status, headers } = await instance.ask('/projects/acme%2Fold/badges?per_page=5');
    assert.deepEqual([status, headers.get('location')], [301, `${instance.gitlab.url}/api/v4/projects/${instance.shop.id}/badges?per_page=5`]);
  });

  it('finds a project by a path in other letters', async () => {
    assert.equal((await instance.ask('/projects/Acme%2FWeb%2FSHOP/badges')).status, 200);
  });

  it('creates, shows, changes and deletes a badge, and stores URLs without the white space around', async () => {
    const created = await instance.ask(`${shopPath}/badges`, { as: 'maintainer', method: 'POST', body: { ...urls, link_url: ' https://example.com/a ' } });
    const { id } = created.body as { id: number };
    const expected = { name: null, ...urls, rendered_link_url: urls.link_url, rendered_image_url: urls.image_url, id, kind: 'project' };
    assert.deepEqual([created.status, created.body], [201, expected]);
    assert.deepEqual((await instance.ask(`${shopPath}/badges/${id}`)).body, expected);

    const renamed = await instance.ask(`${shopPath}/badges/${id}`, { as: 'maintainer', method: 'PUT', body: { name: 'a' } });
    assert.deepEqual([renamed.status, renamed.body], [200, { ...expected, name: 'a' }]);
    const untouched = await instance.ask(`${shopPath}/badges/${id}`, { as: 'maintainer', method: 'PUT', body: {} });
    assert.deepEqual([untouched.status, untouched.body], [200, { ...expected, name: 'a' }]);
    const refused = await instance.ask(`${shopPath}/badges/${id}`, { as: 'maintainer', method: 'PUT', body: { name: 'b', image_url: 'no' } });
    assert.equal(refused.status, 400);
    assert.deepEqual((await instance.ask(`${shopPath}/badges/${id}`)).body, { ...expected, name: 'a' });

    const deleted = await instance.ask(`${shopPath}/badges/${id}`, { as: 'maintainer', method: 'DELETE', body: {} });
    assert.deepEqual([deleted.status, deleted.body], [204, null]);
    assert.equal((await instance.ask(`${shopPath}/badges/${id}`)).status, 404);
  });

  it('takes parameters from a form, in both encodings, and from the query', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(urls)) form.set(name, value);
    const bodies: readonly (readonly [string, RequestInit])[] = [
      ['', { body: form }],
      ['', { body: new URLSearchParams(urls) }],
      [`?${query}`, {}],
    ];
    for (const [search, init] of bodies) {
      const response = await fetch(`${instance.gitlab.url}/api/v4/projects/1/badges${search}`, { method: 'POST', headers: { 'PRIVATE-TOKEN': 'maintainer' }, ...init });
      assert.equal(response.status, 201);
    }
    assert.deepEqual(
      instance.shop.badges.slice(1).map((badge) => [badge.linkUrl, badge.imageUrl]),
      Array(3).fill([urls.link_url, urls.image_url]),
    );
  });

  it('lets a group\'s badges be changed by its owners only, through the group', async () => {
    const path = `/groups/${instance.web.id}/badges/${groupBadge.id}`;
    assert.equal((await instance.ask(path, { as: 'owner', method: 'PUT', body: { name: 'renamed' } })).status, 200);
    assert.equal(groupBadge.name, 'renamed');
    assert.equal((await instance.ask(path, { as: 'maintainer', method: 'DELETE' })).status, 403);
    assert.equal((await instance.ask(path, { as: 'owner', method: 'DELETE' })).status, 204);
  });

  it('renders without storing, under five keys', async () => {
    const { status, body } = await instance.ask(`${shopPath}/badges/render?${query}&name=x`, { as: 'maintainer' });
    assert.deepEqual([status, body], [200, { name: null, ...urls, rendered_link_url: urls.link_url, rendered_image_url: urls.image_url }]);
    assert.deepEqual(instance.shop.badges, [projectBadge]);
  });

  it('takes a job token for its own project, and not for groups', async () => {
    instance.gitlab.data.addToken({ value: 'job', kind: 'job', user: instance.users.maintainer, project: instance.shop });
    const headers = { 'JOB-TOKEN': 'job' };
    assert.equal((await instance.ask(`${shopPath}/badges`, { method: 'POST', body: urls, headers })).status, 201);
    assert.equal((await instance.ask('/groups/acme/badges', { method: 'POST', body: urls, headers })).status, 401);
  });

  describe('placeholders', () => {
    const render = async (image: string, path = '/projects/1', as = 'owner'): Promise<unknown> => {
      const { body } = await instance.ask(`${path}/badges/render?${new URLSearchParams({ link_url: 'https://a.b', image_url: image }).toString()}`, { as });
      return (body as Record<string, unknown>).rendered_image_url;
    };
    const all =
      'https://a.b/%{project_path}|%{project_title}|%{project_name}|%{project_id}|%{project_namespace}|%{group_name}|%{gitlab_server}|%{gitlab_pages_domain}|%{default_branch}|%{commit_sha}|%{latest_tag}';

    it('replaces all eleven, raw in older versions', async () => {
      const { data } = instance.gitlab;
      instance.gitlab.settings.escapedRendering = false;
      const old = data.addCommit(instance.shop, { message: 'one', committedDate: '2025-01-01T00:00:00.000Z' });
      const head = data.addCommit(instance.shop, { message: 'two', committedDate: '2025-02-01T00:00:00.000Z' });
      data.addTag(instance.shop, { name: 'v9', sha: old.sha });
      data.addTag(instance.shop, { name: 'v1', sha: head.sha });
      assert.equal(await render(all), `https://a.b/acme/web/shop|The Shop|shop|1|acme/web/shop|acme/web|127.0.0.1|pages.example.com|main|${head.sha}|v1`);
    });

    it('leaves what an empty repository has no value for', async () => {
      instance.gitlab.settings.escapedRendering = false;
      assert.equal(await render('https://a.b/%{default_branch}/%{commit_sha}/%{latest_tag}'), 'https://a.b/%{default_branch}/%{commit_sha}/%{latest_tag}');
    });

    it('leaves group_name in a user\'s namespace', async () => {
      const { data, settings } = instance.gitlab;
      settings.escapedRendering = false;
      const own = data.addProject({ path: 'own', namespace: instance.users.owner });
      assert.equal(await render('https://a.b/%{group_name}/%{project_path}', `/projects/${own.id}`), 'https://a.b/%{group_name}/owner/own');
    });

    const table: readonly (readonly [string, string, string])[] = [
      ['https://a.b/%{project_id}/%{project_id}', 'https://a.b/1/1', 'https://a.b/1/1'],
      ['https://a.b/%{Project_Id}', 'https://a.b/%{Project_Id}', 'https://a.b/%25%7BProject_Id%7D'],
      ['https://a.b/%{unknown}', 'https://a.b/%{unknown}', 'https://a.b/%25%7Bunknown%7D'],
      ['https://a.b/%{project_title}', 'https://a.b/The Shop', 'https://a.b/The%20Shop'],
      ['https://a.b/a%20b?x=%{project_path}&y=ü', 'https://a.b/a%20b?x=acme/web/shop&y=ü', 'https://a.b/a%2520b?x=acme/web/shop&y=%C3%BC'],
      ['https://a.b/%%7Bproject_id%7D', 'https://a.b/1', 'https://a.b/%25%257Bproject_id%257D'],
    ];
    for (const [stored, older, newer] of table) {
      it(`renders ${stored} as ${older}, and escaped as ${newer}`, async () => {
        assert.equal(await render(stored), newer);
        instance.gitlab.settings.escapedRendering = false;
        assert.equal(await render(stored), older);
      });
    }

    it('shows pictures of other hosts through the asset proxy, and its own as they are', async () => {
      const { settings, url } = instance.gitlab;
      settings.assetProxy = 'https://assets.example';
      const hex = Buffer.from('https://a.b/1.svg').toString('hex');
      assert.match(String(await render('https://a.b/%{project_id}.svg')), new RegExp(`^https://assets\\.example/[0-9a-f]{40}/${hex}$`));
      assert.equal(await render(`${url}/%{project_id}.svg`), `${url}/1.svg`);
    });

    it('does not expand a value again', async () => {
      instance.gitlab.settings.escapedRendering = false;
      instance.shop.name = '%{project_id}';
      assert.equal(await render('https://a.b/%{project_title}'), 'https://a.b/%{project_id}');
    });

    it('renders a group\'s badge for the newest project directly in it that the caller may read', async () => {
      const { data } = instance.gitlab;
      const badge = data.addBadge(instance.acme, { linkUrl: 'https://a.b', imageUrl: 'https://a.b/%{project_name}' });
      const seen = async (as: string | null): Promise<unknown> => ((await instance.ask(`/groups/acme/badges/${badge.id}`, { as })).body as Record<string, unknown>).rendered_image_url;
      assert.equal(await seen(null), 'https://a.b/%25%7Bproject_name%7D');
      data.addProject({ path: 'first', namespace: instance.acme });
      data.addProject({ path: 'second', namespace: instance.acme, visibility: 'private' });
      assert.equal(await seen(null), 'https://a.b/first');
      assert.equal(await seen('owner'), 'https://a.b/second');
    });

    it('counts projects shared with the group among its projects', async () => {
      const { data } = instance.gitlab;
      const badge = data.addBadge(instance.acme, { linkUrl: 'https://a.b', imageUrl: 'https://a.b/%{project_name}' });
      data.addProject({ path: 'lent', namespace: instance.users.stranger, sharedWith: [{ group: instance.acme, accessLevel: accessLevel.reporter }] });
      assert.equal(((await instance.ask(`/groups/acme/badges/${badge.id}`)).body as Record<string, unknown>).rendered_image_url, 'https://a.b/lent');
    });
  });
});

describe('fake GitLab: badge URLs', () => {
  const blank = 'must be a valid URL';
  const invalid = 'is blocked: URI is invalid';
  const scheme = 'is blocked: Only allowed schemes are http, https';
  const host = 'is blocked: Hostname or IP address invalid';
  const table: readonly (readonly [string | null, string | null])[] = [
    [null, blank],
    ['', blank],
    [' \t\n', blank],
    ['https://a.b/x\ny', invalid],
    ['https://%{gitlab_server}/x', invalid],
    ['https://a<b/', invalid],
    ['https://a b/', invalid],
    ['https://a\\b/', invalid],
    ['https://a.b:port/', invalid],
    ['http://', invalid],
    ['1https://a.b', invalid],
    ['%{project_path}', scheme],
    ['example.com/a', scheme],
    ['//a.b/c', scheme],
    ['HTTPS://a.b', scheme],
    ['javascript:alert(1)', scheme],
    ['data:image/svg+xml,x', scheme],
    ['https://-a.b', host],
    ['https://_a.b', host],
    ['https://a.b', null],
    [' https://a.b ', null],
    ['http://localhost:3000/x', null],
    ['http://192.168.1.1/x', null],
    ['http://[::1]:80/x', null],
    ['https://user:password@a.b/x', null],
    ['https://münchen.example/x', null],
    ['https://a.b/%{project_path}?q=%{default_branch}#%{commit_sha}', null],
    [`https://a.b/${'x'.repeat(5000)}`, null],
  ];
  for (const [url, fault] of table) {
    it(`${fault === null ? 'takes' : `says "${fault}" to`} ${JSON.stringify(url?.slice(0, 60) ?? null)}`, () => {
      assert.equal(badgeUrlFault(url), fault);
    });
  }

  it('escapes each component by itself', () => {
    assert.equal(escapeUrl('https://u@ä.b:80/a[1]|"?b=/?[x]#c%'), 'https://u@%C3%A4.b:80/a%5B1%5D%7C%22?b=/?%5Bx%5D#c%25');
  });
});
