import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergeFolders, type ResultSet } from '../../src/app/mergeResults';
import type { GroupRun } from '../../src/app/resultFolder';
import { isInShard } from '../../src/app/shard';
import { badge, evaluation, result, resultFolder, run } from './results';
import { tempFolder, type TempFolder } from './tempFolder';

const projects = ['shop', 'api', 'web/site', 'web/app', 'zoo', 'docs', 'lib'].map((name, index) => ({ id: index + 1, path: `acme/${name}` }));

describe('merging results', () => {
  let temp: TempFolder;
  beforeEach(() => void (temp = tempFolder()));
  afterEach(() => temp.remove());

  /** Fills a folder as a run of one shard would. */
  async function fill(path: string, more: Partial<GroupRun> = {}, without: readonly number[] = []) {
    const folder = resultFolder(temp, path);
    const made = run({ requests: 10, ...more });
    const own = (more.projects ?? projects).filter(({ id }) => isInShard(made.shard, id)).sort((a, b) => (a.path < b.path ? -1 : 1));
    await folder.begin({ ...made, projects: own });
    for (const { id, path } of own) if (!without.includes(id)) await folder.add(made, result(id, path));
    return folder;
  }
  const merge = async (...paths: string[]) => mergeFolders(paths.map((path) => resultFolder(temp, path)));
  async function merged(...paths: string[]) {
    const outcome = await merge(...paths);
    if ('refused' in outcome) assert.fail(outcome.refused);
    return outcome;
  }
  async function read(set: ResultSet) {
    const all = [];
    for await (const { path, result: found } of set.results()) all.push([path, found?.evaluation.project ?? null]);
    return all;
  }
  const whole = [...projects].sort((a, b) => (a.path < b.path ? -1 : 1)).map(({ path }) => [path, path]);

  it('gives what one run gives, whichever way it was cut and the parts were kept', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.boolean(), async (total, shareFolder) => {
        temp.remove();
        for (let index = total; index >= 1; index--) await fill(shareFolder ? 'out' : `out/${index}`, { shard: { index, total } });
        const paths = shareFolder ? ['out'] : Array.from({ length: total }, (_, index) => `out/${index + 1}`);
        const { set, problems, repeats } = await merged(...paths);
        assert.deepEqual([problems, repeats], [[], []]);
        assert.deepEqual(await read(set), whole);
        assert.equal(set.requests, 10 * total);
      }),
      { numRuns: 20 },
    );
  });

  it('names the shards that are missing', async () => {
    await fill('a', { shard: { index: 2, total: 4 } });
    const { set, problems } = await merged('a');
    assert.deepEqual(problems, ['Of acme with its subgroups, the shards 1/4, 3/4, 4/4 are missing.']);
    assert.deepEqual(await read(set), [['acme/shop', 'acme/shop'], ['acme/zoo', 'acme/zoo']]);
  });

  it('shows where a run was interrupted', async () => {
    await fill('a', {}, [1]);
    assert.deepEqual((await read((await merged('a')).set)).filter(([, found]) => found === null), [['acme/shop', null]]);
  });

  it('counts a shard once that is there twice, by its result without a failure', async () => {
    await fill('a', { shard: { index: 1, total: 2 } }, [2]);
    await fill('b', { shard: { index: 1, total: 2 } });
    await fill('c', { shard: { index: 2, total: 2 } });
    await resultFolder(temp, 'a').add(run(), result(4, 'acme/web/app', { failures: ['502'], evaluation: evaluation('acme/web/app', badge('maintained', [null])) }));
    const { set, problems, repeats } = await merged('a', 'b', 'c');
    assert.deepEqual([problems, repeats], [[], ['Shard 1/2 of acme with its subgroups is in a and in b: each of its projects counts once.']]);
    assert.deepEqual(await read(set), whole);
    for await (const each of set.results()) assert.deepEqual(each.result?.failures, []);
  });

  it('puts groups together, and counts what is in two of them once', async () => {
    await fill('a');
    await fill('b', { group: 'other', recursive: false, projects: [projects[0] ?? assert.fail(), { id: 99, path: 'other/thing' }] });
    const { set, problems, repeats } = await merged('a', 'b');
    assert.deepEqual([problems, repeats], [[], ['1 project is in acme with its subgroups and in other, and counts once.']]);
    assert.deepEqual(await read(set), [...whole, ['other/thing', 'other/thing']]);
  });

  it('tells of a folder without results, and goes on', async () => {
    await fill('a');
    temp.put('b/run-1-of-2.json', '{');
    const { set, problems } = await merged('a', 'b', 'c');
    assert.deepEqual(problems, ['b/run-1-of-2.json cannot be read as the record of a run: it is broken, or of another version.', 'c holds no results of badgesmith evaluate.']);
    assert.deepEqual(await read(set), whole);
  });

  const refusals: [what: string, more: Partial<GroupRun>, why: RegExp][] = [
    ['moments', { now: '2026-03-06T00:00:00.000Z' }, /^a and b do not belong together: --now is 2026-03-05T10:00:00\.000Z there/],
    ['definitions', { definition: 'b'.repeat(64) }, /configuration of the badges is another/],
    ['servers', { server: 'https://other.example.com' }, /server/],
    ['numbers of shards', { shard: { index: 1, total: 3 } }, /in 2 shards there, in 3 here/],
  ];
  for (const [what, more, why] of refusals) {
    it(`refuses different ${what}`, async () => {
      await fill('a', { shard: { index: 2, total: 2 } });
      await fill('b', { shard: { index: 1, total: 2 }, ...more });
      const outcome = await merge('a', 'b');
      assert.match('refused' in outcome ? outcome.refused : '', why);
    });
  }

  it('refuses folders that hold nothing', async () => {
    assert.deepEqual(await merge('a', 'b'), { refused: 'a holds no results of badgesmith evaluate.\nb holds no results of badgesmith evaluate.' });
  });
});
