import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { openFolder } from '../../src/app/diskFolder';
import { connectInstances, readTokenFiles } from '../../src/app/gitClients';
import { loadLocalLevels } from '../../src/app/loadLevels';
import type { Token } from '../../src/gitlab/token';
import { secret } from '../gitlab/expect';
import { closeServers, startServer } from '../gitlab/testServer';
import { tempFolder, type TempFolder } from './tempFolder';

describe('the token file of a git client', () => {
  let temp: TempFolder;
  let other: TempFolder;
  beforeEach(() => {
    temp = tempFolder();
    other = tempFolder({ token: `${secret}\n` });
  });
  afterEach(() => {
    temp.remove();
    other.remove();
  });

  const load = async (tokenFile: string, place: 'found' | 'named' | 'system' = 'found') => {
    const text = `gitClients:\n  - baseUrl: https://gitlab.example.com/\n    tokenFile: ${tokenFile}\n`;
    temp.put('.badge-api.yaml', text);
    const folder = openFolder(temp.root);
    const local = place === 'system' ? await loadLocalLevels(openFolder(other.root), { system: folder }) : await loadLocalLevels(folder, place === 'named' ? { explicitFile: '.badge-api.yaml' } : {});
    const { tokens, problems } = await readTokenFiles(local);
    assert(!JSON.stringify(problems).includes(secret));
    return { token: tokens.get('https://gitlab.example.com')?.value ?? null, problems: problems.map(({ line, column, message }) => [line, column, message] as const) };
  };

  for (const [what, content] of [
    ['alone', secret],
    ['with white space around', `\n  ${secret}\r\n`],
    ['after a byte order mark', `\uFEFF${secret}\n`],
  ] as const) {
    it(`holds the token ${what}`, async () => {
      temp.put('secrets/token', content);
      assert.deepEqual(await load('secrets/token'), { token: secret, problems: [] });
    });
  }

  for (const [what, content, says] of [
    ['is empty', '\n', /does not hold one token/],
    ['holds two lines', `${secret}\n${secret}\n`, /does not hold one token/],
    ['holds a setting', `token = ${secret}`, /does not hold one token/],
    ['is no text', Buffer.from([0xff, 0xfe]), /not UTF-8/],
    ['is far too long', 'x'.repeat(8 * 1024 + 1), /larger than/],
  ] as const) {
    it(`is told at its place where it ${what}`, async () => {
      temp.put('token', content);
      const { token, problems } = await load('token');
      assert.equal(token, null);
      assert.deepEqual(problems.map(([line, column]) => [line, column]), [[3, 16]]);
      assert.match(problems[0]?.[2] ?? '', says);
    });
  }

  it('is told where it is not there', async () => assert.match((await load('token')).problems[0]?.[2] ?? '', /there is no such file/));

  it('may lie anywhere if the user named the configuration, or it is the machine’s', async () => {
    const token = path.join(other.root, 'token');
    assert.deepEqual(await load(token, 'named'), { token: secret, problems: [] });
    assert.deepEqual(await load(token, 'system'), { token: secret, problems: [] });
  });

  it('lies in the folder of a configuration that was found, links followed', async () => {
    symlinkSync(path.join(other.root, 'token'), path.join(temp.root, 'link'));
    for (const file of [path.join(other.root, 'token'), `../${path.basename(other.root)}/token`, 'link']) {
      const { token, problems } = await load(file);
      assert.equal(token, null);
      assert.match(problems[0]?.[2] ?? '', /outside the folder.*--config/);
    }
  });
});

describe('connectInstances', () => {
  afterEach(closeServers);

  it('sends each instance its own token, and no faster than it allows', async () => {
    const limited = await startServer((_, response) => response.end('x'));
    const free = await startServer((_, response) => response.end('x'));
    const range = { start: 0, end: 0 };
    const tokens = new Map<string, Token>([[limited.origin, { kind: 'private', value: secret }]]);
    const connections = connectInstances([{ baseUrl: limited.origin, tokenFile: null, maxRequestsPerSecond: 0.001, range }], [free.origin, limited.origin], tokens, { fetch });
    assert.deepEqual([...connections.keys()].sort(), [free.origin, limited.origin].sort());
    const get = (origin: string, signal?: AbortSignal) => connections.get(origin)?.download(`${origin}/x`, { maxBytes: 10 }, signal);
    await Promise.all([get(free.origin), get(free.origin), get(limited.origin)]);
    assert.deepEqual([...free.seen, ...limited.seen].map(({ headers }) => headers['private-token']), [undefined, undefined, secret]);

    const controller = new AbortController();
    const second = get(limited.origin, controller.signal);
    controller.abort('stop');
    await assert.rejects(async () => second, (reason) => reason === 'stop');
    assert.equal(limited.seen.length, 1);
  });
});
