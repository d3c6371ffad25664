import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compareVersions, latestVersion, parseVersion } from '../../src/core/version';

describe('a version', () => {
  for (const [name, text] of [
    ['1.2.3', '1.2.3'],
    ['v1.2.3', '1.2.3'],
    ['V2', '2'],
    ['1.2', '1.2'],
    ['1.2.3-rc.1', '1.2.3-rc.1'],
    ['v1.2.3-0.1', '1.2.3-0.1'],
    ['1.2.3+build.7', '1.2.3+build.7'],
    ['shop@1.2.3', '1.2.3'],
    ['release/1.2', '1.2'],
    ['my-app-v1.2.3-beta', '1.2.3-beta'],
    ['2026', '2026'],
    ['part-2', null],
    ['2026-01-15', null],
    ['v2-rc', null],
    ['1.2.3.4', null],
    ['latest', null],
    ['', null],
    ['1.2.3-', null],
    ['1..2', null],
    ['12345678901234567890.1.1', null],
  ] as const) {
    it(`in ${JSON.stringify(name)} is ${text}`, () => assert.equal(parseVersion(name)?.text ?? null, text));
  }

  it('is found fast in a name that is made to be slow', () => assert.equal(parseVersion(`a${'-'.repeat(100_000)}`), null));
});

describe('the order of versions', () => {
  // The example of https://semver.org/#spec-item-11, and what surrounds it.
  const ascending = ['0.9.10', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.0.1', '1.9.0', '1.10.0', '2'];
  const parsed = ascending.map((text) => parseVersion(text)!);

  it('is that of semver', () => {
    for (const [a, left] of parsed.entries()) for (const [b, right] of parsed.entries()) assert.equal(Math.sign(compareVersions(left, right)), Math.sign(a - b), `${ascending[a]} ${ascending[b]}`);
  });
  it('does not look at build metadata', () => assert.equal(compareVersions(parseVersion('1.0.0+a')!, parseVersion('v1.0+b')!), 0));
});

describe('the latest version', () => {
  for (const [names, withPrereleases, latest] of [
    [['v1.9.0', 'v1.10.0', 'nightly', 'v2.0.0-rc.1'], false, '1.10.0'],
    [['v1.9.0', 'v1.10.0', 'nightly', 'v2.0.0-rc.1'], true, '2.0.0-rc.1'],
    [['v2.0.0', 'v2.0.0-rc.1'], true, '2.0.0'],
    [['v2.0.0-rc.1', 'v2.0.0-rc.2'], false, '2.0.0-rc.2'],
    [['nightly'], false, null],
    [[], true, null],
  ] as const) {
    it(`of ${names.join(', ') || 'nothing'}, pre-releases ${withPrereleases ? 'in' : 'out'}, is ${latest}`, () => assert.equal(latestVersion(names, withPrereleases)?.text ?? null, latest));
  }
});
