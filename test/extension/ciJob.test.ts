import assert from 'node:assert/strict';
import { findArtifactJob } from '../../src/extension/ciJob';

function job(name: string, paths: string): string {
  return `${name}:\n  script: make\n  artifacts:\n    paths: ${paths}\n`;
}

describe('the job that keeps the badges', () => {
  const cases: readonly (readonly [what: string, text: string, expected: string | null])[] = [
    ['names the folder', job('badges', '[public/badges]'), 'badges'],
    ['names the folder with a slash', job('badges', '[./public/badges/]'), 'badges'],
    ['names a folder above', job('site', '[public]'), 'site'],
    ['names files of the folder', job('site', '["public/badges/*.svg"]'), 'site'],
    ['names everything below a folder above', job('site', '["public/**"]'), 'site'],
    ['names a folder below', job('site', '[public/badges/old]'), null],
    ['names a folder of a similar name', job('site', '[public/badges-old]'), null],
    ['names a pattern that may be anything', job('site', '["**/*.svg"]'), null],
    ['comes after another', `${job('test', '[coverage]')}${job('badges', '[public/badges]')}`, 'badges'],
    ['extends a hidden job', `${job('.badges', '[public/badges]')}nightly:\n  extends: .badges\n`, 'nightly'],
    ['extends several, of which the last counts', `${job('.a', '[public/badges]')}${job('.b', '[other]')}nightly:\n  extends: [.a, .b]\n`, null],
    ['extends itself', 'a:\n  extends: a\n', null],
    ['is hidden', job('.badges', '[public/badges]'), null],
    ['is no job but the default', 'default:\n  artifacts:\n    paths: [public/badges]\n', null],
    ['stands beside a GitLab tag', `test:\n  script: !reference [.setup, script]\n${job('badges', '[public/badges]')}`, 'badges'],
    ['is in a broken file', 'a: [', null],
    ['is in an empty file', '', null],
  ];
  for (const [what, text, expected] of cases) it(what, () => assert.equal(findArtifactJob(text, 'public/badges'), expected));
});
