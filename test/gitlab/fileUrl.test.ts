import assert from 'node:assert/strict';
import { liesUnder, parseFileUrl } from '../../src/gitlab/fileUrl';

const root = 'https://gitlab.example.com';

describe('liesUnder', () => {
  for (const [instance, url, lies] of [
    [root, `${root}/acme/shop`, true],
    [root, 'https://GITLAB.example.com:443/x', true],
    [root, 'http://gitlab.example.com/x', false],
    [root, 'https://gitlab.example.com:8443/x', false],
    [root, 'https://gitlab.example.com.evil.example/x', false],
    [root, 'https://gitlab.example.com@evil.example/x', false],
    [root, 'https://me@gitlab.example.com/x', false],
    [root, 'https://evil.example/gitlab.example.com', false],
    [`${root}/tools`, `${root}/tools/acme/shop`, true],
    [`${root}/tools`, `${root}/tools`, false],
    [`${root}/tools`, `${root}/toolset/x`, false],
    [`${root}/tools`, `${root}/tools/../x`, false],
    [root, 'no address', false],
  ] as const) {
    it(`${url} ${lies ? 'lies' : 'does not lie'} under ${instance}`, () => assert.equal(liesUnder(instance, url), lies));
  }
});

describe('parseFileUrl', () => {
  for (const [url, project, ...readings] of [
    [`${root}/acme/web/shop/-/raw/main/a.json`, 'acme/web/shop', ['main', 'a.json']],
    [`${root}/acme/shop/-/raw/main/badges/a.json`, 'acme/shop', ['main', 'badges/a.json'], ['main/badges', 'a.json']],
    [`${root}/acme/shop/-/blob/HEAD/a.json?ref_type=heads#L5`, 'acme/shop', ['HEAD', 'a.json']],
    [`${root}/acme/shop/-/raw/feature%2Fx/a%20b.json`, 'acme/shop', ['feature/x', 'a b.json']],
    [`${root}/acme/shop/raw/main/a.json`, 'acme/shop', ['main', 'a.json']],
    [`${root}/acme/shop/blob/main/raw/a.json`, 'acme/shop', ['main', 'raw/a.json'], ['main/raw', 'a.json']],
    [`${root}/acme/shop/-/raw/a/b/c/d/e/f`, 'acme/shop', ['a', 'b/c/d/e/f'], ['a/b', 'c/d/e/f'], ['a/b/c', 'd/e/f'], ['a/b/c/d', 'e/f']],
  ] as const) {
    it(`reads ${url}`, () => assert.deepEqual(parseFileUrl(root, url), { project, readings: readings.map(([ref, path]) => ({ ref, path })) }));
  }

  it('reads an address of an instance in a folder', () => {
    assert.equal(parseFileUrl(`${root}/tools`, `${root}/tools/acme/shop/-/raw/main/a.json`)?.project, 'acme/shop');
  });

  for (const url of [
    `${root}/acme/shop`,
    `${root}/acme/shop/-/raw/main`,
    `${root}/acme/shop/-/raw/main/`,
    `${root}/acme/shop/-/tree/main/a`,
    `${root}/shop/-/raw/main/a.json`,
    `${root}//shop/-/raw/main/a.json`,
    `${root}/-/raw/main/a.json`,
    `${root}/api/v4/projects/1/repository/files/a.json/raw?ref=main`,
    `${root}/raw/shop/main`,
    'https://elsewhere.example/acme/shop/-/raw/main/a.json',
  ]) {
    it(`takes ${url} for no file of a repository`, () => assert.equal(parseFileUrl(root, url), null));
  }
});
