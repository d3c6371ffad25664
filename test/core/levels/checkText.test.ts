import assert from 'node:assert/strict';
import { evaluateCheck } from '../../../src/core/levels/check';
import { comparison, neededText, spokenCheck } from '../../../src/core/levels/checkText';
import type { CheckDefinition } from '../../../src/core/levels/definition';
import type { Fact } from '../../../src/core/fact';
import type { DecisionFact, ProjectFacts } from '../../../src/core/levels/facts';
import { all, check, commit, commitsBy, comment, daysAgo, issue, issues, known, mergeRequest, newest, now, project, release, times, unknown } from './builders';

const facts = project({
  commits: all([...commitsBy('a@acme.example', 2), commit('b@acme.example')]),
  // By as many people, so that none of them opens enough to be a member.
  issues: issues(times(30, (index) => issue(index + 1, daysAgo(10), `guest${index}`, [comment(daysAgo(7.9), 'maintainer')]))),
  members: known(new Map([['maintainer', 40]])),
  releases: all([release('v1')]),
  tags: all([]),
  mergeRequests: all([mergeRequest(1), mergeRequest(2, { mergedBy: 'outsider' }), mergeRequest(3, { mergedBy: 'outsider' })]),
  protection: known({ defaultBranch: 'main', rules: [{ pattern: 'main', allowForcePush: false, pushAccessLevels: [40] }] }),
  decisions: new Map<string, Fact<DecisionFact>>([['https://example.org/granted.json', known({ granted: true, by: null, ignored: [] })], ['https://example.org/none.json', known({ granted: false, by: null, ignored: [] })]]),
});
const result = (definition: CheckDefinition, of: ProjectFacts = facts) => evaluateCheck(definition, of, { now, personalEmailDomains: [] });

describe('a check in a list', () => {
  const cases: readonly (readonly [string, CheckDefinition, string, string, ProjectFacts?])[] = [
    ['a count below', check('RELEASES', { min: 2, months: 6 }), '1, needs 2 · 6 months', 'releases: not passed. 1, at least 2 is needed, in 6 months'],
    ['a count at the bound', check('COMMITS', { min: 3, months: 1 }), '3 ≥ 3 · 1 month', 'commits: passed. 3, at least 3 is needed, in 1 month'],
    ['no range, which is 30 days', check('COMMITS', { min: 4 }), '3, needs 4 · 30 days', 'commits: not passed. 3, at least 4 is needed, in 30 days'],
    ['an upper bound', check('COMMITS', { max: 2 }), '3, needs at most 2 · 30 days', 'commits: not passed. 3, at most 2 is allowed, in 30 days'],
    ['both bounds', check('COMMITS', { min: 1, max: 5 }), '1 ≤ 3 ≤ 5 · 30 days', 'commits: passed. 3, 1 to 5 is needed, in 30 days'],
    ['days, with one digit', check('ISSUE_REACTION_TIME', { max: 7, months: 3 }), '2.1 ≤ 7 days · 3 months', 'issue reaction: passed. 2.1 days, at most 7 days is allowed, in 3 months'],
    ['more digits where one would be on the wrong side', check('ISSUE_REACTION_TIME', { max: 2.14, months: 3 }), '2.1 ≤ 2.14 days · 3 months', 'issue reaction: passed. 2.1 days, at most 2.14 days is allowed, in 3 months'],
    ['percent', check('CODE_REVIEW', { min: 50 }), '33.3 %, needs 50 % · 30 days', 'reviewed merge requests: not passed. 33.3 %, at least 50 % is needed, in 30 days'],
    ['people', check('BUS_FACTOR', { min: 2 }), '1, needs 2 · 30 days', 'bus factor: not passed. 1, at least 2 is needed, in 30 days'],
    ['days above the bound', check('ISSUE_REACTION_TIME', { max: 1, months: 3 }), '2.1 days, needs at most 1 day · 3 months', 'issue reaction: not passed. 2.1 days, at most 1 day is allowed, in 3 months'],
    ['a value outside of both bounds', check('COMMITS', { min: 4, max: 5 }), '3, needs 4 to 5 · 30 days', 'commits: not passed. 3, 4 to 5 is needed, in 30 days'],
    ['one of the access levels', check('PROTECTED_BRANCHES', { min: 60 }), 'push by Maintainer, needs Administrator or higher', 'branch protection: not passed. push by Maintainer, needs Administrator or higher'],
    ['an access level', check('PROTECTED_BRANCHES', { min: 40 }), 'push by Maintainer, needs Maintainer or higher', 'branch protection: passed. push by Maintainer, needs Maintainer or higher'],
    ['an access level between two roles', check('PROTECTED_BRANCHES', { min: 45 }), 'push by Maintainer, needs level 45 or higher', 'branch protection: not passed. push by Maintainer, needs level 45 or higher'],
    ['the strictest access level', check('PROTECTED_BRANCHES', { min: 100 }), 'push by Maintainer, needs no one', 'branch protection: not passed. push by Maintainer, needs no one'],
    ['the most lenient access level', check('PROTECTED_BRANCHES', { max: 30 }), 'push by Maintainer, needs at most Developer', 'branch protection: not passed. push by Maintainer, needs at most Developer'],
    ['two access levels', check('PROTECTED_BRANCHES', { min: 30, max: 60 }), 'push by Maintainer, needs Developer to Administrator', 'branch protection: passed. push by Maintainer, needs Developer to Administrator'],
    ['a grant', check('MANUAL', {}, 'https://example.org/granted.json'), 'granted', 'decision: passed. granted'],
    ['no grant', check('MANUAL', {}, 'https://example.org/none.json'), 'not granted', 'decision: not passed. not granted'],
    ['what is unknown', check('PACKAGES', { min: 1 }), 'unknown, needs 1 · 30 days', 'packages: could not be determined. no value, at least 1 is needed, in 30 days', project({ packages: unknown('off'), images: unknown('off'), releases: unknown('off') })],
    ['a lower bound', check('COMMITS', { min: 2, months: 6 }), '2+ ≥ 2 · 6 months', 'commits: passed. at least 2, at least 2 is needed, in 6 months', project({ commits: newest(commitsBy('a@acme.example', 2)) })],
  ];
  for (const [what, definition, shown, spoken, of] of cases) {
    it(`shows and says ${what}`, () => {
      const judged = result(definition, of);
      assert.equal(comparison(judged), shown);
      assert.equal(spokenCheck(judged), spoken);
    });
  }

  for (const [what, definition, needed] of [
    ['a least number', check('COMMITS', { min: 3, months: 1 }), 'needs 3 · 1 month'],
    ['a most', check('ISSUE_REACTION_TIME', { max: 7 }), 'needs at most 7 days · 30 days'],
    ['a role', check('PROTECTED_BRANCHES', { min: 40 }), 'needs Maintainer or higher'],
    ['a grant', check('MANUAL', {}, 'https://example.org/none.json'), 'needs a grant'],
    ['nothing', check('COMMITS', {}), ''],
  ] as const) {
    it(`asks for ${what}`, () => assert.equal(neededText(result(definition)), needed));
  }

  it('has words for nothing to measure', () => {
    const judged = result(check('ISSUE_REACTION_TIME', { max: 7 }), project({ issues: issues([]), members: known(new Map()) }));
    assert.equal(comparison(judged), 'no issues since 29 October · 30 days');
    assert.equal(spokenCheck(judged), 'issue reaction: passed. no issues since 29 October, at most 7 days is allowed, in 30 days');
  });

  it('says how strict the strictest is', () => {
    const nobody = project({ protection: known({ defaultBranch: 'main', rules: [{ pattern: 'main', allowForcePush: false, pushAccessLevels: [] }] }) });
    assert.equal(spokenCheck(result(check('PROTECTED_BRANCHES', { min: 40 }), nobody)), 'branch protection: passed. push by no one, needs Maintainer or higher');
    assert.equal(comparison(result(check('PROTECTED_BRANCHES', { min: 40 }), project({ protection: known({ defaultBranch: 'main', rules: [] }) }))), 'unprotected, needs Maintainer or higher');
  });

  it('never shows a value as if it were on the other side of its bound', () => {
    for (const max of [2.1, 2.0999]) {
      const judged = result(check('ISSUE_REACTION_TIME', { max, months: 3 }));
      const [shown = NaN] = comparison(judged).split(' ').map(Number);
      assert.equal(shown <= max, judged.outcome === 'pass', comparison(judged));
    }
  });

});
