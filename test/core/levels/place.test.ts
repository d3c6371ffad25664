import assert from 'node:assert/strict';
import { evaluateProject } from '../../../src/core/levels/evaluate';
import { pendingLevel, pendingOf, placeResults } from '../../../src/core/levels/place';
import { all, badge, check, commit, definition, level, now, project, times } from './builders';

const at = (start: number) => ({ start, end: start + 1 });
const commits = { ...check('COMMITS', { min: 3 }), range: at(12) };
const releases = { ...check('RELEASES', { min: 1 }), range: at(13) };
const written = definition([badge('second', [{ ...level('silver', [commits, releases]), range: at(11) }], 10), badge('third', [level('bronze', [commits])], 30)], {
  broken: [{ value: null, range: at(20) }, { value: 'first', range: at(1) }, { value: 'nowhere' }],
});
const evaluation = evaluateProject(written, project({ commits: all(times(3, () => commit())) }), now);

describe('results beside the text', () => {
  const placed = placeResults(written, evaluation, (each) => (each.type === 'RELEASES' ? 'facts' : null));

  it('stand at the place of their definition, broken entries as well', () => {
    assert.deepEqual(placed.map(({ result, range }) => [result.id, range?.start]), [['first', 1], ['second', 10], ['(badge 3)', 20], ['third', 30], ['nowhere', undefined]]);
    assert.deepEqual(placed[1]?.levels.map(({ result, range }) => [result.name, range.start]), [['silver', 11]]);
    assert.deepEqual(placed[1]?.levels[0]?.checks.map(({ result, range }) => [result.type, range.start]), [['COMMITS', 12], ['RELEASES', 13]]);
  });

  it('wait where they are unknown and nothing was fetched for them', () => {
    assert.deepEqual(placed[1]?.levels[0]?.checks.map((each) => each.pending), [null, 'facts']);
    assert.deepEqual(placed.map(pendingOf), [null, 'facts', null, null, null]);
  });

  it('do not wait where the facts at hand decide all the same', () => {
    assert.deepEqual(placeResults(written, evaluation, () => 'facts').map(pendingOf), [null, 'facts', null, null, null]);
  });
  it('wait by level where it is not decided, for what a lower one lacks, too', () => {
    const ladder = definition([badge('a', [level('bronze', [releases]), level('silver', [commits])]), badge('b', [level('bronze', [releases], true), level('silver', [commits])])]);
    const results = placeResults(ladder, evaluateProject(ladder, project({ commits: all(times(3, () => commit())) }), now), (each) => (each.type === 'RELEASES' ? 'trust' : null));
    assert.deepEqual(results.map((each) => each.levels.map((one) => pendingLevel(each, one))), [['trust', 'trust'], ['trust', null]]);
  });
});
