import assert from 'node:assert/strict';
import { digestOf } from '../../src/app/resultFolder';
import type { LeveledBadgeDefinition } from '../../src/core/levels/definition';
import { badge, definition, evaluation, result, resultFolder, run } from './results';
import { tempFolder, type TempFolder } from './tempFolder';

describe('a folder of results', () => {
  let temp: TempFolder;
  beforeEach(() => void (temp = tempFolder()));
  afterEach(() => temp.remove());

  it('gives back what was put into it, to the letter', async () => {
    const folder = resultFolder(temp, 'out');
    const projects = [{ id: 7, path: 'acme/shop' }];
    const one = run({ projects, requests: 12 });
    const shop = result(7, 'acme/shop', { archived: true, failures: ['502'], evaluation: { ...evaluation('acme/shop', badge('maintained', [true, null])), reason: 'why' } });
    await folder.begin(one);
    await folder.add(one, shop);
    assert.deepEqual(await folder.runs(), { runs: [one], problems: [] });
    assert.deepEqual(await folder.result(one, 7), shop);
    assert.equal(await folder.result(one, 8), null);
    assert.deepEqual(temp.files(), ['out/projects/7.json', 'out/run-1-of-1.json']);
  });

  it('keeps the results of an equal run, and says nothing of it', async () => {
    const folder = resultFolder(temp, 'out');
    await folder.begin(run());
    await folder.add(run(), result(7, 'acme/shop'));
    await folder.save(run({ requests: 5 }));
    assert.deepEqual(await folder.begin(run({ group: 'acme/web' })), { run: run({ group: 'acme/web', requests: 5 }), different: null });
    assert.deepEqual(await folder.result(run(), 7), result(7, 'acme/shop'));
  });

  const others: [what: string, run: Parameters<typeof run>[0], said: RegExp][] = [
    ['moment', { now: '2026-03-06T00:00:00.000Z' }, /^--now is 2026-03-05T10:00:00\.000Z there, 2026-03-06T00:00:00\.000Z here$/],
    ['definition', { definition: 'b'.repeat(64) }, /^the configuration of the badges is another$/],
    ['server', { server: 'https://other.example.com' }, /server/],
    ['version of the program', { version: '2.0.0' }, /badgesmith is 1\.2\.3 there, 2\.0\.0 here/],
  ];
  for (const [what, changed, said] of others) {
    it(`starts anew for another ${what}, and says so`, async () => {
      const folder = resultFolder(temp, 'out');
      await folder.begin(run({ shard: { index: 2, total: 3 } }));
      await folder.add(run(), result(7, 'acme/shop'));
      const { different } = await folder.begin(run(changed));
      assert.match(different ?? '', said);
      assert.deepEqual(temp.files(), ['out/run-1-of-1.json']);
      assert.equal(await folder.result(run(changed), 7), null);
    });
  }

  it('never takes a result of another run for one of its own', async () => {
    const folder = resultFolder(temp, 'out');
    await folder.add(run(), result(7, 'acme/shop'));
    assert.equal(await folder.result(run({ now: '2026-03-06T00:00:00.000Z' }), 7), null);
  });

  it('holds several shards, and forgets the record of one that was cut otherwise', async () => {
    const folder = resultFolder(temp, 'out');
    await folder.begin(run({ shard: { index: 1, total: 3 } }));
    await folder.begin(run({ shard: { index: 2, total: 3 } }));
    assert.deepEqual((await folder.runs()).runs.map(({ shard }) => shard.index), [1, 2]);
    await folder.add(run(), result(7, 'acme/shop'));
    await folder.begin(run({ shard: { index: 2, total: 2 } }));
    assert.deepEqual((await folder.runs()).runs.map(({ shard }) => shard), [{ index: 2, total: 2 }]);
    assert.notEqual(await folder.result(run(), 7), null);
  });

  const broken: [what: string, text: string][] = [
    ['half a file', JSON.stringify({ run: 'x', id: 7 }).slice(0, 9)],
    ['nothing', ''],
    ['HTML', '<html></html>'],
    ['another kind of JSON', '[1, 2]'],
    ['fields of another kind', JSON.stringify({ ...run(), projects: 5 })],
    ['an endless number of shards', JSON.stringify({ ...run(), shard: { index: 1, total: 1e9 } })],
    ['no UTF-8', '\xff\xfe'],
  ];
  for (const [what, text] of broken) {
    it(`is not misled by ${what}`, async () => {
      const folder = resultFolder(temp, 'out');
      await folder.begin(run());
      await folder.add(run(), result(7, 'acme/shop'));
      const bytes = text.startsWith('\xff') ? Buffer.from(text, 'latin1') : text;
      temp.put('out/projects/7.json', bytes);
      temp.put('out/run-2-of-2.json', bytes);
      assert.equal(await folder.result(run(), 7), null);
      const { runs, problems } = await folder.runs();
      assert.equal(runs.length, 1);
      assert.match(problems.join(), /^out\/run-2-of-2\.json cannot be read/);
    });
  }

  it('starts anew, and says so, where the record of a run is broken', async () => {
    const folder = resultFolder(temp, 'out');
    await folder.begin(run());
    await folder.add(run(), result(7, 'acme/shop'));
    temp.put('out/run-1-of-1.json', '{');
    const { different } = await folder.begin(run({ now: '2026-03-06T00:00:00.000Z' }));
    assert.equal(different, 'its record cannot be read');
    assert.deepEqual(temp.files(), ['out/run-1-of-1.json']);
  });

  it('leaves alone what it did not make', async () => {
    const foreign = { 'out/projects/7.json': '{"run": 7}', 'out/projects/notes.json': '{}', 'out/package.json': '{}', 'out/run.json': '{}' };
    for (const [file, text] of Object.entries(foreign)) temp.put(file, text);
    const folder = resultFolder(temp, 'out');
    await folder.begin(run());
    await folder.add(run(), result(8, 'acme/api'));
    await folder.begin(run({ now: '2026-03-06T00:00:00.000Z' }));
    for (const [file, text] of Object.entries(foreign)) assert.equal(temp.text(file), text);
    assert.ok(!temp.files().includes('out/projects/8.json'));
  });
});

describe('the digest of a definition', () => {
  const badges = (min: number, start = 0): readonly LeveledBadgeDefinition[] => {
    const range = { start, end: start + 10 };
    const checks = [{ type: 'COMMITS' as const, description: null, threshold: { timeRangeInMonths: 6, min, max: null }, decisionJsonUrl: null, range }];
    return [{ id: 'maintained', description: null, levels: [{ name: 'bronze', description: null, svgUrl: null, notNecessaryForNextHigherLevel: false, checks, range }], range }];
  };
  const digest = digestOf(definition({ badges: badges(5) }));

  it('does not depend on where it stands in the text, nor on how GitLab is reached', () => {
    const range = { start: 0, end: 1 };
    assert.equal(digestOf(definition({ badges: badges(5, 100), gitClients: [{ baseUrl: 'https://gitlab.example.com', tokenFile: { value: 'x' }, maxRequestsPerSecond: 1, range }] })), digest);
  });
  it('depends on all that can change a result', () => {
    const others = [
      definition({ badges: badges(6) }),
      definition({ badges: badges(5), broken: [{ value: 'x' }] }),
      definition({ badges: badges(5), personalEmailDomains: ['example.org'] }),
      definition({ badges: badges(5), subsequentUseApiDomain: { value: 'example.org' } }),
    ];
    assert.equal(new Set([digest, ...others.map(digestOf)]).size, 5);
    assert.match(digest, /^[0-9a-f]{64}$/);
  });
});
