import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CheckDefinition } from '../../../src/core/levels/definition';
import { demandOf } from '../../../src/core/levels/demand';
import { evaluateCheck } from '../../../src/core/levels/check';
import { all, badge, check, commit, daysAgo, level, monthAgo, newest, now, project } from './builders';

const demand = (...checks: CheckDefinition[]) => demandOf([badge('maintained', [level('silver', checks)])], now);
const halfYear = '2026-05-28T12:00:00.000Z';
const quarter = '2026-08-28T12:00:00.000Z';

describe('demandOf', () => {
  it('wants nothing for nothing', () => {
    assert.deepEqual(demandOf([], '2026-11-28T13:00:00+01:00'), {
      now,
      commits: [],
      issues: [],
      releases: [],
      packages: [],
      pipelines: [],
      mergeRequests: [],
      members: false,
      protection: false,
      decisions: [],
      subsequentUse: false,
    });
  });

  const counts: { it: string; checks: CheckDefinition[]; commits: unknown[] }[] = [
    { it: 'needs as many as min', checks: [check('COMMITS', { min: 5 })], commits: [{ since: monthAgo, enough: 5 }] },
    { it: 'needs one more than max', checks: [check('COMMITS', { max: 5 })], commits: [{ since: monthAgo, enough: 6 }] },
    { it: 'needs one more than max beside min', checks: [check('COMMITS', { min: 2, max: 5 })], commits: [{ since: monthAgo, enough: 6 }] },
    { it: 'needs whole ones', checks: [check('COMMITS', { min: 2.5 })], commits: [{ since: monthAgo, enough: 3 }] },
    { it: 'needs whole ones above max', checks: [check('COMMITS', { max: 2.5 })], commits: [{ since: monthAgo, enough: 3 }] },
    { it: 'needs one at least', checks: [check('COMMITS', { min: 0 })], commits: [{ since: monthAgo, enough: 1 }] },
    { it: 'needs nothing for a check that nothing decides', checks: [check('COMMITS')], commits: [] },
    { it: 'needs all for the bus factor', checks: [check('BUS_FACTOR', { min: 2 })], commits: [{ since: monthAgo, enough: null }] },
    { it: 'needs all for the elephant factor', checks: [check('ELEPHANT_FACTOR', { min: 2 })], commits: [{ since: monthAgo, enough: null }] },
    { it: 'keeps the most of one range', checks: [check('COMMITS', { min: 5 }), check('COMMITS', { min: 9 }), check('COMMITS', { min: 5 })], commits: [{ since: monthAgo, enough: 9 }] },
    { it: 'needs no count where all of the range is needed', checks: [check('COMMITS', { min: 5 }), check('BUS_FACTOR', { min: 2 })], commits: [{ since: monthAgo, enough: null }] },
    { it: 'needs no shorter range than one that is needed whole', checks: [check('COMMITS', { min: 5 }), check('BUS_FACTOR', { min: 2, months: 6 })], commits: [{ since: halfYear, enough: null }] },
    { it: 'needs no shorter range with no more', checks: [check('COMMITS', { min: 5, months: 3 }), check('COMMITS', { min: 5, months: 6 })], commits: [{ since: halfYear, enough: 5 }] },
    {
      it: 'needs a shorter range with more, longest first',
      checks: [check('COMMITS', { min: 9, months: 3 }), check('COMMITS', { min: 5, months: 6 })],
      commits: [{ since: halfYear, enough: 5 }, { since: quarter, enough: 9 }],
    },
    {
      it: 'needs a shorter range whole beside a longer count',
      checks: [check('BUS_FACTOR', { min: 2, months: 3 }), check('COMMITS', { min: 5, months: 6 })],
      commits: [{ since: halfYear, enough: 5 }, { since: quarter, enough: null }],
    },
  ];
  for (const { it: fact, checks, commits } of counts) it(fact, () => assert.deepEqual(demand(...checks).commits, commits));

  it('needs issues and members for the reaction time', () => {
    const { issues, members } = demand(check('ISSUE_REACTION_TIME', { max: 7, months: 3 }));
    assert.deepEqual([issues, members], [[{ since: quarter, enough: null }], true]);
  });
  it('needs the issues of each range, since their totals are by range', () => {
    assert.deepEqual(
      demand(check('ISSUE_REACTION_TIME', { max: 7 }), check('ISSUE_REACTION_TIME', { max: 9 }), check('ISSUE_REACTION_TIME', { max: 7, months: 3 })).issues.map(({ since }) => since),
      [quarter, monthAgo],
    );
  });
  it('needs merge requests and members for the review', () => {
    const { mergeRequests, members } = demand(check('CODE_REVIEW', { min: 75, months: 6 }));
    assert.deepEqual([mergeRequests, members], [[{ since: halfYear, enough: null }], true]);
  });
  it('needs releases', () => assert.deepEqual(demand(check('RELEASES', { min: 1, months: 6 })).releases, [{ since: halfYear, enough: 1 }]));
  it('needs releases for each of two ranges: tags count with them, and those of the shorter one may be tags alone', () => {
    const twice = demand(check('RELEASES', { min: 1, months: 6 }), check('RELEASES', { min: 3, months: 6 }), check('RELEASES', { min: 3, months: 6 }), check('RELEASES', { min: 1, months: 3 }));
    assert.deepEqual(twice.releases, [{ since: halfYear, enough: 3 }, { since: halfYear, enough: 1 }, { since: quarter, enough: 1 }]);
  });
  it('needs packages', () => assert.deepEqual(demand(check('PACKAGES', { min: 1, months: 6 })).packages, [{ since: halfYear, enough: 1 }]));
  it('needs pipelines by range, each once', () => {
    assert.deepEqual(demand(check('CI_PIPELINES', { min: 1 }), check('CI_PIPELINES', { min: 9 }), check('CI_PIPELINES', { min: 1, months: 6 })).pipelines, [halfYear, monthAgo]);
  });
  it('needs the protection', () => assert.equal(demand(check('PROTECTED_BRANCHES', { min: 40 })).protection, true));
  it('needs the reports of use', () => assert.equal(demand(check('SUBSEQUENT_USE', { min: 1 })).subsequentUse, true));
  it('needs each decision JSON once, with bounds or without', () => {
    assert.deepEqual(demand(check('MANUAL', {}, 'https://a.example/x.json'), check('MANUAL', { min: 1 }, 'https://a.example/x.json'), check('MANUAL')).decisions, ['https://a.example/x.json']);
  });
  it('looks at every level of every badge', () => {
    const { protection, subsequentUse } = demandOf(
      [badge('a', [level('1', []), level('2', [check('PROTECTED_BRANCHES', { min: 40 })])]), badge('b', [level('1', [check('SUBSEQUENT_USE', { min: 1 })])])],
      now,
    );
    assert.deepEqual([protection, subsequentUse], [true, true]);
  });

  it('is met by a count that stops as soon as it may: every check is then decided as by the whole history', () => {
    const bound = fc.option(fc.integer({ min: 0, max: 8 }), { nil: undefined });
    const checks = fc.array(
      fc.record({ type: fc.constantFrom('COMMITS' as const, 'BUS_FACTOR' as const), months: fc.integer({ min: 1, max: 6 }), min: fc.integer({ min: 0, max: 8 }), max: bound }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(checks, fc.array(fc.nat(220), { maxLength: 20 }), (some, days) => {
        const wanted = some.map(({ type, months, min, max }) => check(type, { months, min, ...(max !== undefined && { max }) }));
        const history = days.sort((a, b) => a - b).map((age, index) => commit(`dev${index % 3}@acme.example`, daysAgo(age)));
        const demands = demand(...wanted).commits;
        const answered = (count: number) =>
          demands.every(({ since, enough }) => {
            const inside = history.slice(0, count).filter(({ at }) => Date.parse(at) >= Date.parse(since)).length;
            return inside < count || (enough !== null && inside >= enough);
          });
        let read = 0;
        while (read < history.length && !answered(read)) read += 1;
        const facts = project({ commits: read < history.length ? newest(history.slice(0, read), demands[0]?.since) : all(history, demands[0]?.since) });
        const context = { now, personalEmailDomains: [] };
        for (const one of wanted) {
          assert.equal(evaluateCheck(one, facts, context).outcome, evaluateCheck(one, project({ commits: all(history) }), context).outcome);
        }
      }),
      { numRuns: 500 },
    );
  });
});
