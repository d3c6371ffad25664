import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits } from '../../../src/config/language/fixes';
import { joinedEdits } from '../../../src/config/language/joinedEdits';

const at = (start: number, end: number, text: string) => ({ range: { start, end }, text });

describe('rounds of edits', () => {
  for (const [what, rounds, expected] of [
    ['none', [], []],
    ['one', [[at(1, 2, 'x'), at(4, 4, 'y')]], [at(1, 2, 'x'), at(4, 4, 'y')]],
    ['two at different places', [[at(1, 2, 'xyz')], [at(6, 7, '')]], [at(1, 2, 'xyz'), at(4, 5, '')]],
    ['a second one in what the first put in', [[at(1, 2, 'xyz')], [at(2, 3, '-')]], [at(1, 2, 'x-z')]],
    ['a second one that takes back what the first put in', [[at(1, 1, 'x')], [at(1, 2, '')]], []],
    ['a second one over the border of the first', [[at(1, 2, 'xyz')], [at(3, 5, '-')]], [at(1, 3, 'xy-')]],
  ] as const) {
    it(`${what}: become edits of the first text`, () => assert.deepEqual(joinedEdits(8, rounds), expected));
  }

  it('do the same one after the other and joined', () => {
    const editsOf = (length: number) => fc.uniqueArray(fc.nat(length), { maxLength: 6 }).chain((places) => {
      const sorted = places.sort((a, b) => a - b);
      const ranges = sorted.flatMap((start, index) => (index % 2 === 0 && sorted[index + 1] !== undefined ? [{ start, end: sorted[index + 1] ?? start }] : []));
      return fc.tuple(...ranges.map((range) => fc.string({ maxLength: 4 }).map((text) => ({ range, text }))));
    });
    const first = 'abcdefghijklmnopqrstuvwxyz';
    const twice = editsOf(first.length).chain((edits) => fc.tuple(fc.constant(edits), editsOf(applyEdits(first, edits).length)));
    fc.assert(fc.property(twice, ([one, two]) => assert.equal(applyEdits(first, joinedEdits(first.length, [one, two])), applyEdits(applyEdits(first, one), two))));
  });
});
