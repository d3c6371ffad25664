import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { FactOptions, FactStem } from '../../../src/core/facts';
import type { Release } from '../../../src/gitlab/releases';
import { factTable } from '../../../src/sources/gitlab/factTable';
import type { Answers, RequestName } from '../../../src/sources/gitlab/requests';

const at = '2026-01-31T12:00:00.000Z';
const daysAgo = (days: number) => new Date(Date.parse(at) - days * 24 * 60 * 60 * 1000).toISOString();
const commit = (days: number) => ({ sha: 'a', createdAt: daysAgo(days), webUrl: null });
const release = (tagName: string, releasedAt = daysAgo(1)): Release => ({ name: `The ${tagName}`, tagName, releasedAt, webUrl: null, assetLinks: 0 });
const tag = (name: string) => ({ name, commitCreatedAt: null });
const of = (...versions: readonly (string | null)[]) => versions.map((version) => ({ name: 'shop', version }));
const counts = (all: number, closed: number) => ({ all, closed, opened: all - closed });

type Answer = Answers[RequestName];

/** Message and colour, or why there is none. */
const cases: readonly (readonly [stem: FactStem, what: string, answer: unknown, expected: string, options?: FactOptions])[] = [
  ...['success passed brightgreen', 'failed failed red', 'running running blue', 'canceling running blue', 'pending pending yellow', 'created pending yellow', 'waiting_for_resource pending yellow', 'waiting_for_callback pending yellow',
    'preparing pending yellow', 'scheduled pending yellow', 'canceled canceled lightgrey', 'skipped skipped lightgrey', 'manual manual lightgrey'].map((line) => {
    const [status = '', message, color] = line.split(' ');
    return ['pipeline', status, { status, coverage: null }, `${message} ${color}`] as const;
  }),
  ['pipeline', 'a word of a later GitLab', { status: 'on_hold', coverage: null }, 'on hold lightgrey'],

  ['coverage', 'none', { status: 'running', coverage: null }, 'unknown: The latest pipeline has no coverage'],
  ['coverage', 'nothing covered', { status: 'success', coverage: 0 }, '0% red'],
  ['coverage', 'a little', { status: 'success', coverage: 0.4 }, '0% yellow'],
  ['coverage', 'below 80', { status: 'success', coverage: 79.99 }, '79% yellow'],
  ['coverage', '80', { status: 'success', coverage: 80 }, '80% yellowgreen'],
  ['coverage', '90', { status: 'success', coverage: 90 }, '90% green'],
  ['coverage', 'nearly all', { status: 'success', coverage: 99.99 }, '99% green'],
  ['coverage', 'all', { status: 'success', coverage: 100 }, '100% brightgreen'],

  ['open_merge_requests', 'none', 0, '0 open blue'],
  ['merged_merge_requests', 'many', 12_345, '12k merged blue'],
  ['closed_merge_requests', 'some', 7, '7 closed blue'],

  ['milestone', 'none active', { title: null, counts: null }, 'unknown: There is no active milestone.'],
  ['milestone', 'without issues', { title: '1.0', counts: counts(0, 0) }, 'unknown: No issue belongs to a milestone with the title "1.0"'],
  ['milestone', 'with issues switched off', { title: '1.0', counts: null }, 'unknown: Issues are switched off'],
  ['milestone', 'under way', { title: '1.0', counts: counts(3, 2) }, '1.0 66% blue'],
  ['milestone', 'done', { title: '1.0', counts: counts(3, 3) }, '1.0 100% brightgreen'],

  ['release_version', 'none', { releases: [], count: 0 }, 'unknown: There is no release yet'],
  ['release_version', 'the highest, not the newest', { releases: [release('v1.9.4'), release('v1.10.0'), release('v2.0.0-rc.1')], count: 3 }, 'v1.10.0 blue'],
  ['release_version', 'pre-releases in', { releases: [release('v1.10.0'), release('v2.0.0-rc.1')], count: 2 }, 'v2.0.0-rc.1 orange', { prerelease: true }],
  ['release_version', 'not stable yet', { releases: [release('0.9')], count: 1 }, 'v0.9 orange'],
  ['release_version', 'what is planned for later', { releases: [release('v2.0.0', daysAgo(-1)), release('v1.0.0')], count: 2 }, 'v1.0.0 blue'],
  ['release_version', 'no versions', { releases: [release('spring')], count: 1 }, 'unknown: None of the newest 100 releases is called after a version'],
  ['tag_version', 'none', [], 'unknown: There is no tag yet'],
  ['tag_version', 'the highest', ['shop@1.2.0', 'shop@1.10.0', 'nightly'].map(tag), 'v1.10.0 blue'],
  ['tag_version', 'no versions', [tag('nightly')], 'unknown: None of the newest 100 tags is called after a version'],

  ['commit_age', 'in an empty repository', null, 'unknown: The repository has no commits yet.'],
  ['commit_age', 'of a branch that is not there', null, 'unknown: There is no branch "old"', { branch: 'old' }],
  ...([[-1, '1 February 2026', 'brightgreen'], [6.9, '24 January 2026', 'brightgreen'], [7, '24 January 2026', 'green'], [29.9, '1 January 2026', 'green'], [30, '1 January 2026', 'yellowgreen'], [179.9, '4 August 2025', 'yellowgreen'],
    [180, '4 August 2025', 'yellow'], [364.9, '31 January 2025', 'yellow'], [365, '31 January 2025', 'orange'], [729.9, '1 February 2024', 'orange'], [730, '1 February 2024', 'red']] as const).map(
    ([days, day, color]) => ['commit_age', `${days} days`, commit(days), `${day} ${color}`] as const),

  ['package', 'none', [], 'unknown: There is no package in the registry yet.'],
  ['package', 'the newest', of('1.4.0'), 'shop 1.4.0 blue'],
  ['package', 'without a version', of(null), 'unknown: The package "shop" has no version.'],
  ['package', 'whose version is none of semver', of('2024-spring'), 'shop 2024-spring blue'],
  ['package', 'by a name that is not there', [], 'unknown: There is no package with the name "shop"', { package: 'shop' }],
  ['package', 'by name, the highest', of('1.4.0', '2.0.0-rc.1', '1.10.0'), '2.0.0-rc.1 orange', { package: 'shop' }],
  ['package', 'by name, pre-releases out', of('1.4.0', '2.0.0-rc.1', '1.10.0'), '1.10.0 blue', { package: 'shop', prerelease: false }],

  ['top_language', 'none', [], 'unknown: GitLab found no language yet'],
  ['top_language', 'some', [{ name: 'TypeScript', percent: 83.1 }, { name: 'C++', percent: 16.9 }], 'typescript 83.1% blue'],
  ['languages', 'some', [{ name: 'TypeScript', percent: 83.1 }, { name: 'C++', percent: 16.9 }], '2 blue'],
  ['languages', 'none', [], 'unknown: GitLab found no language yet'],

  ['repository_size', 'hidden', { sizes: null }, "unknown: GitLab shows a project's sizes from the role Reporter up."],
  ['repository_size', 'some', { sizes: { repository: 5_000_000, jobArtifacts: 0 } }, '4.7 MiB blue'],
  ['artifacts_size', 'none', { sizes: { repository: 5_000_000, jobArtifacts: 0 } }, '0 B blue'],
  ['visibility', 'public', { visibility: 'public' }, 'public brightgreen'],
  ['visibility', 'internal', { visibility: 'internal' }, 'internal lightgrey'],
  ['visibility', 'not told', { visibility: null }, 'unknown: Without a sign-in'],
  ['archived', 'no', { visibility: 'public', archived: false }, 'no brightgreen'],
  ['archived', 'yes', { visibility: 'public', archived: true }, 'yes orange'],
  ['archived', 'not told', { visibility: null, archived: false }, 'unknown: Without a sign-in'],
];

describe('the message and colour', () => {
  for (const [stem, what, answer, expected, options = {}] of cases) {
    it(`of ${stem}, ${what}: ${expected}`, () => {
      const fact = factTable.get(stem)!;
      const rendering = fact.render(answer as Answer, { options, at });
      const shown = typeof rendering === 'string' ? `${rendering} ${fact.color}` : 'missing' in rendering ? `unknown: ${rendering.missing}` : `${rendering.message} ${rendering.color ?? fact.color}`;
      assert.ok(expected.startsWith('unknown') ? shown.startsWith(expected) : shown === expected, shown);
    });
  }

  for (const [stem, answer, value] of [
    ['open_merge_requests', 12_345, 12_345],
    ['coverage', { status: 'success', coverage: 87.6 }, 87.6],
    ['commit_age', commit(12.5), 12],
    ['commit_age', commit(-2), 0],
    ['tag_version', [tag('v3.1.0')], 3],
    ['repository_size', { sizes: { repository: 1024 ** 3, jobArtifacts: 0 } }, 1024],
  ] as const) {
    it(`of ${stem} by value goes by ${value}`, () => {
      const rendering = factTable.get(stem)!.render(answer as Answer, { options: {}, at });
      assert.equal(typeof rendering === 'object' && 'value' in rendering ? rendering.value : null, value);
    });
  }
});
