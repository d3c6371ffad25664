import assert from 'node:assert/strict';
import { evaluateCheck } from '../../../../src/core/levels/check';
import type { PackageFact, ProjectFacts } from '../../../../src/core/levels/facts';
import { all, check, daysAgo, failed, known, monthAgo, newest, now, project, release, shift, tag, times, unknown } from '../builders';

const context = { now, personalEmailDomains: [] };
type Facts = Partial<ProjectFacts>;
type Case = { it: string; facts: Facts; min?: number; max?: number; outcome: string; value: number | null; atLeast?: boolean; reason?: RegExp };

function table(type: 'RELEASES' | 'PACKAGES' | 'CI_PIPELINES', cases: readonly Case[]): void {
  for (const { it: fact, facts, min, max, outcome, value, atLeast = false, reason = /^$/ } of cases) {
    it(fact, () => {
      const bounds = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
      const result = evaluateCheck(check(type, bounds), project(facts), context);
      assert.deepEqual([result.outcome, result.value, result.atLeast], [outcome, value, atLeast]);
      assert.match(result.reason ?? '', reason);
    });
  }
}

describe('RELEASES', () => {
  const [inside, outside] = [daysAgo(1), shift(monthAgo, -1)];
  table('RELEASES', [
    { it: 'fails below min', facts: { releases: all([release('v1')]), tags: all([]) }, min: 2, outcome: 'fail', value: 1 },
    { it: 'passes at min', facts: { releases: all([release('v1'), release('v2')]), tags: all([]) }, min: 2, outcome: 'pass', value: 2 },
    { it: 'passes above min', facts: { releases: all([release('v1'), release('v2')]), tags: all([tag('v3')]) }, min: 2, outcome: 'pass', value: 3 },
    { it: 'fails above max', facts: { releases: all([release('v1'), release('v2')]), tags: all([]) }, max: 1, outcome: 'fail', value: 2 },
    { it: 'counts a release and its tag once', facts: { releases: all([release('v1')]), tags: all([tag('v1', inside, true)]) }, min: 2, outcome: 'fail', value: 1 },
    { it: 'counts them once also where the tag does not tell', facts: { releases: all([release('v1')]), tags: all([tag('v1')]) }, min: 2, outcome: 'fail', value: 1 },
    { it: 'dates a tag with a release by the release: an old one', facts: { releases: all([release('v1', outside)]), tags: all([tag('v1')]) }, min: 1, outcome: 'fail', value: 0 },
    { it: 'dates a tag with a release by the release: a new one', facts: { releases: all([release('v1')]), tags: all([tag('v1', outside)]) }, min: 1, outcome: 'pass', value: 1 },
    { it: 'leaves a tag to its release also where that was not read', facts: { releases: all([], monthAgo), tags: all([tag('v1', inside, true)]) }, min: 1, outcome: 'fail', value: 0 },
    { it: 'dates a bare tag by its commit', facts: { releases: all([]), tags: all([tag('v1', monthAgo), tag('v0', outside)]) }, min: 2, outcome: 'fail', value: 1 },
    { it: 'does not count a release that is planned', facts: { releases: all([release('v9', shift(now, 1000))]), tags: all([]) }, min: 1, outcome: 'fail', value: 0 },
    { it: 'works in a project that has none', facts: { releases: all([]), tags: all([]) }, min: 1, outcome: 'fail', value: 0 },
    { it: 'passes on an unfinished count that is enough', facts: { releases: newest([release('v1')]), tags: newest([tag('v2')]) }, min: 2, outcome: 'pass', value: 2, atLeast: true },
    { it: 'does not know from one that is not', facts: { releases: newest([release('v1')]), tags: all([]) }, min: 2, outcome: 'unknown', value: null, reason: /at least 1 release or tag/ },
    { it: 'passes by tags where releases are unknown', facts: { releases: unknown('releases are off'), tags: all([tag('v1')]) }, min: 1, outcome: 'pass', value: 1, atLeast: true },
    { it: 'passes by releases where tags failed', facts: { releases: all([release('v1')]), tags: failed('500') }, min: 1, outcome: 'pass', value: 1, atLeast: true },
    { it: 'does not know what unknown releases might add', facts: { releases: unknown('releases are off'), tags: all([tag('v1')]) }, min: 2, outcome: 'unknown', value: null, reason: /releases are off/ },
    { it: 'is unknown where both are', facts: { releases: unknown('no access'), tags: failed('no answer') }, min: 0, outcome: 'unknown', value: null, reason: /^no access; no answer$/ },
    { it: 'is unknown where nothing was fetched', facts: {}, min: 1, outcome: 'unknown', value: null, reason: /releases were not fetched.*tags were not fetched/ },
  ]);

  it('says how many, and of which', () => {
    const facts = project({ releases: all([release('v2'), release('v1')]), tags: all(['c', 'b', 'a', '0'].map((name) => tag(name))) });
    const result = evaluateCheck(check('RELEASES', { min: 1 }), facts, context);
    assert.equal(result.summary, '6 releases and tags since 29 October, needs 1');
    assert.deepEqual(result.evidence.map(({ text }) => text), ['2 releases: v2 and v1', '4 tags without a release: c, b, a and older ones']);
  });
});

describe('PACKAGES', () => {
  const at = (kind: PackageFact['kind'], time = daysAgo(1)): PackageFact => ({ kind, name: 'shop', version: '1.0.0', at: time });
  const none = { packages: all([]), images: all([]), releases: all([]) };
  table('PACKAGES', [
    { it: 'fails below min', facts: { ...none, packages: all([at('package')]) }, min: 2, outcome: 'fail', value: 1 },
    { it: 'passes at min', facts: { ...none, packages: all([at('package'), at('package')]) }, min: 2, outcome: 'pass', value: 2 },
    { it: 'adds packages, images and releases with assets', facts: { packages: all([at('package')]), images: all([at('image')]), releases: all([release('v1', daysAgo(1), 1)]) }, min: 3, outcome: 'pass', value: 3 },
    { it: 'leaves out releases without assets', facts: { ...none, releases: all([release('v1', daysAgo(1), 0)]) }, min: 1, outcome: 'fail', value: 0 },
    { it: 'dates each by its own date', facts: { packages: all([at('package', shift(monthAgo, -1))]), images: all([at('image', monthAgo)]), releases: all([release('v1', shift(monthAgo, -1), 1)]) }, min: 2, outcome: 'fail', value: 1 },
    { it: 'fails above max', facts: { ...none, packages: all([at('package'), at('package')]) }, max: 1, outcome: 'fail', value: 2 },
    { it: 'passes by packages where the registry is off', facts: { ...none, packages: all([at('package')]), images: unknown('registry off') }, min: 1, outcome: 'pass', value: 1, atLeast: true },
    { it: 'does not know what the registry might add', facts: { ...none, images: unknown('registry off') }, min: 1, outcome: 'unknown', value: null, reason: /registry off/ },
    { it: 'is unknown where all are', facts: { packages: unknown('a'), images: unknown('a'), releases: failed('b') }, min: 1, outcome: 'unknown', value: null, reason: /^a; b$/ },
  ]);

  it('says what it counted', () => {
    const result = evaluateCheck(check('PACKAGES', { min: 2 }), project({ ...none, images: all([at('image')]) }), context);
    assert.equal(result.summary, '1 package since 29 October, needs 2');
    assert.deepEqual(result.evidence.map(({ text }) => text), ['0 package versions', '1 container image', '0 releases with asset links']);
  });
});

describe('CI_PIPELINES', () => {
  const since = (entries: Record<string, [successful: number, all: number]>): Facts => ({
    pipelines: new Map(Object.entries(entries).map(([moment, [successful, every]]) => [moment, known({ successful, all: every })])),
  });
  table('CI_PIPELINES', [
    { it: 'fails below min, whatever else ran', facts: since({ [monthAgo]: [4, 9] }), min: 5, outcome: 'fail', value: 4 },
    { it: 'passes at min', facts: since({ [monthAgo]: [5, 9] }), min: 5, outcome: 'pass', value: 5 },
    { it: 'passes above min', facts: since({ [monthAgo]: [6, 9] }), min: 5, outcome: 'pass', value: 6 },
    { it: 'passes at max', facts: since({ [monthAgo]: [5, 9] }), max: 5, outcome: 'pass', value: 5 },
    { it: 'fails above max', facts: since({ [monthAgo]: [6, 9] }), max: 5, outcome: 'fail', value: 6 },
    { it: 'finds the count by the instant', facts: since({ '2026-10-29T13:00:00+01:00': [5, 9] }), min: 5, outcome: 'pass', value: 5 },
    { it: 'passes on a shorter range that is enough', facts: since({ [daysAgo(5)]: [5, 9] }), min: 5, outcome: 'pass', value: 5, atLeast: true },
    { it: 'does not know from a shorter range that is not', facts: since({ [daysAgo(5)]: [4, 9] }), min: 5, outcome: 'unknown', value: null, reason: /fetched for a shorter range/ },
    { it: 'takes the longest of the shorter ranges', facts: since({ [daysAgo(5)]: [4, 9], [daysAgo(20)]: [5, 9] }), min: 5, outcome: 'pass', value: 5, atLeast: true },
    { it: 'concludes nothing from a longer range', facts: since({ [daysAgo(90)]: [5, 9] }), min: 5, outcome: 'unknown', value: null, reason: /evaluate again/ },
    { it: 'is unknown where the count is', facts: { pipelines: new Map([[monthAgo, unknown('CI is off')], [daysAgo(5), known({ successful: 9, all: 9 })]]) }, min: 1, outcome: 'unknown', value: null, reason: /^CI is off$/ },
    { it: 'is unknown where nothing was fetched', facts: {}, min: 1, outcome: 'unknown', value: null, reason: /not fetched/ },
    { it: 'works without any pipeline', facts: since({ [monthAgo]: [0, 0] }), min: 1, outcome: 'fail', value: 0 },
  ]);

  it('names both counts', () => {
    const result = evaluateCheck(check('CI_PIPELINES', { min: 5 }), project(since({ [monthAgo]: [4, 9] })), context);
    assert.deepEqual([result.summary, result.sample], ['4 successful pipelines since 29 October, needs 5', 9]);
    assert.equal(result.evidence[0]?.text, '4 of 9 pipelines since 29 October succeeded');
  });
});

describe('SUBSEQUENT_USE', () => {
  const use = (names: readonly string[], min: number) => evaluateCheck(check('SUBSEQUENT_USE', { min }), project({ subsequentUse: known(names) }), context);
  const boundaries: [count: number, min: number, outcome: string][] = [
    [1, 2, 'fail'],
    [2, 2, 'pass'],
    [3, 2, 'pass'],
    [0, 1, 'fail'],
  ];
  for (const [count, min, outcome] of boundaries) {
    it(`is a ${outcome} with ${count} for min ${min}`, () => assert.equal(use(times(count, (index) => `Office ${index}`), min).outcome, outcome));
  }
  it('counts an organisation once', () => assert.equal(use(['Office', 'Office'], 2).value, 1));
  it('names them', () => {
    const result = use(times(7, (index) => `Office ${index}`), 1);
    assert.equal(result.summary, '7 organisations report productive use, needs 1');
    assert.equal(result.evidence[0]?.text, 'Office 0, Office 1, Office 2, Office 3, Office 4 and 2 more');
  });
  it('is unknown where nobody tells', () => {
    assert.equal(evaluateCheck(check('SUBSEQUENT_USE', { min: 1 }), project({ subsequentUse: unknown('its API is not public') }), context).reason, 'its API is not public');
  });
});
