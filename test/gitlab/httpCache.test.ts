import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cacheKey, diskCache, memoryCache, type CachedAnswer } from '../../src/gitlab/httpCache';
import { secret } from './expect';

const answer = (body: string): CachedAnswer => ({ etag: 'W/"1"', headers: { 'x-total': '5' }, body });
const keyOf = (url: string, value: string | null = secret, accept = 'application/json') =>
  cacheKey({ url: new URL(url), accept, token: value === null ? undefined : { kind: 'private', value } });

describe('cacheKey', () => {
  const url = 'https://gitlab.example.com/api/v4/projects/1?license=true';
  it('is the same for the same request', () => assert.equal(keyOf(url), keyOf(url)));
  const others: [fact: string, key: string][] = [
    ['another query', keyOf(url.replace('true', 'false'))],
    ['another origin', keyOf(url.replace('https', 'http'))],
    ['another token', keyOf(url, `${secret}2`)],
    ['no token', keyOf(url, null)],
    ['another accepted type', keyOf(url, secret, '*/*')],
    ['another kind of token', cacheKey({ url: new URL(url), accept: 'application/json', token: { kind: 'job', value: secret } })],
  ];
  for (const [fact, other] of others) it(`differs for ${fact}`, () => assert.notEqual(other, keyOf(url)));
  it('shows neither token nor address', () => assert.match(keyOf(url), /^[0-9a-f]{64}$/));
});

describe('memoryCache', () => {
  it('gives back what was set last', async () => {
    const cache = memoryCache({ maxBytes: 100_000 });
    assert.equal(await cache.get('a'), undefined);
    await cache.set('a', answer('1'));
    await cache.set('a', answer('2'));
    assert.deepEqual(await cache.get('a'), answer('2'));
  });

  it('forgets what was unused for the longest time, once it is full', async () => {
    const cache = memoryCache({ maxBytes: 10_000 });
    for (const key of ['a', 'b', 'c']) await cache.set(key, answer('x'.repeat(1000)));
    await cache.get('a');
    await cache.set('d', answer('x'.repeat(1000)));
    assert.deepEqual(await Promise.all(['a', 'b', 'c', 'd'].map(async (key) => (await cache.get(key)) !== undefined)), [true, false, true, true]);
  });

  it('does not keep what is larger than all of it, nor what it had before', async () => {
    const cache = memoryCache({ maxBytes: 10_000 });
    await cache.set('a', answer('old'));
    await cache.set('a', answer('x'.repeat(10_000)));
    assert.equal(await cache.get('a'), undefined);
  });
});

describe('diskCache', () => {
  let parent: string;
  beforeEach(async () => void (parent = await mkdtemp(path.join(tmpdir(), 'badgesmith-'))));
  afterEach(() => rm(parent, { recursive: true, force: true }));

  const key = keyOf('https://gitlab.example.com/api/v4/user');

  it('gives an answer to the next run', async () => {
    const dir = path.join(parent, 'deep', 'cache');
    await diskCache(dir).set(key, answer('{"id":1}'));
    assert.deepEqual(await diskCache(dir).get(key), answer('{"id":1}'));
  });

  it('can be read by the user alone, and leaves no half-written file', async function () {
    if (process.platform === 'win32') this.skip();
    const dir = path.join(parent, 'cache');
    const cache = diskCache(dir);
    await Promise.all([cache.set(key, answer('1')), cache.set(key, answer('2'))]);
    assert.equal((await stat(dir)).mode & 0o777, 0o700);
    const names = await readdir(dir);
    assert.deepEqual(names, [`${key}.json`]);
    assert.equal((await stat(path.join(dir, `${key}.json`))).mode & 0o777, 0o600);
  });

  it('holds no token', async () => {
    await diskCache(parent).set(key, answer('{}'));
    for (const name of await readdir(parent)) {
      assert(!name.includes(secret));
      assert(!(await readFile(path.join(parent, name), 'utf8')).includes(secret));
    }
  });

  const broken: [fact: string, text: string][] = [
    ['empty', ''],
    ['cut', '{"etag":"W/'],
    ['of another shape', '{"etag":1}'],
    ['no JSON', 'hello'],
  ];
  for (const [fact, text] of broken) {
    it(`takes a file that is ${fact} for a miss, and replaces it`, async () => {
      await writeFile(path.join(parent, `${key}.json`), text);
      const cache = diskCache(parent);
      assert.equal(await cache.get(key), undefined);
      await cache.set(key, answer('new'));
      assert.equal((await cache.get(key))?.body, 'new');
    });
  }

  it('never fails where the folder cannot be made', async () => {
    const file = path.join(parent, 'file');
    await writeFile(file, '');
    const cache = diskCache(path.join(file, 'cache'));
    await cache.set(key, answer('1'));
    assert.equal(await cache.get(key), undefined);
  });

  it('deletes its own files that were long unused, and no others', async () => {
    const [old, fresh, foreign] = [`${'0'.repeat(64)}.json`, `${'1'.repeat(64)}.json`, 'notes.json'];
    const long = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000);
    for (const name of [old, fresh, foreign]) await writeFile(path.join(parent, name), '{}');
    for (const name of [old, foreign]) await utimes(path.join(parent, name), long, long);
    await diskCache(parent).set(key, answer('1'));
    assert.deepEqual((await readdir(parent)).sort(), [fresh, `${key}.json`, foreign].sort());
  });
});
