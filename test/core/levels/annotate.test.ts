import assert from 'node:assert/strict';
import { readLevelsConfig } from '../../../src/config/levelsFile';
import { annotate, placedAt } from '../../../src/core/levels/annotate';
import { evaluateProject } from '../../../src/core/levels/evaluate';
import { placeResults } from '../../../src/core/levels/place';
import { all, commit, now, project, times } from './builders';

const text = `badges:
  - id: broken
    levels: []
  - id: maintained
    levels:
      - name: bronze
        checks:
          - type: COMMITS
            threshold: { min: 3 }
      - name: silver
        checks:
          - type: COMMITS
            threshold:
              min: 5
          - type: RELEASES
            threshold: { min: 1 }
`;
const { definition } = readLevelsConfig(text);
assert.ok(definition);
const placed = placeResults(definition, evaluateProject(definition, project({ commits: all(times(3, () => commit())) }), now), ({ type }) => (type === 'RELEASES' ? 'facts' : null));
const lineOf = (offset: number) => text.slice(text.lastIndexOf('\n', offset) + 1, text.indexOf('\n', offset)).trim();

describe('annotations', () => {
  it('stand at the start of each badge, level and check that can be evaluated, and say the outcome', () => {
    assert.deepEqual(
      annotate(placed).map(({ at, text: said, pending }) => [lineOf(at), said, pending]),
      [
        ['- id: maintained', '✓ bronze', null],
        ['- name: bronze', '✓ reached', null],
        ['- type: COMMITS', '✓ commits 3 ≥ 3 · 30 days', null],
        ['- name: silver', '✗ 1 check missing, 1 could not be determined', null],
        ['- type: COMMITS', '✗ commits 3, needs 5 · 30 days', null],
        ['- type: RELEASES', '? releases unknown, needs 1 · 30 days', 'facts'],
      ],
    );
  });

  it('say of a whole badge that it waits only where nothing is certain', () => {
    const nothing = placeResults(definition, evaluateProject(definition, project(), now), () => 'facts');
    assert.deepEqual(annotate(nothing).map(({ pending }) => pending), ['facts', 'facts', 'facts', 'facts', 'facts', 'facts']);
  });

  it('stand beside the badge alone where nothing may be evaluated', () => {
    const untrusted = placeResults(definition, evaluateProject(definition, project(), now), () => 'trust');
    assert.deepEqual(annotate(untrusted).map(({ at, pending }) => [lineOf(at), pending]), [['- id: maintained', 'trust']]);
  });
});

describe('what a place in the text is about', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['badges:', null],
    ['broken', null],
    ['maintained', 'badge'],
    ['bronze', 'level'],
    ['type: COMMITS', 'check'],
    ['min: 5', 'check'],
    ['RELEASES', 'check'],
  ];
  for (const [at, kind] of cases) {
    it(`is ${kind ?? 'nothing'} at "${at}"`, () => assert.equal(placedAt(placed, text.indexOf(at))?.kind ?? null, kind));
  }
});
