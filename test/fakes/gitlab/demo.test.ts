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

  it('has what is made into levels: one that is reached for all but the number of people', async () => {
    const since = new Date('2025-09-05T10:00:00.000Z');
    const shop = gitlab.data.project('acme/shop');
    const commits = shop.commits.filter((commit) => Date.parse(commit.committedDate) >= since.getTime());
    const byWebTeam = commits.filter((commit) => commit.authorEmail === 'web@acme.example').length;
    assert.deepEqual([commits.length, Math.round((100 * byWebTeam) / commits.length)], [95, 71]);

    const lately = shop.issues.filter((issue) => issue.createdAt >= '2025-12-05T10:00:00.000Z');
    const members = new Set((await get('/projects/acme%2Fshop/members/all') as { username: string }[]).map(({ username }) => username));
    const ofCustomers = lately.filter((issue) => !members.has(issue.author.username));
    assert.deepEqual([lately.length, ofCustomers.length], [45, 30]);
    for (const { author } of ofCustomers) assert.ok(lately.filter((issue) => issue.author === author).length / lately.length < 0.05, author.username);
    const reacted = ofCustomers.map((issue) => {
      const deeds = [
        ...issue.events.map((event) => event.createdAt),
        ...issue.notes.filter((note) => note.system || (note.author && members.has(note.author.username))).map((note) => note.createdAt),
      ];
      const first = Math.min(now.getTime(), ...deeds.map((at) => Date.parse(at)).filter((at) => at > Date.parse(issue.createdAt) + 1000));
      return (first - Date.parse(issue.createdAt)) / 86_400_000;
    });
    assert.equal((reacted.reduce((sum, days) => sum + days, 0) / reacted.length).toFixed(1), '2.1');

    const releases = (await get('/projects/acme%2Fshop/releases')) as { released_at: string }[];
    assert.equal(releases.filter((release) => Date.parse(release.released_at) >= since.getTime()).length, 5);
    assert.deepEqual(
      ((await get('/projects/acme%2Fshop/protected_branches')) as { name: string; push_access_levels: { access_level: number }[] }[]).map((rule) => [rule.name, rule.push_access_levels[0]?.access_level]),
      [
        ['main', 40],
        ['release/*', 0],
      ],
    );
    const merged = shop.mergeRequests.filter((each) => each.mergedAt !== null && Date.parse(each.mergedAt) >= since.getTime());
    const unseen = merged.filter((each) => each.mergeUser?.username === 'payments-team' && each.approvals.length === 0);
    assert.deepEqual([merged.length, unseen.length], [25, 3]);
  });

  it('is the same every time, and nothing in it lies in the future', () => {
    const data = demoData({ now });
    const facts = (each: typeof data): string => JSON.stringify([each.project('acme/shop').commits, each.project('acme/shop').issues, each.project('acme/shop').releases]);
    assert.equal(facts(data), facts(demoData({ now })));
    for (const project of data.projects) {
      for (const at of [project.lastActivityAt, ...project.commits.map((each) => each.committedDate), ...project.issues.flatMap((each) => [each.closedAt ?? each.createdAt, ...[...each.notes, ...each.events].map(({ createdAt }) => createdAt)]), ...project.pipelines.map((each) => each.updatedAt)]) {
        assert.ok(Date.parse(at) <= now.getTime(), `${project.path} ${at}`);
      }
    }
  });
});
