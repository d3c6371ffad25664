import assert from 'node:assert/strict';
import { levelsSarif, placesOf, type BadgePlaces } from '../../src/app/levelsSarif';
import { checkTypes, type LevelsDefinition } from '../../src/core/levels/definition';
import { evaluateProject, unreachableProject } from '../../src/core/levels/evaluate';
import type { ProjectEvaluation } from '../../src/core/levels/result';
import { all, badge, check, commit, definition, level, now, project, times, unknown, webUrl } from '../core/levels/builders';

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region?: object } }[];
  readonly relatedLocations?: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } }; readonly message: { readonly text: string } }[];
  readonly partialFingerprints: Record<string, string>;
  readonly properties: Record<string, unknown>;
}
interface SarifLog {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly { readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] } }; readonly results: readonly SarifResult[] }[];
}

const text = 'badges:\n  - id: maintained\n    checks:\n      - COMMITS\n      - PACKAGES\n';
const at = (part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length });
const commits = (min: number) => ({ ...check('COMMITS', { min }), range: at('COMMITS') });
const packages = { ...check('PACKAGES', { min: 1 }), range: at('PACKAGES') };
const facts = project({ commits: all(times(3, () => commit())), packages: unknown('packages are off'), images: unknown('packages are off'), releases: unknown('packages are off') });
const ladder = definition([badge('maintained', [level('bronze', [commits(3)]), level('silver', [commits(5), packages]), level('gold', [commits(9)])])]);

const pieces = async (evaluations: Iterable<ProjectEvaluation>, places: BadgePlaces | null = placesOf(ladder, text, '.badge-api.yaml')) => {
  const parts: string[] = [];
  for await (const part of levelsSarif(evaluations, { version: '1.2.3', now, places })) parts.push(part);
  return parts;
};
const log = async (...args: Parameters<typeof pieces>) => JSON.parse((await pieces(...args)).join('')) as SarifLog;
const resultsFor = async (input: LevelsDefinition, places?: BadgePlaces | null) => (await log([evaluateProject(input, facts, now)], places)).runs[0]?.results ?? [];

describe('levelsSarif', () => {
  it('has a rule for each check type, and one for broken badges', async () => {
    const { version, runs } = await log([]);
    assert.equal(version, '2.1.0');
    assert.deepEqual(runs[0]?.tool.driver.rules.map(({ id }) => id), [...checkTypes, 'CONFIGURATION']);
    assert.deepEqual(runs[0]?.results, []);
  });

  it('says for each check what became of it: before the next level a warning, above it a note', async () => {
    const results = await resultsFor(ladder);
    assert.deepEqual(results.map(({ ruleId, kind, level: severity }) => [ruleId, kind, severity]), [
      ['COMMITS', 'pass', 'none'],
      ['COMMITS', 'fail', 'warning'],
      ['PACKAGES', 'open', 'none'],
      ['COMMITS', 'fail', 'note'],
    ]);
  });

  it('names its rule by index', async () => {
    const { runs } = await log([evaluateProject(ladder, facts, now)]);
    for (const result of runs[0]?.results ?? []) assert.equal(runs[0]?.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
  });

  it('explains itself, with links to what it was judged by', async () => {
    const [, failed] = await resultsFor(ladder);
    assert.equal(failed?.message.text, 'acme/shop, maintained silver: 3 commits since 29 October, needs 5\n3 commits on the default branch');
    assert.deepEqual(failed?.relatedLocations, [{ physicalLocation: { artifactLocation: { uri: `${webUrl}/-/commits` } }, message: { text: '3 commits on the default branch' } }]);
    assert.deepEqual([failed?.properties['value'], failed?.properties['unit'], failed?.properties['level']], [3, 'commits', 'silver']);
  });

  it('stands where the check stands in the text, from line 1 and column 1', async () => {
    const results = await resultsFor(ladder);
    assert.deepEqual(results[0]?.locations, [
      { physicalLocation: { artifactLocation: { uri: '.badge-api.yaml' }, region: { startLine: 4, startColumn: 9, endLine: 4, endColumn: 16 } } },
    ]);
    assert.deepEqual(results[2]?.locations[0]?.physicalLocation.region, { startLine: 5, startColumn: 9, endLine: 5, endColumn: 17 });
  });

  it('has no lines without the text', async () => assert.deepEqual((await resultsFor(ladder, null))[0]?.locations, []));
  it('has no lines for what the text does not hold', async () => {
    const other = await resultsFor(ladder, placesOf(definition([]), '', '.badge-api.yaml'));
    assert.deepEqual(other[0]?.locations, [{ physicalLocation: { artifactLocation: { uri: '.badge-api.yaml' } } }]);
  });

  const addresses: [place: string, uri: string][] = [
    ['conf/my badges#1.yaml', 'conf/my%20badges%231.yaml'],
    ['/etc/badge-api/.badge-api.yaml', 'file:///etc/badge-api/.badge-api.yaml'],
    ['https://user:pass@gitlab.example.com/acme/-/raw/main/.badge-api.yaml?private_token=secret#x', 'https://gitlab.example.com/acme/-/raw/main/.badge-api.yaml'],
  ];
  for (const [place, uri] of addresses) {
    it(`names ${place} as ${uri}`, async () => {
      assert.equal((await resultsFor(ladder, placesOf(ladder, text, place)))[0]?.locations[0]?.physicalLocation.artifactLocation.uri, uri);
    });
  }

  it('tells two checks of one type in a level apart, and keeps their fingerprints whatever is measured', async () => {
    const twice = (min: number) => definition([badge('b', [level('one', [commits(min), commits(9)])])]);
    const prints = async (min: number) => (await resultsFor(twice(min))).map(({ partialFingerprints }) => partialFingerprints['badgesmith']);
    const [before, after] = [await prints(3), await prints(5)];
    assert.deepEqual(before, after);
    assert.equal(new Set(before).size, 2);
  });

  it('reports a badge that is broken in the configuration, where it stands', async () => {
    const [result] = await resultsFor(definition([], { broken: [{ value: 'other' }] }), placesOf(definition([], { broken: [{ value: 'other', range: at('maintained') }] }), text, 'x'));
    assert.deepEqual([result?.ruleId, result?.kind, result?.level], ['CONFIGURATION', 'open', 'none']);
    assert.deepEqual(result?.locations[0]?.physicalLocation.region, { startLine: 2, startColumn: 9, endLine: 2, endColumn: 19 });
  });

  it('reports the checks of a project that could not be read as open', async () => {
    const { runs } = await log([unreachableProject(ladder, 'acme/gone', webUrl, 'GitLab answered 404')]);
    assert.deepEqual(new Set(runs[0]?.results.map(({ kind }) => kind)), new Set(['open']));
  });

  it('doubles braces, which stand for placeholders', async () => {
    const [result] = await resultsFor(definition([badge('a{0}', [level('one', [commits(3)])])]));
    assert.match(result?.message.text ?? '', /^acme\/shop, a\{\{0\}\} one/);
  });

  it('comes project by project, and is the same text each time', async () => {
    const evaluations = [evaluateProject(ladder, facts, now), evaluateProject(definition([]), facts, now), unreachableProject(ladder, 'acme/gone', webUrl, 'x')];
    const parts = await pieces(evaluations);
    assert.equal(parts.length, 4);
    assert.deepEqual(await pieces(evaluations), parts);
    assert.equal((JSON.parse(parts.join('')) as SarifLog).runs[0]?.results.length, 8);
  });
});
