import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openFolder } from '../../src/app/diskFolder';
import { loadConfig } from '../../src/app/loadConfig';
import { tempFolder, type TempFolder } from './tempFolder';

describe('the configuration of a folder', () => {
  let temp: TempFolder;
  beforeEach(() => (temp = tempFolder()));
  afterEach(() => temp.remove());
  const load = (file?: string) => loadConfig(openFolder(temp.root), file);

  it('is empty where there is none', async () => assert.deepEqual(await load(), { file: null, definition: {}, problems: [], unreadable: false }));

  it('is the first of four files', async () => {
    const texts = { 'pyproject.toml': '[tool.badges_gitlab]\npath = "d"', '.gitlab/badges.toml': 'path = "c"', '.gitlab/badges.yml': 'path: b', '.gitlab/badges.yaml': 'path: a' };
    for (const [file, text] of Object.entries(texts)) {
      temp.put(file, text);
      const { file: found, definition } = await load();
      assert.deepEqual([found, definition.path?.value], [file, text.at(text.endsWith('"') ? -2 : -1)]);
    }
  });

  it('is not looked for in a pyproject.toml without our table', async () => {
    temp.put('pyproject.toml', '[tool.black]\nline-length = 100\n');
    assert.equal((await load()).file, null);
  });

  it('has problems with line and column, and the rest of it counts', async () => {
    temp.put('.gitlab/badges.yaml', 'path: out\nstatic_badges:\n  - [only, two, red]\n  - [one]\n');
    const { definition, problems, unreadable } = await load();
    assert.equal(unreadable, false);
    assert.deepEqual(definition.staticBadges?.map(({ value }) => 'mistake' in value), [false, true]);
    assert.deepEqual([problems[0]?.file, problems[0]?.line, problems[0]?.severity], ['.gitlab/badges.yaml', 4, 'error']);
  });

  for (const [what, text] of [
    ['is no mapping', 'just words'],
    ['is a list', '- path\n'],
  ] as const) {
    it(`is unreadable where it ${what}, and says where`, async () => {
      temp.put('.gitlab/badges.yaml', text);
      const { unreadable, problems } = await load();
      assert.ok(unreadable && problems.length > 0 && (problems[0]?.line ?? 0) >= 1);
    });
  }
  it('is unreadable where the file is no text or is not there', async () => {
    temp.put('.gitlab/badges.yaml', Buffer.from([0xff, 0xfe]));
    assert.equal((await load()).unreadable, true);
    assert.equal((await load('nowhere.yaml')).unreadable, true);
  });
});
