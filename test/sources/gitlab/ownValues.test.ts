import assert from 'node:assert/strict';
import type { Badge } from '../../../src/core/badge';
import type { FactName } from '../../../src/core/facts';
import type { WantedFact } from '../../../src/core/wantedFacts';
import { ownValues, withOwnFacts } from '../../../src/sources/gitlab/ownValues';

const origin = { kind: 'gitlab', text: 'acme/shop', at: '2026-01-02T03:04:05.000Z' } as const;
const known = (stem: FactName, message: string, value?: number): Badge => ({ status: 'known', stem, label: stem, origin, face: { label: stem, message, color: 'blue' }, ...(value !== undefined && { value }) });
const unknown = (stem: FactName): Badge => ({ status: 'unknown', stem, label: stem, origin, reason: 'none' });
const plain = (...stems: FactName[]): WantedFact[] => stems.map((stem) => ({ stem, options: {} }));

describe('what GitLab\'s own badges show', () => {
  describe('is asked for along with the facts, without another request', () => {
    const table: [wanted: WantedFact[], further: string[]][] = [
      [[], []],
      [plain('issues', 'name'), []],
      [plain('releases'), ['release.tag']],
      [plain('release', 'release.tag'), []],
      [plain('pipeline'), ['coverage']],
      [plain('coverage', 'last_release'), ['pipeline', 'release.tag']],
      [[{ stem: 'pipeline', options: { branch: 'dev' } }], []],
      [[{ stem: 'coverage', options: { job: 'test' } }], []],
      [[...plain('pipeline'), { stem: 'coverage', options: { job: 'test' } }], []],
    ];
    for (const [wanted, further] of table) {
      it(`for ${wanted.map(({ stem, options }) => `${stem}${JSON.stringify(options)}`).join(', ') || 'nothing'}: ${further.join(', ') || 'nothing'}`, () => {
        assert.deepEqual(withOwnFacts(wanted), [...wanted, ...plain(...(further as FactName[]))]);
      });
    }
  });

  const table: [fact: string, badges: Badge[], expected: object][] = [
    ['a pipeline that passed', [known('pipeline', 'passed')], { pipeline: { message: 'passed', color: '#4c1' } }],
    ['a pipeline that failed', [known('pipeline', 'failed')], { pipeline: { message: 'failed', color: '#e05d44' } }],
    ['a pipeline that has not begun, for which GitLab has several words', [known('pipeline', 'pending')], {}],
    ['no pipeline that is known', [unknown('pipeline')], {}],
    ...([[100, '100.00%', '#4c1'], [95, '95.00%', '#4c1'], [94.99, '94.99%', '#a3c51c'], [90, '90.00%', '#a3c51c'], [89.99, '89.99%', '#dfb317'], [75, '75.00%', '#dfb317'], [74.99, '74.99%', '#e05d44'], [0, '0.00%', '#e05d44']] as const).map(
      ([value, message, color]): [string, Badge[], object] => [`a coverage of ${value}`, [known('pipeline', 'passed'), known('coverage', `${value}%`, value)], { pipeline: { message: 'passed', color: '#4c1' }, coverage: { message, color } }],
    ),
    ['the coverage of a pipeline that failed, which GitLab passes over', [known('pipeline', 'failed'), known('coverage', '90%', 90)], { pipeline: { message: 'failed', color: '#e05d44' } }],
    ['the coverage alone', [known('coverage', '90%', 90)], {}],
    ['the tag of a release, not its name', [known('release', 'Spring'), known('release.tag', 'v1.2')], { release: { message: 'v1.2', color: '#3076af' } }],
    ['the name of a release alone', [known('release', 'Spring')], {}],
  ];
  for (const [fact, badges, expected] of table) {
    it(`by ${fact}`, () => assert.deepEqual(ownValues(plain('pipeline', 'coverage', 'release', 'release.tag'), badges), expected));
  }

  it('is not what was narrowed down', () => {
    assert.deepEqual(ownValues([{ stem: 'pipeline', options: { branch: 'dev' } }], [known('pipeline', 'passed')]), {});
  });
});
