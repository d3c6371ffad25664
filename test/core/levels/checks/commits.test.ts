import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluateCheck } from '../../../../src/core/levels/check';
import type { CommitFact } from '../../../../src/core/levels/facts';
import { all, check, commit, daysAgo, failed, monthAgo, newest, now, project, shift, times, unknown } from '../builders';

const context = { now, personalEmailDomains: [] };
const commits = (count: number): CommitFact[] => times(count, () => commit());
const evaluate = (bounds: Parameters<typeof check>[1], facts: Parameters<typeof project>[0]) => evaluateCheck(check('COMMITS', bounds), project(facts), context);

describe('COMMITS', () => {
  const boundaries: { bounds: Parameters<typeof check>[1]; count: number; outcome: string; summary: string }[] = [
    { bounds: { min: 5 }, count: 4, outcome: 'fail', summary: '4 commits since 29 October, needs 5' },
    { bounds: { min: 5 }, count: 5, outcome: 'pass', summary: '5 commits since 29 October, needs 5' },
    { bounds: { min: 5 }, count: 6, outcome: 'pass', summary: '6 commits since 29 October, needs 5' },
    { bounds: { min: 1 }, count: 0, outcome: 'fail', summary: '0 commits since 29 October, needs 1' },
    { bounds: { min: 1 }, count: 1, outcome: 'pass', summary: '1 commit since 29 October, needs 1' },
    { bounds: { max: 2 }, count: 2, outcome: 'pass', summary: '2 commits since 29 October, needs at most 2' },
    { bounds: { max: 2 }, count: 3, outcome: 'fail', summary: '3 commits since 29 October, needs at most 2' },
    { bounds: { min: 2, max: 3 }, count: 1, outcome: 'fail', summary: '1 commit since 29 October, needs 2 to 3' },
    { bounds: { min: 2, max: 3 }, count: 2, outcome: 'pass', summary: '2 commits since 29 October, needs 2 to 3' },
    { bounds: { min: 2, max: 3 }, count: 3, outcome: 'pass', summary: '3 commits since 29 October, needs 2 to 3' },
    { bounds: { min: 2, max: 3 }, count: 4, outcome: 'fail', summary: '4 commits since 29 October, needs 2 to 3' },
    { bounds: { min: 2, max: 2 }, count: 2, outcome: 'pass', summary: '2 commits since 29 October, needs exactly 2' },
    { bounds: { min: 2.5 }, count: 2, outcome: 'fail', summary: '2 commits since 29 October, needs 2.5' },
    { bounds: { min: 2.5 }, count: 3, outcome: 'pass', summary: '3 commits since 29 October, needs 2.5' },
    { bounds: { min: 0 }, count: 0, outcome: 'pass', summary: '0 commits since 29 October, needs 0' },
  ];
  for (const { bounds, count, outcome, summary } of boundaries) {
    it(`is a ${outcome} with ${summary}`, () => {
      const result = evaluate(bounds, { commits: all(commits(count)) });
      assert.deepEqual([result.outcome, result.value, result.atLeast, result.sample, result.summary], [outcome, count, false, count, summary]);
    });
  }

  it('counts both ends of the range in, the last to the end of its second, and nothing outside', () => {
    const at = [shift(monthAgo, -1), monthAgo, daysAgo(3), now, shift(now, 999), shift(now, 1000)];
    const result = evaluate({ min: 4, max: 4 }, { commits: all(at.map((time) => commit('a@b.example', time))) });
    assert.deepEqual([result.outcome, result.value, result.range], ['pass', 4, { from: monthAgo, to: now }]);
  });

  it('compares instants, not the clocks of other zones', () => {
    const result = evaluate({ min: 1 }, { commits: all([commit('a@b.example', '2026-10-29T14:00:00.000+02:00'), commit('a@b.example', '2026-10-29T12:30:00.000+02:00')]) });
    assert.equal(result.value, 1);
  });

  it('looks back calendar months', () => {
    const result = evaluate({ min: 1, months: 6 }, { commits: all([commit('a@b.example', '2026-05-28T12:00:00.000Z'), commit('a@b.example', '2026-05-28T11:59:59.999Z')]) });
    assert.deepEqual([result.value, result.range?.from, result.summary], [1, '2026-05-28T12:00:00.000Z', '1 commit since 28 May, needs 1']);
  });

  it('names the year of a range that starts in another one', () => {
    assert.equal(evaluate({ min: 1, months: 12 }, { commits: all(commits(1)) }).summary, '1 commit since 28 November 2025, needs 1');
  });

  it('counts bots, as GitLab does, and says so', () => {
    const result = evaluate({ min: 2 }, { commits: all([commit(), commit('bot@acme.example', daysAgo(1), { bot: true })]) });
    assert.deepEqual([result.outcome, result.evidence[0]?.text], ['pass', '2 commits on the default branch, 1 of them by bots']);
  });

  const incomplete: { it: string; facts: Parameters<typeof project>[0]; bounds: Parameters<typeof check>[1]; outcome: string; value: number | null }[] = [
    { it: 'passes on a lower bound that reaches min', facts: { commits: newest(commits(5)) }, bounds: { min: 5 }, outcome: 'pass', value: 5 },
    { it: 'fails on a lower bound above max', facts: { commits: newest(commits(3)) }, bounds: { max: 2 }, outcome: 'fail', value: 3 },
    { it: 'does not know with a lower bound below min', facts: { commits: newest(commits(4)) }, bounds: { min: 5 }, outcome: 'unknown', value: null },
    { it: 'does not know with a lower bound below max', facts: { commits: newest(commits(2)) }, bounds: { max: 2 }, outcome: 'unknown', value: null },
    { it: 'does not know with a lower bound between min and max', facts: { commits: newest(commits(2)) }, bounds: { min: 1, max: 3 }, outcome: 'unknown', value: null },
    { it: 'passes on what a shorter range holds', facts: { commits: all(commits(5), daysAgo(10)) }, bounds: { min: 5 }, outcome: 'pass', value: 5 },
    { it: 'does not know where a shorter range holds too little', facts: { commits: all(commits(4), daysAgo(10)) }, bounds: { min: 5 }, outcome: 'unknown', value: null },
  ];
  for (const { it: fact, facts, bounds, outcome, value } of incomplete) {
    it(fact, () => {
      const result = evaluate(bounds, facts);
      assert.deepEqual([result.outcome, result.value, result.atLeast], [outcome, value, outcome !== 'unknown']);
    });
  }

  it('says that a value is a lower bound', () => {
    assert.equal(evaluate({ min: 5 }, { commits: newest(commits(5)) }).summary, 'at least 5 commits since 29 October, needs 5');
  });

  it('says that the facts were fetched for a shorter range', () => {
    const result = evaluate({ min: 5 }, { commits: all(commits(4), daysAgo(10)) });
    assert.equal(result.reason, 'at least 4 commits since 29 October, needs 5; the facts were fetched for a shorter range, since 18 November: evaluate again');
    assert.equal(result.summary, `number of commits unknown: ${result.reason}`);
  });

  it('says that the facts were fetched for lower thresholds', () => {
    assert.match(evaluate({ min: 5 }, { commits: newest(commits(4)) }).reason ?? '', /fetched for lower thresholds, with which the newest 4 were enough/);
  });

  it('knows all of the range where counting stopped beyond its start', () => {
    const result = evaluate({ min: 5 }, { commits: newest([...commits(4), commit('a@b.example', shift(monthAgo, -1))]) });
    assert.deepEqual([result.outcome, result.value, result.atLeast], ['fail', 4, false]);
  });

  it('does not take one at the very start for the end of the range: another may have the same time', () => {
    assert.equal(evaluate({ min: 5 }, { commits: newest([...commits(3), commit('a@b.example', monthAgo)]) }).outcome, 'unknown');
  });

  const unread: [string, ReturnType<typeof unknown> | null, RegExp][] = [
    ['unknown', unknown('GitLab answered 403'), /^GitLab answered 403$/],
    ['failed', failed('GitLab answered 500'), /^GitLab answered 500$/],
    ['not fetched', null, /^the commits were not fetched: evaluate again$/],
  ];
  for (const [state, fact, reason] of unread) {
    it(`is unknown where the commits are ${state}, never a fail`, () => {
      const result = evaluate({ min: 1 }, { commits: fact });
      assert.deepEqual([result.outcome, result.value, result.sample], ['unknown', null, null]);
      assert.match(result.reason ?? '', reason);
      assert.deepEqual(result.range, { from: monthAgo, to: now });
    });
  }

  it('is unknown without any bound', () => assert.match(evaluate({}, { commits: all(commits(3)) }).reason ?? '', /neither min nor max/));

  const histories = fc.array(fc.nat(90).map((days) => commit('a@b.example', daysAgo(days))), { maxLength: 30 });
  it('has the same result in any order', () => {
    fc.assert(
      fc.property(histories, fc.nat(10), fc.func(fc.integer()), (history, min, rank) => {
        const shuffled = [...history].sort((a, b) => rank(a.at) - rank(b.at));
        assert.deepEqual(evaluate({ min }, { commits: all(shuffled) }), evaluate({ min }, { commits: all(history) }));
      }),
    );
  });
  it('never counts less with a commit more, and never ends a pass', () => {
    fc.assert(
      fc.property(histories, fc.nat(90), fc.nat(10), (history, days, min) => {
        const before = evaluate({ min }, { commits: all(history) });
        const after = evaluate({ min }, { commits: all([...history, commit('a@b.example', daysAgo(days))]) });
        assert.ok((after.value ?? -1) >= (before.value ?? -1));
        assert.ok(before.outcome !== 'pass' || after.outcome === 'pass');
      }),
    );
  });
  it('says of the newest alone nothing that the whole history contradicts', () => {
    fc.assert(
      fc.property(histories, fc.nat(30), fc.nat(10), fc.option(fc.nat(10), { nil: undefined }), (history, kept, min, max) => {
        const sorted = [...history].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
        const bounds = { min, ...(max !== undefined && { max }) };
        const part = evaluate(bounds, { commits: newest(sorted.slice(0, kept)) });
        assert.ok(part.outcome === 'unknown' || part.outcome === evaluate(bounds, { commits: all(sorted) }).outcome);
      }),
    );
  });
});
