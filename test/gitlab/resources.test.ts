import assert from 'node:assert/strict';
import { createConnection } from '../../src/gitlab/connection';
import { getIssueCounts } from '../../src/gitlab/issues';
import { judgeCi, lintCi } from '../../src/gitlab/ciLint';
import { getProject } from '../../src/gitlab/projects';
import { countMergeRequests } from '../../src/gitlab/mergeRequestCounts';
import { getLatestPipeline } from '../../src/gitlab/pipelines';
import { getReleases } from '../../src/gitlab/releases';
import { countCommits, countContributors, getNewestCommit, getNewestTags } from '../../src/gitlab/repository';
import { getCurrentUser, getTokenInfo } from '../../src/gitlab/users';
import { rejection, secret } from './expect';
import { closeServers, sendJson, sendPage, startServer, type Handler } from './testServer';

async function serve(handler: Handler) {
  const server = await startServer(handler);
  return { server, connection: createConnection({ instance: server.origin, token: { kind: 'private', value: secret }, fetch, retry: { baseMs: 1 } }) };
}

const answering = (body: unknown, status = 200) => serve((_, response) => sendJson(response, body, status));
const listing = (rows: readonly unknown[], style: Parameters<typeof sendPage>[3]) => serve((request, response) => sendPage(request, response, rows, style));
const noRepository = () => answering({ message: '404 Repository Not Found' }, 404);

/** The form anonymous callers get. */
const shortProject = {
  id: 42,
  description: null,
  name: 'Shop',
  name_with_namespace: 'Acme / Web / Shop',
  path: 'shop',
  path_with_namespace: 'acme/web/shop',
  created_at: '2021-03-05T10:00:00.000Z',
  default_branch: 'main',
  web_url: 'https://gitlab.example.com/acme/web/shop',
  forks_count: 3,
  star_count: 7,
  last_activity_at: '2026-01-01T00:00:00.000Z',
  namespace: { id: 9, name: 'Web', path: 'web', kind: 'group', full_path: 'acme/web' },
};

describe('src/gitlab', () => {
  afterEach(closeServers);

  describe('getProject', () => {
    it('reads the short form, with null for what it leaves out', async () => {
      const { connection } = await answering(shortProject);
      assert.deepEqual(await getProject(connection, 'acme/web/shop', {}), {
        id: 42,
        path: 'acme/web/shop',
        name: 'Shop',
        namespaceName: 'Web',
        webUrl: 'https://gitlab.example.com/acme/web/shop',
        defaultBranch: 'main',
        emptyRepository: false,
        createdAt: '2021-03-05T10:00:00.000Z',
        lastActivityAt: '2026-01-01T00:00:00.000Z',
        sizes: null, starCount: 7,
        forksCount: 3,
        license: null,
        commitCount: null,
        visibility: null,
        pagesAccess: null,
        archived: false,
        issuesEnabled: null,
        accessLevel: null,
      });
    });

    it('reads the long form', async () => {
      const { server, connection } = await answering({
        ...shortProject,
        default_branch: null,
        empty_repo: true,
        archived: true,
        issues_enabled: false,
        visibility: 'internal',
        pages_access_level: 'private',
        license: { key: 'mit', name: 'MIT License', nickname: null },
        statistics: { commit_count: 0, storage_size: 1 },
        permissions: { project_access: { access_level: 20 }, group_access: { access_level: 40 } },
      });
      const project = await getProject(connection, 'acme/web/shop', { license: true, statistics: true });
      assert.deepEqual(
        [project.defaultBranch, project.emptyRepository, project.archived, project.issuesEnabled, project.visibility, project.pagesAccess, project.license, project.commitCount, project.accessLevel],
        [null, true, true, false, 'internal', 'private', { key: 'mit', name: 'MIT License' }, 0, 40],
      );
      assert.equal(server.seen[0]?.url, '/api/v4/projects/acme%2Fweb%2Fshop?license=true&statistics=true');
    });

    const permissions: [permissions: unknown, level: number | null][] = [
      [{ project_access: null, group_access: null }, null],
      [{ project_access: { access_level: 50 }, group_access: null }, 50],
      [{ project_access: { access_level: 30 }, group_access: { access_level: 10 } }, 30],
      [null, null],
    ];
    for (const [given, level] of permissions) {
      it(`takes ${JSON.stringify(given)} for the role ${level ?? 'none'}`, async () => {
        const { connection } = await answering({ ...shortProject, permissions: given });
        assert.equal((await getProject(connection, '42', {})).accessLevel, level);
      });
    }

    it('refuses what is no project, and names the field', async () => {
      const { connection } = await answering({ ...shortProject, star_count: 'hidden' });
      const error = await rejection(getProject(connection, 'acme/web/shop', {}), 'not-gitlab');
      assert.match(error.message, /acme\/web\/shop.*star_count/);
      assert(!error.message.includes('hidden'));
    });
  });

  describe('getIssueCounts', () => {
    it('reads the three counts', async () => {
      const { server, connection } = await answering({ statistics: { counts: { all: 12, closed: 9, opened: 3 } } });
      assert.deepEqual(await getIssueCounts(connection, 'acme/shop', {}), { all: 12, opened: 3, closed: 9 });
      assert.equal(server.seen[0]?.url, '/api/v4/projects/acme%2Fshop/issues_statistics');
    });
    it('counts those with all of the labels, of a milestone', async () => {
      const { server, connection } = await answering({ statistics: { counts: { all: 12, closed: 9, opened: 3 } } });
      await getIssueCounts(connection, 'acme/shop', { labels: ['bug', 'a b'], milestone: '1.0 & more' });
      assert.deepEqual([server.seen[0]?.query.get('labels'), server.seen[0]?.query.get('milestone')], ['bug,a b', '1.0 & more']);
    });
    it('fails where issues are off', async () => {
      const { connection } = await answering({ message: '403 Forbidden' }, 403);
      await rejection(getIssueCounts(connection, 'acme/shop', {}), 'forbidden');
    });
  });

  describe('getNewestCommit', () => {
    const commit = { id: 'abc', created_at: '2026-01-02T03:04:05.000+09:00', web_url: 'https://gitlab.example.com/acme/shop/-/commit/abc' };
    it('keeps the offset of the committer', async () => {
      const { server, connection } = await listing([commit, commit], 'commits');
      assert.deepEqual(await getNewestCommit(connection, 'acme/shop'), { sha: 'abc', createdAt: commit.created_at, webUrl: commit.web_url });
      assert.deepEqual(server.seen.map((request) => request.url), ['/api/v4/projects/acme%2Fshop/repository/commits?page=1&per_page=1']);
    });
    it('is null in an empty repository', async () => assert.equal(await getNewestCommit((await listing([], 'commits')).connection, 'acme/shop'), null));
    it('is null without a repository', async () => assert.equal(await getNewestCommit((await noRepository()).connection, 'acme/shop'), null));
    it('fails for a project that is not there', async () => {
      const { connection } = await answering({ message: '404 Project Not Found' }, 404);
      await rejection(getNewestCommit(connection, 'acme/shop'), 'not-found');
    });
  });

  describe('countCommits', () => {
    const commits = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `c${index}`, created_at: '2026-01-01T00:00:00Z' }));
    const cases: [count: number, requests: number][] = [[0, 1], [1, 1], [99, 1], [100, 2], [101, 2], [199, 2], [200, 4], [201, 4], [300, 4], [301, 3], [4321, 10], [10_000, 14]];
    for (const [count, requests] of cases) {
      it(`counts ${count} in ${requests} requests`, async () => {
        const { server, connection } = await listing(commits(count), 'commits');
        assert.equal(await countCommits(connection, 'acme/shop'), count);
        assert.equal(server.seen.length, requests);
      });
    }
    it('is 0 without a repository', async () => assert.equal(await countCommits((await noRepository()).connection, 'acme/shop'), 0));
    it('gives up on a server that ignores the page', async () => {
      const page = commits(100);
      const { connection } = await answering(page);
      await rejection(countCommits(connection, 'acme/shop'), 'not-gitlab');
    });
  });

  describe('countContributors', () => {
    const people = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `p${index}` }));
    const cases: [count: number, style: 'total' | 'no-total' | 'commits', requests: number][] = [
      [0, 'total', 1], [1, 'total', 1], [250, 'total', 1],
      [0, 'no-total', 1], [99, 'no-total', 1], [100, 'no-total', 2], [101, 'no-total', 2], [250, 'no-total', 3],
      [200, 'commits', 3],
    ];
    for (const [count, style, requests] of cases) {
      it(`counts ${count} (${style}) in ${requests} requests`, async () => {
        const { server, connection } = await listing(people(count), style);
        assert.equal(await countContributors(connection, 'acme/shop'), count);
        assert.equal(server.seen.length, requests);
        assert.equal(server.seen[0]?.query.get('per_page'), '100');
      });
    }
    it('goes by the next page where a server gives smaller pages', async () => {
      const { connection } = await serve((request, response) => {
        request.query.set('per_page', '20');
        sendPage(request, response, people(45), 'no-total');
      });
      assert.equal(await countContributors(connection, 'acme/shop'), 45);
    });
    it('is 0 without a repository', async () => assert.equal(await countContributors((await noRepository()).connection, 'acme/shop'), 0));
  });

  describe('getNewestTags', () => {
    it('reads name, date and page of the commit', async () => {
      const { server, connection } = await listing([{ name: 'v2', target: 'x', commit: { id: 'a', created_at: '2026-01-02T03:04:05.000-08:00', web_url: 'https://h/c' } }, { name: 'v1' }], 'total');
      assert.deepEqual(await getNewestTags(connection, 'acme/shop', { first: 1 }), [{ name: 'v2', commitCreatedAt: '2026-01-02T03:04:05.000-08:00', webUrl: 'https://h/c' }]);
      assert.equal(server.seen.length, 1);
    });
    it('does without the commit', async () => assert.deepEqual(await getNewestTags((await listing([{ name: 'v1', commit: null }], 'total')).connection, 'x/y', { first: 1 }), [{ name: 'v1', commitCreatedAt: null }]));
    it('are none without tags', async () => assert.deepEqual(await getNewestTags((await listing([], 'total')).connection, 'x/y', { first: 1 }), []));
    it('are none without a repository', async () => assert.deepEqual(await getNewestTags((await noRepository()).connection, 'x/y', { first: 1 }), []));
  });

  describe('getReleases', () => {
    const releases = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ name: `R${index}`, tag_name: `v${index}`, released_at: '2026-01-02T00:00:00.000Z', created_at: '2026-01-01T00:00:00.000Z', _links: { self: `https://h/r${index}` } }));
    const newest = { name: 'R0', tagName: 'v0', releasedAt: '2026-01-02T00:00:00.000Z', webUrl: 'https://h/r0', assetLinks: 0 };
    const cases: [count: number, style: 'total' | 'no-total', requests: number][] = [
      [0, 'total', 1], [1, 'total', 1], [150, 'total', 1],
      [0, 'no-total', 1], [1, 'no-total', 2], [150, 'no-total', 3],
    ];
    for (const [count, style, requests] of cases) {
      it(`counts ${count} (${style}) in ${requests} requests`, async () => {
        const { server, connection } = await listing(releases(count), style);
        assert.deepEqual(await getReleases(connection, 'acme/shop', { first: 1 }), { releases: count > 0 ? [newest] : [], count });
        assert.equal(server.seen.length, requests);
        assert.equal(server.seen[0]?.query.get('per_page'), '1');
      });
    }
    it('reads what a guest gets', async () => {
      const { connection } = await listing([{ name: 'R', released_at: null, created_at: '2026-01-01T00:00:00.000Z' }], 'total');
      assert.deepEqual((await getReleases(connection, 'acme/shop', { first: 1 })).releases, [{ name: 'R', tagName: 'R', releasedAt: '2026-01-01T00:00:00.000Z', webUrl: null, assetLinks: 0 }]);
    });
  });

  describe('countMergeRequests', () => {
    for (const [count, style, requests] of [[0, 'total', 1], [150, 'total', 1], [0, 'no-total', 1], [1, 'no-total', 2], [150, 'no-total', 3]] as const) {
      it(`counts ${count} (${style}) in ${requests} requests`, async () => {
        const { server, connection } = await listing(Array.from({ length: count }, (_, index) => ({ id: index + 1 })), style);
        assert.equal(await countMergeRequests(connection, 'acme/shop', 'merged', { labels: ['bug'], milestone: '1.0' }), count);
        assert.equal(server.seen.length, requests);
        assert.deepEqual(['state', 'labels', 'milestone', 'per_page'].map((name) => server.seen[0]?.query.get(name)), ['merged', 'bug', '1.0', '1']);
      });
    }
  });

  describe('getLatestPipeline', () => {
    for (const [sent, coverage] of [['91.25', 91.25], [91.25, 91.25], [null, null], ['', null], ['n/a', null], ['0.0', 0]] as const) {
      it(`reads the coverage ${JSON.stringify(sent)} as ${coverage}`, async () => {
        const { server, connection } = await answering({ id: 1, status: 'success', coverage: sent });
        assert.deepEqual(await getLatestPipeline(connection, 'acme/shop', 'a/b'), { id: 1, status: 'success', coverage });
        assert.equal(server.seen[0]?.query.get('ref'), 'a/b');
      });
    }
  });

  describe('getCurrentUser', () => {
    it('reads the user', async () => {
      const { server, connection } = await answering({ id: 5, username: 'anna', name: 'Anna', email: 'a@example.com' });
      assert.deepEqual(await getCurrentUser(connection), { id: 5, username: 'anna', name: 'Anna', bot: false });
      assert.equal(server.seen[0]?.url, '/api/v4/user');
    });
    it('tells a bot', async () => assert.equal((await getCurrentUser((await answering({ id: 5, username: 'b', name: 'B', bot: true })).connection)).bot, true));
  });

  describe('getTokenInfo', () => {
    it('reads scopes and expiry', async () => {
      const { server, connection } = await answering({ id: 1, name: 'badges', scopes: ['read_api'], active: true, expires_at: '2026-12-31' });
      assert.deepEqual(await getTokenInfo(connection), { name: 'badges', scopes: ['read_api'], expiresAt: '2026-12-31', active: true });
      assert.equal(server.seen[0]?.url, '/api/v4/personal_access_tokens/self');
    });
    for (const status of [400, 404]) {
      it(`is null where GitLab answers ${status}`, async () => assert.equal(await getTokenInfo((await answering({ message: `${status}` }, status)).connection), null));
    }
    it('fails for a token that is not valid', async () => {
      const { connection } = await answering({ message: '401 Unauthorized' }, 401);
      await rejection(getTokenInfo(connection), 'unauthorized');
    });
  });

  describe('judgeCi', () => {
    it('sends the text, and reads what is wrong with it', async () => {
      const { server, connection } = await answering({ valid: false, errors: ['x'], warnings: ['y'], merged_yaml: null });
      assert.deepEqual(await judgeCi(connection, 'acme/shop', 'a: b\n'), { isValid: false, errors: ['x'], warnings: ['y'] });
      assert.deepEqual([server.seen[0]?.method, server.seen[0]?.url], ['POST', '/api/v4/projects/acme%2Fshop/ci/lint']);
    });
    it('rejects where the token may not ask', async () => {
      const { connection } = await answering({ error: 'insufficient_scope', error_description: 'The request requires higher privileges than provided by the access token.', scope: 'api' }, 403);
      await assert.rejects(judgeCi(connection, 'acme/shop', ''), { reason: 'insufficient-scope' });
    });
  });

  describe('lintCi', () => {
    it('reads the merged text and the names of the jobs', async () => {
      const { server, connection } = await answering({ valid: true, errors: [], merged_yaml: '---\na: {}\n', jobs: [{ name: 'a', stage: 'test' }, { name: 'b 1/2' }] });
      assert.deepEqual(await lintCi(connection, 'acme/shop'), { mergedYaml: '---\na: {}\n', jobs: ['a', 'b 1/2'] });
      assert.equal(server.seen[0]?.url, '/api/v4/projects/acme%2Fshop/ci/lint?include_jobs=true');
    });
    it('has neither where GitLab can make nothing of the pipeline, or is old', async () => {
      assert.deepEqual(await lintCi((await answering({ valid: false, errors: ['x'], merged_yaml: null })).connection, 'acme/shop'), { mergedYaml: null, jobs: null });
    });
  });
});
