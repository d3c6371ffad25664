import assert from 'node:assert/strict';
import fc from 'fast-check';
import { covers, coversCheck } from '../../../src/core/levels/covers';
import { checkTypes, type CheckDefinition } from '../../../src/core/levels/definition';
import { demandOf } from '../../../src/core/levels/demand';
import { badge, check, level, now } from './builders';

const demand = (...checks: CheckDefinition[]) => demandOf([badge('maintained', [level('silver', checks)])], now);

describe('facts that were fetched', () => {
  const cases: readonly (readonly [string, CheckDefinition, CheckDefinition, boolean])[] = [
    ['the same count', check('COMMITS', { min: 5 }), check('COMMITS', { min: 5 }), true],
    ['a lower count', check('COMMITS', { min: 5 }), check('COMMITS', { min: 4 }), true],
    ['a higher count', check('COMMITS', { min: 5 }), check('COMMITS', { min: 6 }), false],
    ['a shorter range', check('COMMITS', { min: 5, months: 6 }), check('COMMITS', { min: 5, months: 5 }), true],
    ['a longer range', check('COMMITS', { min: 5, months: 6 }), check('COMMITS', { min: 5, months: 7 }), false],
    ['any count, where all of the range is there', check('BUS_FACTOR', { min: 1, months: 6 }), check('COMMITS', { min: 9999, months: 6 }), true],
    ['a factor, where a count is there', check('COMMITS', { min: 5 }), check('BUS_FACTOR', { min: 1 }), false],
    ['the other factor', check('BUS_FACTOR', { min: 1 }), check('ELEPHANT_FACTOR', { min: 3 }), true],
    ['the reaction time with another bound', check('ISSUE_REACTION_TIME', { max: 7, months: 3 }), check('ISSUE_REACTION_TIME', { max: 2, months: 3 }), true],
    ['the reaction time in a shorter range, whose total is not known', check('ISSUE_REACTION_TIME', { max: 7, months: 3 }), check('ISSUE_REACTION_TIME', { max: 7, months: 2 }), false],
    ['pipelines since another moment', check('CI_PIPELINES', { min: 1, months: 3 }), check('CI_PIPELINES', { min: 1, months: 2 }), false],
    ['another type', check('COMMITS', { min: 1 }), check('RELEASES', { min: 1 }), false],
    ['packages, where releases are there', check('RELEASES', { min: 1 }), check('PACKAGES', { min: 1 }), false],
    ['the protection', check('PROTECTED_BRANCHES', { min: 30 }), check('PROTECTED_BRANCHES', { min: 40 }), true],
    ['the same decision', check('MANUAL', {}, 'https://example.org/a.json'), check('MANUAL', {}, 'https://example.org/a.json'), true],
    ['another decision', check('MANUAL', {}, 'https://example.org/a.json'), check('MANUAL', {}, 'https://example.org/b.json'), false],
    ['a check that nothing decides', check('COMMITS', { min: 1 }), check('PACKAGES'), true],
  ];
  for (const [what, fetched, wanted, holds] of cases) {
    it(`${holds ? 'hold' : 'do not hold'} ${what}`, () => {
      assert.equal(coversCheck(demand(fetched), wanted), holds);
    });
  }

  it('hold what they were fetched for, each check of it', () => {
    const bounds = fc.record({ min: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }), max: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }), months: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }) });
    const anyCheck = fc.tuple(fc.constantFrom(...checkTypes), bounds).map(([type, { min, max, months }]) => check(type, { ...(min !== undefined && { min }), ...(max !== undefined && { max }), ...(months !== undefined && { months }) }, type === 'MANUAL' ? 'https://example.org/a.json' : null));
    fc.assert(
      fc.property(fc.array(anyCheck, { maxLength: 8 }), (checks) => {
        const fetched = demand(...checks);
        assert.ok(covers(fetched, fetched));
        for (const each of checks) assert.ok(coversCheck(fetched, each), JSON.stringify(each));
      }),
    );
  });
});
