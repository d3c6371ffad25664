import assert from 'node:assert/strict';
import { evaluateProject } from '../../../src/core/levels/evaluate';
import type { CheckResult, LeveledBadgeResult, LevelResult } from '../../../src/core/levels/result';
import { checkRow, leveledBadgeRow, levelRow } from '../../../src/extension/levels/levelRow';
import { all, badge, check, commit, definition, level, now, project, times, unknown } from '../../core/levels/builders';

const facts = project({ commits: all(times(3, () => commit())), packages: unknown('packages are off'), images: unknown('packages are off'), releases: unknown('packages are off') });
const checks = { p: check('COMMITS', { min: 3 }), f: check('COMMITS', { min: 5 }), u: check('PACKAGES', { min: 1 }) };
/** One level for each letter: its only check passes, fails or is unknown. */
function evaluate(letters: string): LeveledBadgeResult {
  const names = ['bronze', 'silver', 'gold'];
  const levels = [...letters].map((letter, index) => level(names[index] ?? '', [checks[letter as keyof typeof checks]]));
  const [result] = evaluateProject(definition([badge('maintained', levels)]), facts, now).badges;
  assert.ok(result);
  return result;
}
const levelOf = (result: LeveledBadgeResult, index: number): LevelResult => result.levels[index] ?? assert.fail();
const checkOf = (result: LeveledBadgeResult, index: number): CheckResult => levelOf(result, index).checks[0] ?? assert.fail();

describe('the row of a leveled badge', () => {
  const cases = [
    ['pp', null, 'silver', 'verified'],
    ['pf', null, 'bronze', 'verified'],
    ['pu', null, 'at least bronze: silver could not be determined', 'verified'],
    ['pu', 'facts', 'at least bronze: silver could not be determined', 'verified'],
    ['fp', null, 'not reached', 'circle-slash'],
    ['up', null, 'bronze and silver could not be determined', 'question'],
    ['up', 'facts', 'not fetched yet', 'question'],
    ['uu', 'trust', 'not evaluated', 'dash'],
  ] as const;
  for (const [letters, pending, description, icon] of cases) {
    it(`says "${description}" of ${letters}${pending === null ? '' : ` that waits for ${pending}`}`, () => {
      const row = leveledBadgeRow(evaluate(letters), pending);
      assert.deepEqual([row.label, row.description, row.icon, row.spoken], ['maintained', description, icon, `maintained: ${description}`]);
    });
  }

  it('says what is wrong with its entry, on one line', () => {
    const [broken] = evaluateProject(definition([], { broken: [{ value: 'odd\nname', range: { start: 1, end: 2 } }] }), facts, now).badges;
    assert.ok(broken);
    assert.deepEqual(leveledBadgeRow(broken, null, 'There is no\nlevel: add one.'), {
      label: 'odd name',
      description: 'There is no level: add one.',
      icon: 'error',
      color: 'testing.iconFailed',
      spoken: 'odd name: There is no level: add one.',
      traits: 'placed',
    });
    assert.match(leveledBadgeRow(broken, null).description, /entry in the configuration is wrong/);
  });
});

describe('the row of a level', () => {
  const cases = [
    ['p', 0, null, 'reached', 'pass'],
    ['f', 0, null, '1 check missing', 'circle-large-outline'],
    ['fp', 1, null, 'needs bronze first', 'circle-large-outline'],
    ['u', 0, null, '1 check could not be determined', 'question'],
    ['u', 0, 'facts', 'not fetched yet', 'question'],
    ['u', 0, 'trust', 'not evaluated', 'dash'],
  ] as const;
  for (const [letters, index, pending, description, icon] of cases) {
    it(`says "${description}" of the level ${index + 1} of ${letters}`, () => {
      const result = evaluate(letters);
      const row = levelRow(result, levelOf(result, index), pending);
      assert.deepEqual([row.description, row.icon, row.spoken], [description, icon, `${row.label}: ${description}`]);
    });
  }
});

describe('the row of a check', () => {
  it('shows value, threshold and range, and says them in words', () => {
    assert.deepEqual(checkRow(checkOf(evaluate('f'), 0), null), {
      label: 'commits',
      description: '3, needs 5 · 30 days',
      icon: 'close',
      color: 'testing.iconFailed',
      spoken: 'commits: not passed. 3, at least 5 is needed, in 30 days',
      traits: 'placed',
    });
    assert.equal(checkRow(checkOf(evaluate('p'), 0), null).icon, 'check');
  });

  it('says that it waits for its facts', () => {
    const row = checkRow(checkOf(evaluate('u'), 0), 'facts');
    assert.deepEqual([row.description, row.spoken, row.icon], ['needs 1 · 30 days · not fetched yet', 'packages: not fetched yet. needs 1 · 30 days', 'question']);
  });
  it('says what it asks for where nothing is evaluated', () => {
    const row = checkRow(checkOf(evaluate('u'), 0), 'trust');
    assert.deepEqual([row.description, row.spoken, row.icon], ['needs 1 · 30 days', 'packages: not evaluated. needs 1 · 30 days', 'dash']);
  });
});
