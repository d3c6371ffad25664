import assert from 'node:assert/strict';
import { chmodSync, linkSync, mkdirSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { checkWritable, openFolder } from '../../src/app/diskFolder';
import { tempFolder, type TempFolder } from './tempFolder';

describe('a folder of the disk', () => {
  let inside: TempFolder;
  let outside: TempFolder;
  beforeEach(() => {
    inside = tempFolder();
    outside = tempFolder({ 'secret.txt': 'secret', 'a.xml': '<a/>' });
  });
  afterEach(() => {
    inside.remove();
    outside.remove();
  });
  const folder = (...alsoAllowed: string[]) => openFolder(inside.root, { alsoAllowed });
  const stream = async (file: string, maxBytes = 1024 * 1024) => {
    let text = '';
    for await (const piece of folder().readStream(file, maxBytes)) text += piece;
    return text;
  };

  describe('reading', () => {
    it('gives a text without its byte order mark', async () => {
      inside.put('a.txt', '\uFEFFü');
      assert.equal(await folder().readText('a.txt', 10), 'ü');
    });
    it('gives null where there is no file', async () => assert.equal(await folder().readText('a/b.txt', 10), null));
    it('joins letters that two pieces share', async () => {
      const text = `a${'ü€😀'.repeat(30_000)}`;
      inside.put('a.txt', text);
      assert.equal(await stream('a.txt'), text);
    });
    it('takes a file of just the size, and refuses a larger one', async () => {
      inside.put('a.txt', 'x'.repeat(100));
      assert.equal((await folder().readText('a.txt', 100))?.length, 100);
      await assert.rejects(folder().readText('a.txt', 99), { name: 'FileError', reason: 'too-large', message: /^a\.txt is larger than 99 bytes/ });
    });
    it('refuses what is not UTF-8', async () => {
      inside.put('a.txt', Buffer.from([0x66, 0xfc, 0x72]));
      await assert.rejects(folder().readText('a.txt', 100), { reason: 'not-utf8', place: { line: 1, column: 2 } });
      inside.put('c.txt', Buffer.from('é\nü\r\nab\xe9', 'latin1'));
      inside.put('d.txt', Buffer.concat([Buffer.from('é\nü\r\nab'), Buffer.from([0xe9, 0x0a])]));
      await assert.rejects(folder().readText('c.txt', 100), { place: { line: 1, column: 1 } });
      await assert.rejects(folder().readText('d.txt', 100), { place: { line: 3, column: 3 }, message: /not UTF-8, from line 3 on/ });
      inside.put('b.txt', Buffer.from([0xc3]));
      await assert.rejects(folder().readText('b.txt', 100), { reason: 'not-utf8' });
    });
    it('reads past bytes that are not UTF-8 in a stream', async () => {
      inside.put('a.txt', Buffer.from('a\xfcb', 'latin1'));
      assert.equal(await stream('a.txt'), 'a\uFFFDb');
    });
    it('reads UTF-16 in a stream where a byte order mark says so', async () => {
      const bytes = Buffer.from('\uFEFF<a/>ü', 'utf16le');
      inside.put('little.txt', bytes);
      inside.put('big.txt', Buffer.from(bytes).swap16());
      assert.deepEqual([await stream('little.txt'), await stream('big.txt')], ['<a/>ü', '<a/>ü']);
    });
    it('refuses a folder', async () => {
      mkdirSync(path.join(inside.root, 'x.json'));
      await assert.rejects(folder().readText('x.json', 100), { reason: 'not-a-file', message: 'x.json is a folder, not a file.' });
    });
    it('refuses a named pipe at once', async function () {
      if (process.platform === 'win32') return this.skip();
      execFileSync('mkfifo', [path.join(inside.root, 'pipe.json')]);
      await assert.rejects(folder().readText('pipe.json', 100), { reason: 'not-a-file' });
    });
    it('rejects for a stream without a file', async () => assert.rejects(stream('a.xml'), { reason: 'unavailable' }));
    it('stops when cancelled', async () => {
      inside.put('a.txt', 'x');
      const reading = folder().readStream('a.txt', 100, AbortSignal.abort())[Symbol.asyncIterator]();
      await assert.rejects(reading.next(), { name: 'AbortError' });
    });
  });

  describe('its walls', () => {
    const places = () => [`../${path.basename(outside.root)}/secret.txt`, path.join(outside.root, 'secret.txt'), 'link/secret.txt', 'file', 'a/../../x'];
    beforeEach(() => {
      symlinkSync(outside.root, path.join(inside.root, 'link'));
      symlinkSync(path.join(outside.root, 'secret.txt'), path.join(inside.root, 'file'));
    });
    it('keep reading inside', async () => {
      for (const place of places()) await assert.rejects(folder().readText(place, 100), { name: 'FileError', reason: 'outside' }, place);
    });
    it('keep writing inside', async () => {
      for (const place of [...places(), 'link/new/x.svg']) await assert.rejects(folder().write(place, 'x'), { name: 'FileError', reason: 'outside' }, place);
      assert.deepEqual(outside.files(), ['a.xml', 'secret.txt']);
      assert.equal(outside.text('secret.txt'), 'secret');
    });
    it('keep removing inside', async () => {
      for (const place of places()) await assert.rejects(folder().remove(place), { name: 'FileError', reason: 'outside' }, place);
      assert.deepEqual(outside.files(), ['a.xml', 'secret.txt']);
    });
    it('keep listing and finding inside', async () => {
      await assert.rejects(folder().list('link', '.txt'), { reason: 'outside' });
      await assert.rejects(folder().find('link/*.txt'), { reason: 'outside' });
      await assert.rejects(folder().find('../*/*.txt'), { reason: 'outside' });
      assert.deepEqual(await folder().find('**/*.txt'), []);
    });
    it('refuse a link to nowhere', async () => {
      symlinkSync(path.join(outside.root, 'new.svg'), path.join(inside.root, 'new.svg'));
      await assert.rejects(folder().write('new.svg', 'x'), { reason: 'outside' });
      assert.deepEqual(outside.files(), ['a.xml', 'secret.txt']);
    });
    it('let a link within the folder be', async () => {
      inside.put('real/a.txt', 'a');
      symlinkSync('real', path.join(inside.root, 'alias'));
      assert.equal(await folder().readText('alias/a.txt', 10), 'a');
      assert.equal(await folder().write('alias/b.txt', 'b'), 'written');
      assert.equal(inside.text('real/b.txt'), 'b');
    });
    it('open for what the user named, and only for that', async () => {
      const secret = path.join(outside.root, 'secret.txt');
      assert.equal(await folder(secret).readText(secret, 10), 'secret');
      await assert.rejects(folder(secret).readText(path.join(outside.root, 'a.xml'), 10), { reason: 'outside' });
      const glob = `${outside.root}/*.xml`;
      assert.deepEqual(await folder(glob).find(glob), [`${outside.root}/a.xml`]);
      assert.equal(await folder(outside.root).write(path.join(outside.root, 'deep/new.svg'), 'x'), 'written');
    });
    it('open for a relative place that the user named', async () => {
      const place = `../${path.basename(outside.root)}`;
      assert.deepEqual(await folder(`${place}/*.xml`).find(`${place}/*.xml`), [`${place}/a.xml`]);
    });
    it('stand where the folder itself is reached by a link', async () => {
      const alias = path.join(outside.root, 'alias');
      symlinkSync(inside.root, alias);
      assert.equal(await openFolder(alias).write('a/b.svg', 'x'), 'written');
      assert.equal(inside.text('a/b.svg'), 'x');
    });
  });

  describe('listing and finding', () => {
    it('lists names by their ending, sorted by code unit', async () => {
      for (const name of ['b.json', 'a.json', 'Z.json', 'c.svg', '.json']) inside.put(`out/${name}`, '');
      assert.deepEqual(await folder().list('out', '.json'), ['Z.json', 'a.json', 'b.json']);
      assert.deepEqual(await folder().list('nowhere', '.json'), []);
    });
    it('finds by glob, sorted, without node_modules and .git', async () => {
      for (const file of ['r/b.xml', 'r/a/c.xml', 'node_modules/x.xml', '.git/y.xml', 'r/d.txt']) inside.put(file, '');
      assert.deepEqual(await folder().find('**/*.xml'), ['r/a/c.xml', 'r/b.xml']);
      assert.deepEqual(await folder().find('r/{a,b}*'), ['r/b.xml']);
    });
    it('finds a file by its name, though it looks like a glob', async () => {
      inside.put('report [1] (a).xml', '');
      assert.deepEqual(await folder().find('report [1] (a).xml'), ['report [1] (a).xml']);
      assert.deepEqual(await folder().find('nowhere.xml'), []);
    });
  });

  describe('writing', () => {
    const file = 'public/badges/a.svg';
    it('makes the folders above', async () => {
      assert.equal(await folder().write(file, 'ü'), 'written');
      assert.equal(inside.text(file), 'ü');
    });
    it('does not touch a file whose bytes are the same', async () => {
      inside.put(file, 'a');
      utimesSync(path.join(inside.root, file), 1, 1);
      assert.equal(await folder().write(file, 'a'), 'unchanged');
      assert.equal(statSync(path.join(inside.root, file)).mtimeMs, 1000);
    });
    it('replaces a file whole, so that who has it open sees the old one', async () => {
      inside.put(file, 'old');
      linkSync(path.join(inside.root, file), path.join(inside.root, 'held'));
      assert.equal(await folder().write(file, 'new'), 'written');
      assert.deepEqual([inside.text(file), inside.text('held')], ['new', 'old']);
    });
    it('leaves nothing behind', async () => {
      await folder().write(file, 'a');
      mkdirSync(path.join(inside.root, 'public/badges/b.svg'));
      await assert.rejects(folder().write('public/badges/b.svg', 'x'), { reason: 'not-a-file' });
      assert.deepEqual(inside.files(), [file]);
    });
    it('removes a file, and nothing where there is none', async () => {
      inside.put(file, 'a');
      inside.put('public/badges/b.svg', 'b');
      await folder().remove(file);
      await folder().remove(file);
      assert.deepEqual(inside.files(), ['public/badges/b.svg']);
    });
    it('rejects where a file stands in place of a folder', async () => {
      inside.put('public', 'x');
      await assert.rejects(folder().write(file, 'a'), { name: 'FileError', reason: 'not-a-file' });
    });
    it('is known to be impossible beforehand for a write-protected file', async () => {
      inside.put(file, 'a');
      await checkWritable(inside.root, file);
      await checkWritable(inside.root, 'not/there/yet.yml');
      chmodSync(path.join(inside.root, file), 0o444);
      await assert.rejects(checkWritable(inside.root, file), { name: 'FileError', reason: 'denied', path: file });
    });
    it('rejects where it may not write', async function () {
      if (process.platform === 'win32' || process.getuid?.() === 0) return this.skip();
      mkdirSync(path.join(inside.root, 'public/badges'), { recursive: true });
      chmodSync(path.join(inside.root, 'public/badges'), 0o500);
      await assert.rejects(folder().write(file, 'a'), { reason: 'denied' });
      chmodSync(path.join(inside.root, 'public/badges'), 0o700);
    });
  });
});
