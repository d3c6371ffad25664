import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluateCheck } from '../../../../src/core/levels/check';
import { factorOf } from '../../../../src/core/levels/checks/factor';
import type { CommitFact } from '../../../../src/core/levels/facts';
import { all, check, commit, commitsBy, daysAgo, monthAgo, newest, now, project, shift, times, unknown } from '../builders';

describe('factorOf', () => {
  const cases: [string, number[], number][] = [
    ["CHAOSS's worked example", [1000, 202, 90, 33, 332, 343, 42, 433], 2],
    ['eight equal shares', [10, 10, 10, 10, 10, 10, 10, 10], 4],
    ['one with exactly half', [5, 3, 2], 1],
    ['one with just less than half', [49, 30, 21], 2],
    ['one with just more than half', [51, 30, 19], 1],
    ['two equal shares', [7, 7], 1],
    ['three equal shares', [7, 7, 7], 2],
    ['one alone', [3], 1],
    ['nobody', [], 0],
  ];
  for (const [what, shares, factor] of cases) it(`is ${factor} for ${what}`, () => assert.equal(factorOf(shares).factor, factor));

  const shares = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 20 });
  it('covers half, and with one less it would not', () => {
    fc.assert(
      fc.property(shares, (some) => {
        const { factor, covered, total } = factorOf(some);
        const largest = [...some].sort((a, b) => b - a);
        assert.equal(covered, largest.slice(0, factor).reduce((sum, share) => sum + share, 0));
        assert.ok(covered * 2 >= total && (covered - (largest[factor - 1] ?? 0)) * 2 < total);
      }),
    );
  });
});

const context = { now, personalEmailDomains: ['mail.example', 'post.example'] };
const bus = (commits: readonly CommitFact[], min = 2, months?: number) =>
  evaluateCheck(check('BUS_FACTOR', { min, ...(months !== undefined && { months }) }), project({ commits: all(commits) }), context);
const elephant = (commits: readonly CommitFact[], min = 2) => evaluateCheck(check('ELEPHANT_FACTOR', { min }), project({ commits: all(commits) }), context);
const bot = (author: string) => commit(author, daysAgo(1), { bot: true });

describe('BUS_FACTOR', () => {
  const boundaries: [min: number, counts: number[], outcome: string, value: number][] = [
    [2, [10], 'fail', 1],
    [2, [5, 3, 2], 'fail', 1],
    [2, [4, 3, 3], 'pass', 2],
    [2, [2, 2, 2, 2, 2], 'pass', 3],
    [1, [10], 'pass', 1],
    [1, [], 'fail', 0],
    [0, [], 'pass', 0],
  ];
  for (const [min, counts, outcome, value] of boundaries) {
    it(`is a ${outcome} for min ${min} with ${counts.join(', ') || 'no'} commits`, () => {
      const result = bus(counts.flatMap((count, index) => commitsBy(`dev${index}@acme.example`, count)), min);
      assert.deepEqual([result.outcome, result.value, result.sample], [outcome, value, counts.reduce((sum, count) => sum + count, 0)]);
    });
  }

  it('takes max as well', () => {
    const result = evaluateCheck(check('BUS_FACTOR', { max: 1 }), project({ commits: all(times(3, (index) => commit(`dev${index}@acme.example`))) }), context);
    assert.deepEqual([result.outcome, result.summary], ['fail', 'bus factor 2, needs at most 1: 2 addresses made 67 % of 3 commits since 29 October']);
  });

  it('says who much of it hangs on, without an address', () => {
    const result = bus([...commitsBy('one@acme.example', 151), ...commitsBy('two@acme.example', 40), ...commitsBy('three@acme.example', 21)], 2, 6);
    assert.equal(result.summary, 'bus factor 1, needs 2: one address made 71 % of 212 commits since 28 May');
    assert.deepEqual(result.evidence, [{ text: '3 addresses made the commits: 71 %, 19 %, 10 %' }]);
  });

  it('says that there are no commits', () => assert.equal(bus([]).summary, 'bus factor 0, needs 2: no commits since 29 October'));

  it('leaves bots out', () => {
    const result = bus([...times(9, () => bot('renovate@acme.example')), commit('one@acme.example'), commit('two@acme.example'), commit('three@acme.example')]);
    assert.deepEqual([result.outcome, result.value, result.sample, result.evidence.at(-1)?.text], ['pass', 2, 3, '9 commits by bots left out']);
  });

  it('is 0 with bots alone', () => assert.equal(bus([bot('renovate@acme.example')]).summary, 'bus factor 0, needs 2: no commits but those of bots since 29 October'));

  it('keeps personal and hidden addresses', () => {
    assert.equal(bus(['one@mail.example', 'two@users.noreply.gitlab.example.com', 'three@acme.example'].map((author) => commit(author))).value, 2);
  });

  it('looks at the range only', () => {
    assert.equal(bus([commit('one@acme.example'), commit('two@acme.example', shift(monthAgo, -1)), commit('three@acme.example', shift(monthAgo, -1))]).value, 1);
  });

  it('is the same for the alias', () => assert.equal(bus(commitsBy('one@acme.example', 2)).type, 'BUS_FACTOR'));

  it('passes min 1 on a single commit of an unfinished count', () => {
    const result = evaluateCheck(check('BUS_FACTOR', { min: 1 }), project({ commits: newest([commit()]) }), context);
    assert.deepEqual([result.outcome, result.value, result.atLeast], ['pass', 1, true]);
  });

  it('does not know more from an unfinished count', () => {
    const result = evaluateCheck(check('BUS_FACTOR', { min: 2 }), project({ commits: newest(times(9, (index) => commit(`dev${index}@acme.example`))) }), context);
    assert.deepEqual([result.outcome, result.value], ['unknown', null]);
  });

  it('does not know a longer range than was fetched', () => {
    const result = evaluateCheck(check('BUS_FACTOR', { min: 2 }), project({ commits: all(commitsBy('one@acme.example', 9), daysAgo(10)) }), context);
    assert.match(result.reason ?? '', /fetched for a shorter range, since 18 November/);
  });

  it('is unknown where the commits are', () => {
    assert.equal(evaluateCheck(check('BUS_FACTOR', { min: 2 }), project({ commits: unknown('no access') }), context).reason, 'no access');
  });

  it('does not depend on the order of the commits', () => {
    const authors = fc.array(fc.constantFrom('a@a.example', 'b@b.example', 'c@c.example', 'd@d.example'), { maxLength: 30 });
    fc.assert(
      fc.property(authors, (some) => {
        const commits = some.map((author) => commit(author));
        assert.deepEqual(bus([...commits].reverse()), bus(commits));
        assert.deepEqual(elephant([...commits].reverse()), elephant(commits));
      }),
    );
  });
});

describe('ELEPHANT_FACTOR', () => {
  const boundaries: [min: number, counts: number[], outcome: string, value: number][] = [
    [2, [1000, 202, 90, 33, 332, 343, 42, 433], 'pass', 2],
    [3, [1000, 202, 90, 33, 332, 343, 42, 433], 'fail', 2],
    [4, [3, 3, 3, 3, 3, 3, 3, 3], 'pass', 4],
    [2, [5, 3, 2], 'fail', 1],
    [1, [], 'fail', 0],
  ];
  for (const [min, counts, outcome, value] of boundaries) {
    it(`is a ${outcome} for min ${min} with ${counts.join(', ') || 'no'} commits`, () => {
      const result = elephant(counts.flatMap((count, index) => commitsBy(`dev@org${index}.example`, count)), min);
      assert.deepEqual([result.outcome, result.value], [outcome, value]);
    });
  }

  it('counts the people of one organisation together', () => {
    const result = elephant([...commitsBy('one@acme.example', 3), ...commitsBy('two@eu.acme.example', 3), ...commitsBy('three@other.example', 4)]);
    assert.equal(result.summary, 'elephant factor 1, needs 2: one organisation made 60 % of 10 commits since 29 October');
  });

  const leftOut: [string, string][] = [
    ['a personal domain', 'dev@mail.example'],
    ['a subdomain of one', 'dev@eu.mail.example'],
    ['the second personal domain', 'dev@post.example'],
    ["GitLab's host for hidden addresses", 'dev@users.noreply.gitlab.example.com'],
    ["GitHub's", '1+dev@users.noreply.github.com'],
  ];
  for (const [what, author] of leftOut) {
    it(`leaves out ${what}`, () => {
      const result = elephant([...commitsBy(author, 9), commit('one@acme.example')], 1);
      assert.deepEqual([result.value, result.sample, result.evidence.at(-1)?.text], [1, 1, '9 commits from addresses of no organisation left out']);
    });
  }

  const kept: [string, string][] = [
    ['a domain that only ends like a personal one', 'dev@notmail.example'],
    ['a host below noreply of an organisation', 'dev@noreply.acme.example'],
    ['a subdomain with that name', 'dev@eu.users.noreply.acme.example'],
  ];
  for (const [what, author] of kept) {
    it(`keeps ${what}`, () => assert.equal(elephant([commit(author)], 1).value, 1));
  }

  it('leaves out what has no domain, and bots', () => {
    const result = elephant([commit('root', daysAgo(1), { organisation: null }), bot('renovate@acme.example'), commit('one@acme.example')], 1);
    assert.deepEqual([result.sample, result.evidence.slice(1).map(({ text }) => text)], [1, ['1 commit from addresses of no organisation left out', '1 commit by bots left out']]);
  });

  it('is 0 where nobody commits for an organisation', () => {
    assert.equal(elephant([commit('dev@mail.example')], 1).summary, 'elephant factor 0, needs 1: no commits from an address of an organisation since 29 October');
  });

  it('names an organisation, but not one that a single address stands for', () => {
    const result = elephant([commit('one@acme.example'), commit('two@acme.example'), commit('me@own.example')]);
    assert.deepEqual(result.evidence, [{ text: '2 organisations made the commits: 67 %, 33 %' }, { text: 'acme.example: 2 commits by 2 addresses' }]);
  });
});

describe('the factors', () => {
  it('never print an address', () => {
    const authors = fc.array(fc.emailAddress(), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(authors, (some) => {
        const commits = some.map((author) => commit(author.toLowerCase()));
        for (const { summary, evidence } of [bus(commits), elephant(commits)]) assert.ok(!JSON.stringify([summary, evidence]).includes('@'));
      }),
    );
  });
});
