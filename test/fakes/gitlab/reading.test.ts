import assert from 'node:assert/strict';
import { manyCommits, manyTags } from './builders';
import { startTestInstance, type TestInstance } from './testInstance';

type Row = Record<string, unknown>;

describe('fake GitLab: what it tells of a project', () => {
  let instance: TestInstance;
  beforeEach(async () => {
    instance = await startTestInstance();
  });
  afterEach(() => instance.gitlab.close());

  const rows = async (path: string, as: string | null = null): Promise<Row[]> => (await instance.ask(`/projects/1${path}`, { as })).body as Row[];
  const answered = async (path: string): Promise<[number, unknown]> => {
    const { status, body } = await instance.ask(`/projects/1${path}`);
    return [status, body];
  };

  describe('an empty repository', () => {
    const table: readonly (readonly [string, number, unknown])[] = [
      ['/repository/commits', 404, { message: '404 Repository Not Found' }],
      ['/repository/commits/main', 404, { message: '404 Commit Not Found' }],
      ['/repository/contributors', 200, []],
      ['/repository/tags', 200, []],
      ['/repository/branches', 200, []],
      ['/repository/files/README.md/raw', 404, { message: '404 Commit Not Found' }],
      ['/languages', 200, {}],
      ['/pipelines', 200, []],
      ['/pipelines/latest', 403, { message: '403 Forbidden' }],
      ['/releases', 200, []],
      ['/releases/permalink/latest', 404, { message: '404 Not Found' }],
    ];
    for (const [path, status, body] of table) {
      it(`answers ${status} to ${path}`, async () => {
        assert.deepEqual(await answered(path), [status, body]);
      });
    }

    it('has no default branch', async () => {
      const { default_branch, empty_repo } = (await instance.ask('/projects/1', { as: 'guest' })).body as Row;
      assert.deepEqual([default_branch, empty_repo], [null, true]);
    });
  });

  describe('commits', () => {
    beforeEach(() => {
      manyCommits(instance.gitlab.data, instance.shop, 4, {
        from: '2025-01-01T00:00:00.000Z',
        stepHours: 24,
        authors: [
          { name: 'Docs Team', email: 'docs@acme.example' },
          { name: 'Web Team', email: 'web@studio.example' },
        ],
      });
    });

    const table: readonly (readonly [string, string[]])[] = [
      ['', ['Commit 4', 'Commit 3', 'Commit 2', 'Commit 1']],
      ['?since=2025-01-02T00:00:00Z', ['Commit 4', 'Commit 3', 'Commit 2']],
      ['?since=2025-01-02T00:00:01Z', ['Commit 4', 'Commit 3']],
      ['?until=2025-01-02T00:00:00Z', ['Commit 2', 'Commit 1']],
      ['?author=@acme.example', ['Commit 3', 'Commit 1']],
      ['?author=Web', ['Commit 4', 'Commit 2']],
      ['?ref_name=none', []],
    ];
    for (const [query, titles] of table) {
      it(`lists ${titles.length} with ${query || 'nothing asked'}`, async () => {
        assert.deepEqual(
          (await rows(`/repository/commits${query}`)).map((commit) => commit.title),
          titles,
        );
      });
    }

    it('reaches from a tag or a branch only what is below it', async () => {
      const sha = instance.shop.commits[2]?.sha ?? '';
      instance.gitlab.data.addTag(instance.shop, { name: 'v1', sha });
      instance.shop.branches.push({ name: 'feature/x', sha });
      for (const ref of ['v1', 'feature%2Fx', sha]) assert.equal((await rows(`/repository/commits?ref_name=${ref}`)).length, 2);
      assert.equal((await instance.ask('/projects/1/repository/commits/feature%2Fx')).status, 200);
    });

    it('refuses dates and orders that are none', async () => {
      assert.deepEqual(await answered('/repository/commits?since=soon'), [400, { error: 'since is invalid' }]);
      assert.deepEqual(await answered('/repository/commits?order=date'), [400, { error: 'order does not have a valid value' }]);
    });
  });

  describe('contributors', () => {
    it('are addresses as written, fewest commits first, under the newest name, merges left out', async () => {
      const { data } = instance.gitlab;
      const by = (authorName: string, authorEmail: string, parents: string[] = []): void => void data.addCommit(instance.shop, { message: 'x', authorName, authorEmail, parents });
      by('Old Name', 'a@acme.example');
      by('New Name', 'a@acme.example');
      by('Other', 'A@acme.example');
      by('Merger', 'm@acme.example', ['1', '2']);
      assert.deepEqual(await rows('/repository/contributors'), [
        { name: 'Other', email: 'A@acme.example', commits: 1, additions: 0, deletions: 0 },
        { name: 'New Name', email: 'a@acme.example', commits: 2, additions: 0, deletions: 0 },
      ]);
    });

    it('come from the last 2,000 commits', async () => {
      manyCommits(instance.gitlab.data, instance.shop, 2001, { each: (index) => ({ authorEmail: index === 0 ? 'first@acme.example' : 'rest@acme.example' }) });
      assert.deepEqual((await rows('/repository/contributors')).map((row) => [row.email, row.commits]), [['rest@acme.example', 2000]]);
    });
  });

  describe('tags', () => {
    it('come by the date of their commit, by name or by version', async () => {
      manyCommits(instance.gitlab.data, instance.shop, 10);
      manyTags(instance.gitlab.data, instance.shop, 10);
      const names = async (query: string): Promise<unknown[]> => (await rows(`/repository/tags${query}`)).map((tag) => tag.name);
      assert.equal((await names(''))[0], 'v0.0.10');
      assert.deepEqual((await names('?order_by=name')).slice(0, 2), ['v0.0.9', 'v0.0.8']);
      assert.deepEqual((await names('?order_by=version')).slice(0, 2), ['v0.0.10', 'v0.0.9']);
      assert.deepEqual(await names('?search=^v0.0.1'), ['v0.0.10', 'v0.0.1']);
      assert.deepEqual(await names('?search=.1$'), ['v0.0.1']);
      assert.deepEqual(await answered('/repository/tags?order_by=date'), [400, { error: 'order_by does not have a valid value' }]);
    });

    it('carry their release, and point at themselves where they are annotated', async () => {
      const { data } = instance.gitlab;
      const commit = data.addCommit(instance.shop, { message: 'one' });
      data.addTag(instance.shop, { name: 'v1' });
      data.addTag(instance.shop, { name: 'v2', message: 'two' });
      data.addRelease(instance.shop, { tag: 'v2', description: 'news', author: instance.users.owner });
      const [light, annotated] = await rows('/repository/tags?order_by=name&sort=asc');
      assert.deepEqual([light?.target, light?.release], [commit.sha, null]);
      assert.deepEqual([annotated?.target === commit.sha, annotated?.release], [false, { tag_name: 'v2', description: 'news' }]);
    });
  });

  describe('releases', () => {
    beforeEach(() => {
      const { data } = instance.gitlab;
      const author = instance.users.owner;
      data.addRelease(instance.shop, { tag: 'v2/x', author, createdAt: '2025-01-01T00:00:00.000Z', releasedAt: '2025-03-01T00:00:00.000Z' });
      data.addRelease(instance.shop, { tag: 'v1', author, createdAt: '2025-02-01T00:00:00.000Z', releasedAt: '2025-02-01T00:00:00.000Z' });
      data.addRelease(instance.shop, { tag: 'v3', author, createdAt: '2025-01-02T00:00:00.000Z', releasedAt: '2027-01-01T00:00:00.000Z' });
    });

    it('come by release date, newest first, upcoming ones marked', async () => {
      const list = async (query: string): Promise<unknown[]> => (await rows(`/releases${query}`)).map((release) => [release.tag_name, release.upcoming_release]);
      assert.deepEqual(await list(''), [
        ['v3', true],
        ['v2/x', false],
        ['v1', false],
      ]);
      assert.deepEqual((await rows('/releases?order_by=created_at&sort=asc')).map((release) => release.tag_name), ['v2/x', 'v3', 'v1']);
    });

    it('lead from the permalink to the latest by 302, and it is found there', async () => {
      const { status, headers } = await instance.ask('/projects/acme%2Fweb%2Fshop/releases/permalink/latest');
      assert.deepEqual([status, headers.get('location')], [302, '/api/v4/projects/1/releases/v2%2Fx']);
      assert.equal(((await instance.ask('/projects/1/releases/v2%2Fx')).body as Row).tag_name, 'v2/x');
    });
  });

  describe('pipelines', () => {
    it('have coverage one by one, not in the list', async () => {
      const { data } = instance.gitlab;
      data.addCommit(instance.shop, { message: 'one' });
      data.addPipeline(instance.shop, { user: instance.users.owner, coverage: '91.25' });
      data.addPipeline(instance.shop, { user: instance.users.owner, ref: 'other', status: 'failed', updatedAt: '2025-01-01T00:00:00.000Z' });
      data.addPipeline(instance.shop, { user: instance.users.owner, source: 'parent_pipeline' });
      assert.deepEqual((await rows('/pipelines?source=parent_pipeline')).map((each) => each.id), [3]);
      const list = await rows('/pipelines');
      assert.deepEqual([list.map((each) => each.id), 'coverage' in (list[0] ?? {})], [[2, 1], false]);
      for (const path of ['/pipelines/1', '/pipelines/latest', '/pipelines/latest?ref=main']) assert.equal(((await instance.ask(`/projects/1${path}`)).body as Row).coverage, '91.25');
      assert.deepEqual((await rows('/pipelines?status=success')).map((each) => each.id), [1]);
      assert.deepEqual((await rows('/pipelines?updated_after=2025-01-01T00:00:00Z')).map((each) => each.id), [2]);
      assert.deepEqual(await answered('/pipelines/99'), [404, { message: '404 Not found' }]);
      assert.deepEqual(await answered('/pipelines?status=green'), [400, { error: 'status does not have a valid value' }]);
    });
  });

  describe('issues and merge requests', () => {
    it('are counted and listed by the same filters, newest first', async () => {
      const { data } = instance.gitlab;
      const author = instance.users.stranger;
      data.addIssue(instance.shop, { author, labels: ['bug', 'ui'], createdAt: '2025-01-01T00:00:00.000Z' });
      data.addIssue(instance.shop, { author, labels: ['bug'], state: 'closed', createdAt: '2025-01-02T00:00:00.000Z' });
      data.addIssue(instance.shop, { author: instance.users.owner, createdAt: '2025-01-03T00:00:00.000Z' });
      const counts = async (query: string): Promise<unknown> => ((await instance.ask(`/projects/1/issues_statistics${query}`)).body as { statistics: { counts: unknown } }).statistics.counts;
      assert.deepEqual(await counts(''), { all: 3, closed: 1, opened: 2 });
      assert.deepEqual(await counts('?labels=bug'), { all: 2, closed: 1, opened: 1 });
      assert.deepEqual(await counts('?labels=bug,ui'), { all: 1, closed: 0, opened: 1 });
      assert.deepEqual(await counts('?author_username=owner&created_after=2025-01-03T00:00:00Z'), { all: 1, closed: 0, opened: 1 });
      const iids = async (query: string): Promise<unknown[]> => (await rows(`/issues${query}`)).map((issue) => issue.iid);
      assert.deepEqual(await iids(''), [3, 2, 1]);
      assert.deepEqual(await iids('?state=opened&sort=asc'), [1, 3]);
      assert.deepEqual(await iids('?iids[]=1&iids[]=2'), [2, 1]);
      assert.deepEqual(await answered('/issues?state=open'), [400, { error: 'state does not have a valid value' }]);
    });

    it('know the states of merge requests', async () => {
      const { data } = instance.gitlab;
      for (const state of ['opened', 'closed', 'merged'] as const) data.addMergeRequest(instance.shop, { author: instance.users.owner, state });
      for (const [state, count] of [['all', 3], ['opened', 1], ['merged', 1], ['locked', 0]] as const) assert.equal((await rows(`/merge_requests?state=${state}`)).length, count);
    });
  });

  it('gives files as text with their facts in headers, and no ETag', async () => {
    instance.gitlab.data.addCommit(instance.shop, { message: 'one' });
    instance.shop.files.set('docs/a b.md', 'Grüße');
    const path = '/projects/1/repository/files/docs%2Fa%20b.md/raw';
    const { status, body, headers } = await instance.ask(`${path}?ref=main`);
    assert.deepEqual([status, body, headers.get('content-type'), headers.get('x-gitlab-size'), headers.get('etag')], [200, 'Grüße', 'text/plain', '7', null]);
    assert.deepEqual(await answered('/repository/files/none/raw'), [404, { message: '404 File Not Found' }]);
    assert.deepEqual(await answered('/repository/files/docs%2Fa%20b.md/raw?ref=none'), [404, { message: '404 Commit Not Found' }]);
    assert.deepEqual(await answered('/repository/files/docs/a.md/raw'), [404, { error: '404 Not Found' }]);
  });

  it('gives artifacts of a branch, whose name may have slashes, by job', async () => {
    const { data } = instance.gitlab;
    data.addArtifact(instance.shop, { ref: 'feature/x', path: 'public/badges/a.svg', content: '<svg/>' });
    const path = '/projects/1/jobs/artifacts/feature%2Fx/raw/public/badges/a.svg';
    assert.equal((await instance.ask(`${path}?job=badges`)).body, '<svg/>');
    assert.equal((await instance.ask(`${path.replace('%2F', '/')}?job=badges`)).body, '<svg/>');
    assert.deepEqual((await instance.ask(path)).body, { error: 'job is missing' });
    assert.deepEqual((await instance.ask(`${path}?job=other`)).body, { message: '404 Not Found' });
    const all = '/projects/1/jobs/artifacts/feature%2Fx/download';
    assert.deepEqual([(await instance.ask(`${all}?job=badges`)).status, (await instance.ask(`${all}?job=other`)).status], [200, 404]);
  });

  it('tells Maintainers what GitLab Pages shows', async () => {
    const pages = async (as: string | null) => (await instance.ask('/projects/1/pages', { as })).status;
    assert.deepEqual([await pages('maintainer'), await pages('guest')], [404, 403]);
    instance.shop.pages = { url: 'https://acme.pages.example.com/web/shop', hasUniqueDomain: false, deployments: [{ prefix: '', folder: null }] };
    const { url, deployments } = (await instance.ask('/projects/1/pages', { as: 'maintainer' })).body as Row;
    assert.deepEqual([url, (deployments as Row[])[0]?.root_directory], ['https://acme.pages.example.com/web/shop', null]);
  });

  it('lists packages, oldest first, modules of Terraform only by their type', async () => {
    const { data } = instance.gitlab;
    data.addPackage(instance.shop, { name: 'module', packageType: 'terraform_module' });
    assert.deepEqual([(await rows('/packages')).length, (await rows('/packages?package_type=terraform_module')).length], [0, 1]);
    data.addPackage(instance.shop, { name: 'b', packageType: 'pypi', createdAt: '2025-01-01T00:00:00.000Z' });
    data.addPackage(instance.shop, { name: 'a', createdAt: '2025-02-01T00:00:00.000Z' });
    const names = async (query: string): Promise<unknown[]> => (await rows(`/packages${query}`)).map((each) => each.name);
    assert.deepEqual([await names(''), await names('?sort=desc'), await names('?package_type=npm'), await names('?order_by=name')], [['b', 'a'], ['a', 'b'], ['a'], ['a', 'b']]);
  });

  it('gives languages in percent', async () => {
    instance.shop.languages = { TypeScript: 83.1, 'C++': 16.9 };
    assert.deepEqual(await answered('/languages'), [200, { TypeScript: 83.1, 'C++': 16.9 }]);
  });
});
