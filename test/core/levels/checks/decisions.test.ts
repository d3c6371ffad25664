import assert from 'node:assert/strict';
import { evaluateCheck } from '../../../../src/core/levels/check';
import type { MergeRequestFact, ProtectionRule } from '../../../../src/core/levels/facts';
import { all, check, daysAgo, known, mergeRequest, monthAgo, now, project, shift, times, unknown } from '../builders';

const context = { now, personalEmailDomains: [] };

describe('CODE_REVIEW', () => {
  const members = known(new Map([['maintainer', 40], ['owner', 50], ['developer', 30]]));
  const review = (requests: readonly MergeRequestFact[], min = 100, since?: string) =>
    evaluateCheck(check('CODE_REVIEW', { min }), project({ mergeRequests: all(requests, since), members }), context);

  const reviewed: [string, Partial<MergeRequestFact>, boolean][] = [
    ['a maintainer may merge an own one', { author: 'maintainer', mergedBy: 'maintainer' }, true],
    ["a maintainer's merge of another's counts", { author: 'outsider', mergedBy: 'maintainer' }, true],
    ["an owner's merge counts", { author: 'outsider', mergedBy: 'owner' }, true],
    ["a developer's merge does not", { author: 'outsider', mergedBy: 'developer' }, false],
    ["a developer's merge with a maintainer's approval does", { author: 'outsider', mergedBy: 'developer', approvedBy: ['developer', 'maintainer'] }, true],
    ["a developer's merge with a developer's approval does not", { author: 'outsider', mergedBy: 'developer', approvedBy: ['developer'] }, false],
    ["a developer's merge of a maintainer's own does not", { author: 'maintainer', mergedBy: 'developer' }, false],
    ["an outsider's merge does not", { mergedBy: 'outsider' }, false],
    ["an account's merge that is gone does not", { mergedBy: null }, false],
    ["an account's merge that is gone does with an approval", { mergedBy: null, approvedBy: ['owner'] }, true],
    ['upper and lower case of a name do not matter', { mergedBy: 'Maintainer' }, true],
  ];
  for (const [fact, more, expected] of reviewed) {
    it(fact, () => assert.equal(review([mergeRequest(1, more)]).value, expected ? 100 : 0));
  }

  const boundaries: [min: number, good: number, total: number, outcome: string][] = [
    [75, 2, 3, 'fail'],
    [75, 3, 4, 'pass'],
    [75, 4, 5, 'pass'],
    [100, 99, 100, 'fail'],
    [100, 100, 100, 'pass'],
    [1, 0, 3, 'fail'],
    [0, 0, 3, 'pass'],
  ];
  for (const [min, good, total, outcome] of boundaries) {
    it(`is a ${outcome} for min ${min} with ${good} of ${total} reviewed`, () => {
      assert.equal(review(times(total, (index) => mergeRequest(index, { mergedBy: index < good ? 'maintainer' : 'developer' })), min).outcome, outcome);
    });
  }

  it('explains itself', () => {
    const result = review([mergeRequest(7), mergeRequest(8, { mergedBy: 'developer' })], 75);
    assert.equal(result.summary, '50 % of 2 merge requests since 29 October reviewed, needs 75 %');
    assert.equal(result.evidence[0]?.text, '1 of 2 merge requests without the review of a maintainer');
    assert.deepEqual(result.evidence[1], { text: '!8 was merged without it', url: 'https://gitlab.example.com/acme/shop/-/merge_requests/8' });
  });

  it('looks at what was merged in the range', () => {
    const result = review([mergeRequest(1, { at: monthAgo }), mergeRequest(2, { at: shift(monthAgo, -1), mergedBy: null }), mergeRequest(3, { at: shift(now, 1000), mergedBy: null })]);
    assert.deepEqual([result.value, result.sample], [100, 1]);
  });

  const open: [string, ReturnType<typeof review>, RegExp][] = [
    ['nothing was merged', review([]), /nothing to judge, no merge request was merged since 29 October/],
    ['a shorter range was fetched', review([mergeRequest(1)], 75, daysAgo(10)), /fetched for a shorter range/],
    ['the members are unknown', evaluateCheck(check('CODE_REVIEW', { min: 1 }), project({ mergeRequests: all([mergeRequest(1)]), members: unknown('403') }), context), /^403$/],
    ['the merge requests are unknown', evaluateCheck(check('CODE_REVIEW', { min: 1 }), project({ mergeRequests: unknown('off'), members }), context), /^off$/],
    ['nothing was fetched', evaluateCheck(check('CODE_REVIEW', { min: 1 }), project(), context), /merge requests were not fetched/],
  ];
  for (const [what, result, reason] of open) {
    it(`is unknown where ${what}`, () => {
      assert.equal(result.outcome, 'unknown');
      assert.match(result.reason ?? '', reason);
    });
  }
});

describe('PROTECTED_BRANCHES', () => {
  const rule = (pushAccessLevels: readonly number[], allowForcePush = false, pattern = 'main'): ProtectionRule => ({ pattern, allowForcePush, pushAccessLevels });
  const protect = (rules: readonly ProtectionRule[], min = 40, defaultBranch: string | null = 'main') =>
    evaluateCheck(check('PROTECTED_BRANCHES', { min }), project({ protection: known({ defaultBranch, rules }) }), context);

  const cases: { it: string; rules: readonly ProtectionRule[]; branch?: string | null; value: number; summary: string }[] = [
    { it: 'is 0 where the branch is not protected', rules: [], value: 0, summary: 'unprotected, needs Maintainer or higher: main is not protected' },
    { it: 'is 0 where it is open to force push', rules: [rule([40], true)], value: 0, summary: 'unprotected, needs Maintainer or higher: main is open to force push' },
    { it: 'is 0 where any rule opens it to force push', rules: [rule([40]), rule([60], true, 'm*')], value: 0, summary: 'unprotected, needs Maintainer or higher: main is open to force push' },
    { it: 'is 30 for developers', rules: [rule([30])], value: 30, summary: 'push to main by Developer, needs Maintainer or higher' },
    { it: 'is 40 for maintainers', rules: [rule([40])], value: 40, summary: 'push to main by Maintainer, needs Maintainer or higher' },
    { it: 'is 60 for administrators', rules: [rule([60])], value: 60, summary: 'push to main by Administrator, needs Maintainer or higher' },
    { it: 'is 100 for no one', rules: [rule([0])], value: 100, summary: 'push to main by no one, needs Maintainer or higher' },
    { it: 'is 100 for an empty list', rules: [rule([])], value: 100, summary: 'push to main by no one, needs Maintainer or higher' },
    { it: 'is the least of several levels', rules: [rule([60, 30, 40])], value: 30, summary: 'push to main by Developer, needs Maintainer or higher' },
    { it: 'is the least of several rules', rules: [rule([0]), rule([40], false, 'm*')], value: 40, summary: 'push to main by Maintainer, needs Maintainer or higher' },
    { it: 'is 0 in an empty repository', rules: [], branch: null, value: 0, summary: 'unprotected, needs Maintainer or higher: the repository is empty and has no default branch' },
  ];
  for (const { it: fact, rules, branch = 'main', value, summary } of cases) {
    it(fact, () => {
      const result = protect(rules, 40, branch);
      assert.deepEqual([result.value, result.outcome, result.summary], [value, value >= 40 ? 'pass' : 'fail', summary]);
    });
  }

  it('has no range, and says which rules there are', () => {
    const result = protect([rule([40, 30]), rule([], true, '*')]);
    assert.equal(result.range, null);
    assert.deepEqual(result.evidence.map(({ text }) => text), [
      'rule main: push allowed for Developer, Maintainer, force push off',
      'rule *: no one may push, force push allowed',
    ]);
  });

  it('is unknown where the rules are', () => {
    assert.equal(evaluateCheck(check('PROTECTED_BRANCHES', { min: 30 }), project({ protection: unknown('needs Maintainer') }), context).reason, 'needs Maintainer');
  });
});

describe('MANUAL', () => {
  const url = 'https://gitlab.example.com/acme/decisions/-/raw/main/open-source.json?token=secret';
  const decide = (decision: { granted: boolean | null; by?: string; ignored?: readonly string[] }, bounds = {}) =>
    evaluateCheck(
      check('MANUAL', bounds, url),
      project({
        decisions: new Map([[url, known({ granted: decision.granted, by: decision.by === undefined ? null : { list: 'grantedRegex', entry: decision.by }, ignored: decision.ignored ?? [] })]]),
      }),
      context,
    );

  it('passes where it is granted, and says by what', () => {
    const result = decide({ granted: true, by: 'https://gitlab.example.com/acme/.*' });
    assert.deepEqual([result.outcome, result.value, result.summary], ['pass', 1, 'granted by open-source.json']);
    assert.deepEqual(result.evidence, [{ text: 'grantedRegex of open-source.json has "https://gitlab.example.com/acme/.*"' }]);
  });
  it('fails where it is not', () => {
    const result = decide({ granted: false });
    assert.deepEqual([result.outcome, result.value, result.summary], ['fail', 0, 'not granted by open-source.json']);
  });
  it('is decided by the JSON alone, whatever bounds there are', () => {
    assert.equal(decide({ granted: true }, { max: 0 }).outcome, 'pass');
    assert.equal(decide({ granted: false }, { min: 0 }).outcome, 'fail');
  });
  it('does not know where a pattern that could not be tried might grant it', () => {
    const result = decide({ granted: null, ignored: ['a lookahead cannot be matched'] });
    assert.deepEqual([result.outcome, result.value, result.evidence], ['unknown', null, []]);
    assert.equal(result.reason, 'not granted by open-source.json; not all of it could be used: a lookahead cannot be matched');
  });
  it('is decided in spite of entries that cannot be used', () => {
    assert.equal(decide({ granted: true, by: '.*', ignored: ['“x” is no URL'] }).outcome, 'pass');
    assert.equal(decide({ granted: false, ignored: ['“x” is no URL'] }).outcome, 'fail');
    assert.equal(decide({ granted: false, ignored: ['“x” is no URL'] }).evidence[0]?.text, 'not used in open-source.json: “x” is no URL');
  });
  it('prints nothing of a query, which may hold a secret', () => {
    assert.ok(!JSON.stringify(decide({ granted: false, ignored: ['x'] })).includes('secret'));
  });
  it('is unknown where the decisions are', () => {
    const result = evaluateCheck(check('MANUAL', {}, url), project({ decisions: new Map([[url, unknown('it is an HTML page')]]) }), context);
    assert.deepEqual([result.outcome, result.reason, result.summary], ['unknown', 'it is an HTML page', 'decision unknown: it is an HTML page']);
  });
  it('is unknown without an address', () => assert.match(evaluateCheck(check('MANUAL'), project(), context).reason ?? '', /has no decisionJsonUrl/));
  it('is unknown where they were not fetched', () => assert.match(evaluateCheck(check('MANUAL', {}, url), project(), context).reason ?? '', /decisions were not fetched/));
});
