import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CheckDefinition } from '../../../src/core/levels/definition';
import { evaluateProject, unreachableProject } from '../../../src/core/levels/evaluate';
import { levelSummary, nextLevel } from '../../../src/core/levels/explain';
import type { LeveledBadgeResult } from '../../../src/core/levels/result';
import { all, badge, check, commit, commitsBy, daysAgo, definition, issue, issues, known, level, now, project, release, times, unknown, webUrl } from './builders';

type Letter = 'p' | 'f' | 'u';
/** Three commits are there; nobody knows the packages. */
const facts = project({ commits: all(times(3, () => commit())), packages: unknown('packages are off'), images: unknown('packages are off'), releases: unknown('packages are off') });
const checkFor: Record<Letter, CheckDefinition> = { p: check('COMMITS', { min: 3 }), f: check('COMMITS', { min: 5 }), u: check('PACKAGES', { min: 1 }) };
/** One level for each word, one check for each letter: p passes, f fails, u is unknown. A `*` marks a level as not necessary for higher ones. */
const ladder = (words: string, names = ['bronze', 'silver', 'gold', 'platinum']) =>
  badge('maintained', words.split(' ').map((word, index) => level(names[index] ?? `${index}`, [...word.replace('*', '')].map((letter) => checkFor[letter as Letter]), word.endsWith('*'))));
const evaluate = (words: string): LeveledBadgeResult => {
  const [result] = evaluateProject(definition([ladder(words)]), facts, now).badges;
  assert.ok(result);
  return result;
};

describe('the levels of a badge', () => {
  const n = null;
  const cases: { words: string; reached: (boolean | null)[]; level: string | null; status: string; summary: string }[] = [
    { words: 'p', reached: [true], level: 'bronze', status: 'reached', summary: 'bronze' },
    { words: 'f', reached: [false], level: n, status: 'not_reached', summary: 'not reached: 3 commits since 29 October, needs 5' },
    { words: 'u', reached: [n], level: n, status: 'unknown', summary: 'bronze could not be determined' },
    { words: 'pp', reached: [true], level: 'bronze', status: 'reached', summary: 'bronze' },
    { words: 'pf', reached: [false], level: n, status: 'not_reached', summary: 'not reached: 3 commits since 29 October, needs 5' },
    { words: 'fu', reached: [false], level: n, status: 'not_reached', summary: 'not reached: 3 commits since 29 October, needs 5' },
    { words: 'ff', reached: [false], level: n, status: 'not_reached', summary: 'not reached: 3 commits since 29 October, needs 5 (and 1 more check missing)' },
    { words: 'pu', reached: [n], level: n, status: 'unknown', summary: 'bronze could not be determined' },
    { words: 'p p', reached: [true, true], level: 'silver', status: 'reached', summary: 'silver' },
    { words: 'p f', reached: [true, false], level: 'bronze', status: 'reached', summary: 'bronze' },
    { words: 'f p', reached: [false, false], level: n, status: 'not_reached', summary: 'not reached: 3 commits since 29 October, needs 5' },
    { words: 'p u', reached: [true, n], level: 'bronze', status: 'reached', summary: 'at least bronze: silver could not be determined' },
    { words: 'u p', reached: [n, n], level: n, status: 'unknown', summary: 'bronze and silver could not be determined' },
    { words: 'u f', reached: [n, false], level: n, status: 'unknown', summary: 'bronze could not be determined' },
    { words: 'f u', reached: [false, false], level: n, status: 'not_reached', summary: 'not reached: 3 commits since 29 October, needs 5' },
    { words: 'p p u', reached: [true, true, n], level: 'silver', status: 'reached', summary: 'at least silver: gold could not be determined' },
    { words: 'p u p', reached: [true, n, n], level: 'bronze', status: 'reached', summary: 'at least bronze: silver and gold could not be determined' },
    { words: 'p f p', reached: [true, false, false], level: 'bronze', status: 'reached', summary: 'bronze' },
    { words: 'p f u', reached: [true, false, false], level: 'bronze', status: 'reached', summary: 'bronze' },
    { words: 'p u f', reached: [true, n, false], level: 'bronze', status: 'reached', summary: 'at least bronze: silver could not be determined' },
    { words: 'f* p', reached: [false, true], level: 'silver', status: 'reached', summary: 'silver' },
    { words: 'u* p', reached: [n, true], level: 'silver', status: 'reached', summary: 'silver' },
    { words: 'u* f', reached: [n, false], level: n, status: 'unknown', summary: 'bronze could not be determined' },
    { words: 'f* p p', reached: [false, true, true], level: 'gold', status: 'reached', summary: 'gold' },
    { words: 'f* f p', reached: [false, false, false], level: n, status: 'not_reached', summary: 'not reached: 3 commits since 29 October, needs 5' },
    { words: 'f p* p', reached: [false, false, false], level: n, status: 'not_reached', summary: 'not reached: 3 commits since 29 October, needs 5' },
    { words: 'p f* p', reached: [true, false, true], level: 'gold', status: 'reached', summary: 'gold' },
    { words: 'f* f* p', reached: [false, false, true], level: 'gold', status: 'reached', summary: 'gold' },
    { words: 'f* u p', reached: [false, n, n], level: n, status: 'unknown', summary: 'silver and gold could not be determined' },
    { words: 'f* p u', reached: [false, true, n], level: 'silver', status: 'reached', summary: 'at least silver: gold could not be determined' },
    { words: 'u* p p', reached: [n, true, true], level: 'gold', status: 'reached', summary: 'gold' },
    { words: 'p f u* p', reached: [true, false, false, false], level: 'bronze', status: 'reached', summary: 'bronze' },
  ];
  for (const { words, reached, level: name, status, summary } of cases) {
    it(`are ${JSON.stringify(reached)} for ${words}`, () => {
      const result = evaluate(words);
      assert.deepEqual([result.levels.map((one) => one.reached), result.level, result.status, result.summary], [reached, name, status, summary]);
    });
  }

  it('say why one could not be determined, each reason once', () => {
    assert.match(evaluate('p u u').reason ?? '', /^[^;]*packages are off[^;]*$/);
    assert.equal(evaluate('p f').reason, undefined);
    assert.equal(evaluate('fu').reason, undefined);
  });

  it('are reached below any that is reached, but those that are not necessary', () => {
    const words = fc.array(fc.tuple(fc.array(fc.constantFrom('p', 'f', 'u'), { minLength: 1, maxLength: 3 }), fc.boolean()), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(words, (some) => {
        const { levels } = evaluate(some.map(([letters, mark]) => `${letters.join('')}${mark ? '*' : ''}`).join(' '));
        levels.forEach((one, index) => {
          if (one.reached === true) assert.ok(levels.slice(0, index).every((lower) => lower.reached === true || lower.notNecessaryForNextHigherLevel));
        });
      }),
    );
  });

  it('never fall when an unknown or failed check passes', () => {
    const words = fc.array(fc.array(fc.constantFrom('p', 'f', 'u'), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(words, fc.array(fc.boolean(), { maxLength: 4 }), fc.nat(), (some, marks, pick) => {
        const text = (list: string[][]) => list.map((letters, index) => `${letters.join('')}${marks[index] ? '*' : ''}`).join(' ');
        const flat = some.flatMap((letters, row) => letters.map((_, column) => ({ row, column })));
        const chosen = flat[pick % flat.length];
        const better = some.map((letters, row) => letters.map((letter, column) => (row === chosen?.row && column === chosen.column ? 'p' : letter)));
        const rank = (result: LeveledBadgeResult) => result.levels.map(({ reached }) => reached).lastIndexOf(true);
        assert.ok(rank(evaluate(text(better))) >= rank(evaluate(text(some))));
      }),
    );
  });
});

describe('what a level lacks', () => {
  const cases: { words: string; summaries: string[]; next: string | null; missing: number }[] = [
    { words: 'p p', summaries: ['reached', 'reached'], next: null, missing: 0 },
    { words: 'p pf', summaries: ['reached', '1 check missing'], next: 'silver', missing: 1 },
    { words: 'p ffu', summaries: ['reached', '2 checks missing, 1 could not be determined'], next: 'silver', missing: 3 },
    { words: 'p uu', summaries: ['reached', '2 checks could not be determined'], next: 'silver', missing: 2 },
    { words: 'f p', summaries: ['1 check missing', 'needs bronze first'], next: 'bronze', missing: 1 },
    { words: 'f f p', summaries: ['1 check missing', '1 check missing', 'needs bronze and silver first'], next: 'bronze', missing: 1 },
    { words: 'u p', summaries: ['1 check could not be determined', 'bronze could not be determined'], next: 'bronze', missing: 1 },
    { words: 'f u', summaries: ['1 check missing', 'needs bronze first'], next: 'bronze', missing: 1 },
    { words: 'f* p f', summaries: ['1 check missing', 'reached', '1 check missing'], next: 'gold', missing: 1 },
    { words: 'f* p', summaries: ['1 check missing', 'reached'], next: null, missing: 0 },
  ];
  for (const { words, summaries, next, missing } of cases) {
    it(`is said for ${words}`, () => {
      const result = evaluate(words);
      assert.deepEqual(result.levels.map((one) => levelSummary(result, one)), summaries);
      assert.deepEqual([nextLevel(result)?.level.name ?? null, nextLevel(result)?.missing.length ?? 0], [next, missing]);
    });
  }
});

describe('evaluateProject', () => {
  it('evaluates the published example', () => {
    const maintained = badge('maintained', [
      level('bronze', [check('COMMITS', { min: 5, months: 6 })], true),
      level('silver', [check('ISSUE_REACTION_TIME', { max: 7, months: 3 }), check('BUS_FACTOR', { min: 1, months: 6 })]),
      level('gold', [check('RELEASES', { min: 1, months: 6 }), check('ELEPHANT_FACTOR', { min: 1, months: 6 })]),
    ]);
    const with3Commits = project({
      commits: all(commitsBy('build@acme.example', 3)),
      issues: issues([issue(1, daysAgo(2), null)]),
      members: known(new Map()),
      releases: all([release('v1')]),
      tags: all([]),
    });
    const [result] = evaluateProject(definition([maintained]), with3Commits, now).badges;
    assert.deepEqual([result?.level, result?.summary, result?.levels.map(({ reached }) => reached)], ['gold', 'gold', [false, true, true]]);
  });

  it('takes the personal domains of the definition', () => {
    const elephants = badge('spread', [level('one', [check('ELEPHANT_FACTOR', { min: 1 })])]);
    const commits = project({ commits: all(commitsBy('me@mail.example', 3)) });
    const status = (personalEmailDomains: string[]) => evaluateProject(definition([elephants], { personalEmailDomains }), commits, now).badges[0]?.status;
    assert.deepEqual([status([]), status(['mail.example'])], ['reached', 'not_reached']);
  });

  it('has broken badges as unknown, where they stand in the text', () => {
    const text = definition([badge('first', [level('one', [checkFor.p])], 10), badge('last', [level('one', [checkFor.p])], 50)], {
      broken: [{ value: 'second', range: { start: 30, end: 40 } }, { value: null, range: { start: 60, end: 70 } }],
    });
    const { badges } = evaluateProject(text, facts, now);
    assert.deepEqual(badges.map(({ id, status }) => [id, status]), [['first', 'reached'], ['second', 'unknown'], ['last', 'reached'], ['(badge 4)', 'unknown']]);
    assert.equal(badges[1]?.reason, 'its entry in the configuration is wrong: mend what is reported there');
  });

  it('works for an archived and for an empty project', () => {
    const words = badge('all', [level('one', [check('COMMITS', { min: 1 }), check('BUS_FACTOR', { min: 1 }), check('RELEASES', { min: 1 }), check('PROTECTED_BRANCHES', { min: 30 })])]);
    const empty = project({
      project: { path: 'acme/shop', webUrl, archived: true, emptyRepository: true },
      commits: all([]),
      releases: all([]),
      tags: all([]),
      protection: known({ defaultBranch: null, rules: [] }),
    });
    const [result] = evaluateProject(definition([words]), empty, now).badges;
    assert.deepEqual(result?.levels[0]?.checks.map(({ outcome }) => outcome), ['fail', 'fail', 'fail', 'fail']);
    assert.equal(result?.status, 'not_reached');
  });

  it('gives the same result for the same input, and for another spelling of the same moment', () => {
    const input = definition([ladder('p u* f p')]);
    assert.deepEqual(evaluateProject(input, facts, now), evaluateProject(input, facts, now));
    assert.deepEqual(evaluateProject(input, facts, '2026-11-28T13:00:00+01:00'), evaluateProject(input, facts, now));
  });

  it('judges the same facts anew at another moment', () => {
    const input = definition([ladder('p')]);
    const status = (at: string) => evaluateProject(input, facts, at).badges[0]?.status;
    assert.deepEqual([status(now), status('2027-02-01T00:00:00Z'), status(now)], ['reached', 'not_reached', 'reached']);
  });

  it('measures with each threshold of its own what is measured once', () => {
    const [result] = evaluateProject(definition([badge('b', [level('one', [check('COMMITS', { min: 3 }), check('COMMITS', { min: 4 }), check('COMMITS', { max: 3 })])])]), facts, now).badges;
    assert.deepEqual(result?.levels[0]?.checks.map(({ outcome }) => outcome), ['pass', 'fail', 'pass']);
  });
});

describe('unreachableProject', () => {
  it('knows nothing of any badge, and why', () => {
    const result = unreachableProject(definition([ladder('p f')], { broken: [{ value: 'other' }] }), 'acme/gone', webUrl, 'GitLab answered 404');
    assert.deepEqual([result.project, result.webUrl, result.reason], ['acme/gone', webUrl, 'GitLab answered 404']);
    assert.deepEqual(result.badges.map(({ id, status, level: name }) => [id, status, name]), [['maintained', 'unknown', null], ['other', 'unknown', null]]);
    assert.equal(result.badges[0]?.reason, 'GitLab answered 404');
    assert.deepEqual(result.badges[0]?.levels.map(({ reached, checks }) => [reached, checks.map(({ outcome }) => outcome)]), [[null, ['unknown']], [null, ['unknown']]]);
  });
});
