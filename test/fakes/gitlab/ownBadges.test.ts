import assert from 'node:assert/strict';
import { FakeData, type FakeProject } from './data';
import { ownBadge } from './ownBadges';

describe('fake GitLab: badges that it draws itself', () => {
  let project: FakeProject;
  beforeEach(() => {
    const data = new FakeData();
    const user = data.addUser({ username: 'web-team' });
    project = data.addProject({ path: 'shop', namespace: data.addGroup({ path: 'acme' }) });
    const sha = data.addCommit(project, { message: 'First' }).sha;
    data.addPipeline(project, { user, sha, status: 'success', coverage: '91.25' });
    data.addPipeline(project, { user, sha, status: 'skipped', coverage: null });
    data.addRelease(project, { tag: 'v2', author: user, createdAt: '2026-01-01T00:00:00Z', releasedAt: '2026-02-02T00:00:00Z' });
    data.addRelease(project, { tag: 'v1', author: user, createdAt: '2026-01-02T00:00:00Z', releasedAt: '2026-01-02T00:00:00Z' });
  });
  const draw = (address: string) => {
    const [path = '', query] = address.split('?');
    return String(ownBadge(project, path, new Map(new URLSearchParams(query)))?.body ?? '');
  };

  const cases: readonly (readonly [address: string, ...parts: string[]])[] = [
    ['badges/main/pipeline.svg', '<title>pipeline: skipped</title>', 'width="116"', 'rx="3"', 'fill="#9f9f9f"'],
    ['badges/main/pipeline.svg?ignore_skipped=true&style=flat-square', '<title>pipeline: passed</title>', 'rx="0"', 'fill="#4c1"'],
    ['badges/main/pipeline.svg?key_text=build&key_width=40', '<title>build: skipped</title>', 'width="94"'],
    ['badges/main/pipeline.svg?key_width=513', 'width="116"'],
    ['badges/other/pipeline.svg', '<title>pipeline: unknown</title>'],
    ['badges/main/coverage.svg', '<title>coverage: 91.25%</title>', 'fill="#a3c51c"'],
    ['badges/main/coverage.svg?min_good=91', 'fill="#4c1"'],
    ['badges/main/coverage.svg?min_good=99&min_acceptable=95', 'fill="#dfb317"'],
    ['-/badges/release.svg', '<title>Latest Release: v2</title>', 'width="144"', 'fill="#3076af"'],
    ['-/badges/release.svg?order_by=created_at', '<title>Latest Release: v1</title>'],
    ['-/badges/release.svg?order_by=release_at', '<title>Latest Release: v1</title>'],
    ['-/badges/release.svg?value_width=201', 'width="144"'],
    ['-/badges/custom.svg?key_text=a&value_text=b&key_color=fff&value_color=blue', '<title>a: b</title>', 'fill="#fff"', 'fill="blue"'],
    ['-/badges/custom.svg?value_color=f2a', '<title>custom: none</title>', 'fill="#e05d44"'],
  ];
  for (const [address, ...parts] of cases) {
    it(address, () => {
      for (const part of parts) assert.ok(draw(address).includes(part), `${part} in ${draw(address)}`);
    });
  }

  it('are no others', () => assert.deepEqual([draw('badges/main/other.svg'), draw('-/badges/pipeline.svg')], ['', '']));
});
