import assert from 'node:assert/strict';
import { openFolder } from '../../../src/app/diskFolder';
import { subsequentUseFile } from '../../../src/config/subsequentUseFile';
import { createFindUsers } from '../../../src/sources/levels/subsequentUse';
import { tempFolder, type TempFolder } from '../../app/tempFolder';

const at = '2026-03-05T10:00:00.000Z';
const project = { path: 'acme/shop', webUrl: 'https://gitlab.example.com/acme/shop', archived: false, emptyRepository: false };

describe('who uses a project', () => {
  let temp: TempFolder;
  beforeEach(() => void (temp = tempFolder()));
  afterEach(() => temp.remove());
  const find = () => createFindUsers(openFolder(temp.root), () => new Date(at))(project, new AbortController().signal);

  it('is what a file says, whichever way it writes the address', async () => {
    temp.put(subsequentUseFile, '{"HTTPS://gitlab.example.com/acme/shop.git/": ["City of Example"]}');
    assert.deepEqual(await find(), { status: 'known', value: ['City of Example'], origin: { kind: 'endpoint', text: subsequentUseFile, file: subsequentUseFile, at } });
  });

  it('is unknown without a file, and without an entry', async () => {
    const without = await find();
    assert(without.status === 'unknown');
    assert.match(without.reason, /\.badge-subsequent-use\.json/);
    temp.put(subsequentUseFile, '{"https://gitlab.example.com/acme/shop-2": ["x"]}');
    const other = await find();
    assert(other.status === 'unknown');
    assert.match(other.reason, /does not list https:\/\/gitlab\.example\.com\/acme\/shop\./);
  });

  for (const [text, reason] of [
    ['{', /^\.badge-subsequent-use\.json:1:2: /],
    ['{"https://gitlab.example.com/acme/shop": 5}', /^\.badge-subsequent-use\.json:1:42: a list of the names/],
    ['\xff', /UTF-8/],
  ] as const) {
    it(`has failed where the file is ${JSON.stringify(text)}`, async () => {
      temp.put(subsequentUseFile, Buffer.from(text, 'latin1'));
      const found = await find();
      assert(found.status === 'failed');
      assert.match(found.reason, reason);
    });
  }
});
