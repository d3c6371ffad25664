import assert from 'node:assert/strict';
import { parseEvaluateOptions, shardOf, type EvaluateOptions } from '../../src/cli/evaluateOptions';

const parse = (...args: string[]) => parseEvaluateOptions(args) as EvaluateOptions;
const refused = (args: readonly string[], message: RegExp) => assert.throws(() => parseEvaluateOptions(args), { name: 'UsageError', message });

describe('the options of evaluate', () => {
  it('are all optional', () => {
    assert.deepEqual(parse(), { format: 'text', recursive: false, strict: false, verbose: false });
  });

  it('are read', () => {
    const args = '--badge maintained --group acme --recursive --shard 2/5 --now 2026-01-31 --out results --format sarif --strict --server https://gitlab.example.com -t x';
    assert.deepEqual(parse(...args.split(' ')), {
      badge: 'maintained',
      group: 'acme',
      recursive: true,
      shard: { index: 2, total: 5 },
      now: '2026-01-31T00:00:00.000Z',
      out: 'results',
      format: 'sarif',
      strict: true,
      verbose: false,
      server: 'https://gitlab.example.com',
      token: 'x',
    });
  });

  it('take several folders to merge, in one go or one by one', () => {
    assert.deepEqual(parse('--merge', 'a', 'b', '--json', '--merge=c').merge, ['a', 'b', 'c']);
    assert.equal(parse('--server', 'https://gitlab.example.com', '--merge', 'a', '--json').format, 'json');
  });

  const moments: [text: string, moment: string | null][] = [
    ['2026-01-31', '2026-01-31T00:00:00.000Z'],
    ['2026-01-31T12:00Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:00:30.5Z', '2026-01-31T12:00:30.500Z'],
    ['2026-01-31t12:00:30z', '2026-01-31T12:00:30.000Z'],
    ['2026-01-31T12:00:00+02:00', '2026-01-31T10:00:00.000Z'],
    ['2026-01-31T12:00:00-0330', '2026-01-31T15:30:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['2026-01-31T12:00:00', null],
    ['2026-02-29', null],
    ['2026-02-30T12:00:00Z', null],
    ['2026-13-01', null],
    ['2026-01-31T25:00:00Z', null],
    ['31.01.2026', null],
    ['yesterday', null],
  ];
  for (const [text, moment] of moments) {
    it(`read ${text} as ${moment ?? 'no moment'}`, () => {
      if (moment === null) refused(['--now', text], /--now needs a moment/);
      else assert.equal(parse('--now', text).now, moment);
    });
  }

  const wrong: [args: string, message: RegExp][] = [
    ['--shard 2/5', /--group only/],
    ['--recursive', /--group only/],
    ['--group acme --shard 6/5', /such as 2\/5/],
    ['--group acme --project acme/shop', /not both/],
    ['--json --format text', /different things/],
    ['--format xml', /text, json, sarif/],
    ['--merge a --group acme', /--group has no meaning/],
    ['--merge a --now 2026-01-01', /--now has no meaning/],
    ['--merge a --out b', /--out has no meaning/],
    ['--merge', /needs a folder/],
    ['--merge --json', /needs a folder/],
    ['--prune', /no option --prune/],
    ['glpat-secret', /^There is an argument too many: options start with a dash\.$/],
    ['--out', /needs a folder/],
  ];
  for (const [args, message] of wrong) it(`refuse ${args}`, () => refused(args.split(' '), message));

  describe('know the shard', () => {
    const shards: [what: string, shard: EvaluateOptions['shard'], env: Record<string, string>, found: [number, number]][] = [
      ['of the option', { index: 1, total: 3 }, { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '5' }, [1, 3]],
      ['of a parallel job', undefined, { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '5' }, [2, 5]],
      ['of a job that is not parallel: all', undefined, { CI_NODE_TOTAL: '1' }, [1, 1]],
      ['outside CI: all', undefined, {}, [1, 1]],
    ];
    for (const [what, shard, env, [index, total]] of shards) {
      it(what, () => assert.deepEqual(shardOf(shard ? { shard } : {}, env), { index, total }));
    }
    it('not where the variables make no sense', () => {
      assert.throws(() => shardOf({}, { CI_NODE_INDEX: '6', CI_NODE_TOTAL: '5' }), { name: 'UsageError' });
    });
  });
});
