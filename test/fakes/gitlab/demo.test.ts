import assert from 'node:assert/strict';
import { demoData, demoTokens, fillDemo } from './demo';
import { startFakeGitLab, type FakeGitLab } from './server';

describe('fake GitLab: the demo', () => {
  const now = new Date('2026-03-05T10:00:00.000Z');
  let gitlab: FakeGitLab;
  before(async () => {
    gitlab = await startFakeGitLab({ now: () => now });
    fillDemo(gitlab.data, { now, url: gitlab.url });
  });
  after(() => gitlab.close());

  const get = async (path: string, token: string = demoTokens.maintainer): Promise<unknown> => {
    const response = await fetch(`${gitlab.url}/api/v4${path}`, { headers: { 'PRIVATE-TOKEN': token } });
    assert.equal(response.status, 200, path);
    return response.json();
  };

  it('has the numbers it promises', async () => {
    assert.deepEqual(await get('/projects/acme%2Fshop/issues_statistics'), { statistics: { counts: { all: 99, closed: 87, opened: 12 } } });
    const project = (await get('/projects/acme%2Fshop?statistics=true&license=true')) as { statistics: { commit_count: number }; license: { key: string }; permissions: { project_access: { access_level: number } } };
    assert.deepEqual([project.statistics.commit_count, project.license.key, project.permissions.project_access.access_level], [212, 'mit', 40]);
    assert.equal(((await get('/projects/acme%2Fshop/pipelines/latest')) as { coverage: string }).coverage, '91.25');
    assert.equal(((await get('/projects/acme%2Fshop/releases')) as { name: string }[])[0]?.name, 'Shop 2.3.1');
    assert.equal(((await get('/projects/acme%2Fshop/repository/contributors')) as unknown[]).length, 6);
  });

  it('shows badges of the project and its group, whose images are there', async () => {
    const badges = (await get('/projects/acme%2Fshop/badges')) as { name: string; kind: string; rendered_image_url: string }[];
    assert.deepEqual(
      badges.map((badge) => [badge.name, badge.kind]),
      [
        ['release', 'group'],
        ['pipeline', 'project'],
        ['coverage', 'project'],
      ],
    );
    for (const badge of badges) {
      const image = await fetch(badge.rendered_image_url);
      assert.deepEqual([badge.name, image.status, image.headers.get('content-type')?.split(';')[0]], [badge.name, 200, 'image/svg+xml']);
    }
  });

  it('is the same every time, and nothing in it lies in the future', () => {
    const data = demoData({ now });
    const facts = (each: typeof data): string => JSON.stringify([each.project('acme/shop').commits, each.project('acme/shop').issues, each.project('acme/shop').releases]);
    assert.equal(facts(data), facts(demoData({ now })));
    for (const project of data.projects) {
      for (const at of [project.lastActivityAt, ...project.commits.map((each) => each.committedDate), ...project.issues.map((each) => each.closedAt ?? each.createdAt), ...project.pipelines.map((each) => each.updatedAt)]) {
        assert.ok(Date.parse(at) <= now.getTime(), `${project.path} ${at}`);
      }
    }
  });
});
