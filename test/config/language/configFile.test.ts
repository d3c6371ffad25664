import assert from 'node:assert/strict';
import { kindOf } from '../../../src/config/language/configFile';

describe('the kind of a configuration file', () => {
  for (const [path, kind] of [
    ['.gitlab/badges.yaml', 'yaml'],
    ['/home/team/shop/.gitlab/badges.yml', 'yaml'],
    ['C:\\work\\.gitlab\\badges.toml', 'toml'],
    ['sub/pyproject.toml', 'pyproject'],
    ['.badge-api.yaml', 'levels'],
    ['a/.badge-api.yml', 'levels'],
    ['public/badges/a.json', 'endpoint'],
    ['/clone/public/badges/a.json', 'endpoint'],
    ['x.badge-decision.json', 'decision'],
    ['a/.badge-subsequent-use.json', 'subsequentUse'],
    ['my.badge-subsequent-use.json', null],
    ['badges.yaml', null],
    ['my.badge-api.yaml', null],
    ['notpublic/badges/a.json', null],
    ['public/badges/deep/a.json', null],
    ['public/badges/a.svg', null],
    ['package.json', null],
  ] as const) {
    it(`of ${path} is ${kind}`, () => assert.equal(kindOf(path), kind));
  }

  for (const folder of ['out', './out/', '/out', 'out\\']) {
    it(`of a JSON file in the folder “${folder}” is that of a badge`, () => assert.deepEqual(['out/a.json', 'public/badges/a.json'].map((path) => kindOf(path, folder)), ['endpoint', null]));
  }
});
