import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readLevelsConfig } from '../../src/config/levelsFile';
import { maxProblems } from '../../src/config/limits';
import type { LevelsDefinition } from '../../src/core/levels/definition';
import { maintained, olderExample, openSource } from './levelsExamples';
import { marked, withMarks } from './marked';

function read(text: string, configRepo?: string): { definition: LevelsDefinition; codes: string[] } {
  const { definition, problems } = readLevelsConfig(text, { configRepo });
  assert.ok(definition, JSON.stringify(problems));
  return { definition, codes: problems.map(({ code }) => code) };
}

describe('the documented configurations', () => {
  it('are read whole: maintained', () => {
    const { definition, codes } = read(maintained);
    assert.deepEqual(codes, []);
    const [client] = definition.gitClients;
    assert.deepEqual([client?.baseUrl, client?.tokenFile?.value, client?.maxRequestsPerSecond], ['https://gitlab.example.com', '.gitlab-token', 10]);
    const [badge] = definition.badges;
    assert.equal(badge?.id, 'maintained');
    assert.deepEqual(
      badge.levels.map(({ name, svgUrl, notNecessaryForNextHigherLevel, checks }) => [name, svgUrl, notNecessaryForNextHigherLevel, checks.map(({ type, threshold: { timeRangeInMonths, min, max } }) => [type, timeRangeInMonths, min, max])]),
      [
        ['1', 'https://gitlab.example.com/platform/badges/-/raw/main/maintained-1.svg', false, [['COMMITS', 6, 5, null], ['ISSUE_REACTION_TIME', 3, null, 7]]],
        ['2', null, false, [['RELEASES', 6, 1, null]]],
        ['3', null, false, [['BUS_FACTOR', 6, 2, null]]],
      ],
    );
    assert.deepEqual(definition.personalEmailDomains, ['gmx.de', 'gmail.com']);
    assert.equal(definition.subsequentUseApiDomain?.value, 'use.example.com');
    assert.equal(definition.remoteConfigUrl, null);
  });

  it('are read whole: the older one, with its older spelling', () => {
    const { definition, codes } = read(olderExample);
    assert.deepEqual(codes, ['deprecated-key']);
    assert.deepEqual(definition.badges[0]?.levels.map(({ name, notNecessaryForNextHigherLevel }) => [name, notNecessaryForNextHigherLevel]), [['bronze', true], ['silver', false], ['gold', false]]);
  });

  it('are read whole: open-source, with its folder in place of the placeholder', () => {
    const { definition, codes } = read(openSource, 'https://gitlab.example.com/platform/badges/-/raw/main');
    assert.deepEqual(codes, []);
    const [level] = definition.badges[0]?.levels ?? [];
    assert.equal(level?.svgUrl, 'https://gitlab.example.com/platform/badges/-/raw/main/open-source.svg');
    assert.equal(level?.checks[0]?.decisionJsonUrl, 'https://gitlab.example.com/platform/badges/-/raw/main/open-source.json');
  });

  it('keep the placeholder in a file of this machine, beside which the others lie', () => {
    const { definition, codes } = read(openSource);
    assert.deepEqual(codes, []);
    const [level] = definition.badges[0]?.levels ?? [];
    assert.deepEqual([level?.svgUrl, level?.checks[0]?.decisionJsonUrl], ['<badge-config-repo>/open-source.svg', '<badge-config-repo>/open-source.json']);
  });

  it('say where each part stands', () => {
    const { definition } = read(olderExample);
    const [badge] = definition.badges;
    const at = (range?: { start: number; end: number }) => olderExample.slice(range?.start, range?.end);
    assert.match(at(badge?.range), /^id: maintained\n[^]*min: 1$/);
    assert.match(at(badge?.levels[1]?.range), /^name: silver\n/);
    assert.match(at(badge?.levels[1]?.checks[1]?.range), /^type: BUS_FACTOR\n/);
  });
});

const good = '{id: good, levels: [{name: g, checks: [{type: COMMITS, threshold: {min: 1}}]}]}';
const badges = (...entries: string[]): string => `badges:\n${[...entries, good].map((entry) => `  - ${entry}\n`).join('')}`;
const oneCheck = (check: string): string => badges(`{id: a, levels: [{name: l, checks: [{${check}}]}]}`);
const twoLevels = (lower: string, higher: string, mark = ''): string =>
  badges(`{id: a, levels: [{name: silver, ${mark}checks: [{${lower}}]}, {name: gold, checks: [{${higher}}]}]}`);

/** Text with marks around the places, its only code, a part of the message, and the ids of the badges that are broken. */
interface Case {
  readonly text: string;
  readonly code: string;
  readonly says: RegExp;
  readonly severity?: 'warning';
  readonly broken?: readonly (string | null)[];
}

const cases: Record<string, Case> = {
  'an unknown check type': { text: oneCheck('type: «COMITS», threshold: {min: 1}'), code: 'unknown-value', says: /Did you mean “COMMITS”\?/, broken: ['a'] },
  'a minimum as text': { text: oneCheck('type: COMMITS, threshold: {min: «"5"»}'), code: 'wrong-type', says: /without quotes/, broken: ['a'] },
  'a negative range': { text: oneCheck('type: COMMITS, threshold: {timeRangeInMonths: «-6», min: 1}'), code: 'bad-number', says: /1 or more/, broken: ['a'] },
  'a mistyped key of a check': { text: oneCheck('type: COMMITS, threshold: {min: 1}, «desciption»: x'), code: 'unknown-key', says: /“description”/, broken: ['a'] },
  'a key of a check given twice': { text: oneCheck('type: COMMITS, threshold: {min: 1, «min»: 2}'), code: 'duplicate-key', says: /already set/, broken: ['a'] },
  'a check without bounds': { text: oneCheck('type: COMMITS, «threshold»: {timeRangeInMonths: 3}'), code: 'no-bound', says: /Without “min” in its threshold nothing decides whether COMMITS passes/, broken: ['a'] },
  'a check without a threshold': { text: oneCheck('type: «ISSUE_REACTION_TIME»'), code: 'no-bound', says: /Without “max”/, broken: ['a'] },
  'a minimum above the maximum': { text: oneCheck('type: COMMITS, threshold: {min: «5», max: 4}'), code: 'never-passes', says: /“min” is 5 and “max” only 4/, broken: ['a'] },
  'no whole number from the minimum to the maximum': { text: oneCheck('type: COMMITS, threshold: {min: «4.2», max: 4.8}'), code: 'never-passes', severity: 'warning', says: /a whole number, and none of those lies from 4\.2 to 4\.8/ },
  'no access level from the minimum to the maximum': { text: oneCheck('type: PROTECTED_BRANCHES, threshold: {min: «61», max: 99}'), code: 'never-passes', severity: 'warning', says: /0, 30, 40, 60 or 100/ },
  'more than all merge requests': { text: oneCheck('type: CODE_REVIEW, threshold: {min: «101»}'), code: 'never-passes', severity: 'warning', says: /at most 100/ },
  'a reaction time with a minimum alone': { text: oneCheck('type: ISSUE_REACTION_TIME, threshold: {«min»: 7}'), code: 'unlikely-bound', severity: 'warning', says: /use “max”/ },
  'commits with a maximum alone': { text: oneCheck('type: COMMITS, threshold: {«max»: 7}'), code: 'unlikely-bound', severity: 'warning', says: /use “min”/ },
  'a manual check without a file': { text: oneCheck('type: «MANUAL»'), code: 'missing-key', says: /“decisionJsonUrl”/, broken: ['a'] },
  'a manual check with a threshold': { text: oneCheck('type: MANUAL, decisionJsonUrl: "https://x/y.json", «threshold»: {min: 1}'), code: 'unused-key', severity: 'warning', says: /no effect on MANUAL/ },
  'a decision file elsewhere': { text: oneCheck('type: COMMITS, threshold: {min: 1}, «decisionJsonUrl»: "https://x/y.json"'), code: 'unused-key', severity: 'warning', says: /only MANUAL reads it/ },
  'a decision file by ftp': { text: oneCheck('type: MANUAL, decisionJsonUrl: «"ftp://x/y.json"»'), code: 'bad-url', says: /not with “ftp:”/, broken: ['a'] },
  'a decision file with a password': { text: oneCheck('type: MANUAL, decisionJsonUrl: «"https://me:pa55@x/y.json"»'), code: 'secret-in-url', says: /no place/, broken: ['a'] },

  'an id that is taken': { text: `badges: [${good}, {id: «good», levels: [{name: l, checks: [{type: RELEASES, threshold: {min: 1}}]}]}]
`, code: 'duplicate-id', says: /has the id “good”, too/, broken: ['good'] },
  'an id that differs by case alone': { text: `badges: [${good}, {id: «Good», levels: [{name: l, checks: [{type: RELEASES, threshold: {min: 1}}]}]}]
`, code: 'duplicate-id', says: /“Good” and “good” would name the same file/, broken: ['Good'] },
  'an id that names no file': { text: badges('{id: «a/b», levels: [{name: l, checks: [{type: COMMITS, threshold: {min: 1}}]}]}'), code: 'bad-id', says: /slash/, broken: ['a/b'] },
  'no id': { text: badges('«{levels: [{name: l, checks: [{type: COMMITS, threshold: {min: 1}}]}]}»'), code: 'missing-key', says: /“id”/, broken: [null] },
  'a badge that is a text': { text: badges('«a»'), code: 'wrong-type', says: /a table \{ id/, broken: [null] },
  'empty levels': { text: badges('{id: a, levels: «[]»}'), code: 'empty-list', says: /empty/, broken: ['a'] },
  'no checks': { text: badges('{id: a, levels: [{name: l, checks: «[]»}]}'), code: 'no-checks', severity: 'warning', says: /every project/ },
  'a level name used twice': { text: badges('{id: a, levels: [{name: l, checks: [{type: COMMITS, threshold: {min: 1}}]}, {name: «l», checks: [{type: RELEASES, threshold: {min: 1}}]}]}'), code: 'duplicate-name', severity: 'warning', says: /named “l”, too/ },

  'a higher level that needs less': { text: twoLevels('type: COMMITS, threshold: {min: 10}', 'type: COMMITS, threshold: {min: «5»}'), code: 'levels-out-of-order', severity: 'warning', says: /“gold” asks for less than “silver” below it: COMMITS with “min” 5 here and 10 there/ },
  'a higher level that allows more': { text: twoLevels('type: ISSUE_REACTION_TIME, threshold: {timeRangeInMonths: 3, max: 7}', 'type: ISSUE_REACTION_TIME, threshold: {timeRangeInMonths: 3, max: «8»}', 'notNecessaryForNextHigherLevel: true, '), code: 'levels-out-of-order', severity: 'warning', says: /“max” 8 here and 7 there/ },
  'a higher level that needs less, by an alias': { text: twoLevels('type: CI_PIPELINE, threshold: {min: 10}', 'type: CI_PIPELINES, threshold: {min: «5»}'), code: 'levels-out-of-order', severity: 'warning', says: /CI_PIPELINES/ },

  'a client listed twice': { text: 'gitClients: [{baseUrl: https://g.example/}, {baseUrl: «https://G.example», tokenFile: x}]\nbadges: []\n', code: 'duplicate-client', severity: 'warning', says: /first entry counts/ },
  'a remote configuration by another way': { text: `remoteConfigUrl: «"file:///etc/passwd"»\n${badges()}`, code: 'bad-url', says: /https:\/\// },
  'badges that are no list': { text: 'badges: «{a: b}»\n', code: 'wrong-type', says: /a list of badges/, broken: [null] },
};

describe('a mistake in .badge-api.yaml', () => {
  for (const [name, { text: written, code, says, severity = 'error', broken = [] }] of Object.entries(cases)) {
    it(`is told at its place and costs no more than its badge: ${name}`, () => {
      const { text } = marked(written);
      const { definition, problems } = readLevelsConfig(text);
      assert.deepEqual(problems.map((problem) => [problem.severity, problem.code]), [[severity, code]]);
      assert.match(problems[0]?.message ?? '', says);
      assert.doesNotMatch(problems[0]?.message ?? '', /pa55/);
      assert.equal(withMarks(text, problems), written);
      assert.deepEqual(definition?.broken.map(({ value }) => value), broken);
      if (written.includes(good)) assert(definition?.badges.some(({ id }) => id === 'good'));
    });
  }

  for (const [what, text] of [
    ['the same minimum', twoLevels('type: COMMITS, threshold: {min: 5}', 'type: COMMITS, threshold: {min: 5}')],
    ['the same maximum', twoLevels('type: ISSUE_REACTION_TIME, threshold: {max: 7}', 'type: ISSUE_REACTION_TIME, threshold: {max: 7}')],
    ['a greater minimum', twoLevels('type: COMMITS, threshold: {min: 5}', 'type: COMMITS, threshold: {min: 6}')],
    ['less over another range', twoLevels('type: COMMITS, threshold: {timeRangeInMonths: 6, min: 5}', 'type: COMMITS, threshold: {timeRangeInMonths: 3, min: 3}')],
    ['less of something else', twoLevels('type: COMMITS, threshold: {min: 5}', 'type: RELEASES, threshold: {min: 1}')],
    ['a minimum that is the maximum', oneCheck('type: COMMITS, threshold: {min: 5, max: 5}')],
    ['all merge requests', oneCheck('type: CODE_REVIEW, threshold: {min: 100}')],
  ] as const) {
    it(`is not ${what}`, () => assert.deepEqual(read(text).codes, []));
  }

  it('is told for every check of a badge at once', () => {
    const { definition, codes } = read(badges('{id: a, levels: [{name: l, checks: [{type: COMITS}, {type: MANUAL}, {type: COMMITS, threshold: {min: -1}}]}]}'));
    assert.deepEqual(codes, ['unknown-value', 'missing-key', 'bad-number']);
    assert.deepEqual(definition.broken.map(({ value }) => value), ['a']);
  });

  it('costs each badge that takes it over by an alias, and is told once', () => {
    const { definition, codes } = read('badges:\n  - {id: a, levels: &l [{name: l, checks: [{type: COMMITS, threshold: {min: 1, min: 2}}]}]}\n  - {id: b, levels: *l}\n  - {id: c, levels: [{name: l, checks: &c [{type: MANUAL}]}]}\n  - {id: d, levels: [{name: l, checks: *c}]}\n');
    assert.deepEqual(codes, ['duplicate-key', 'missing-key']);
    assert.deepEqual(definition.broken.map(({ value }) => value), ['a', 'b', 'c', 'd']);
  });

  it('costs the badge that an alias of nothing stands in', () => {
    const { definition, codes } = read(oneCheck('type: COMMITS, threshold: {min: 1}, description: *x'));
    assert.deepEqual(codes, ['unknown-alias']);
    assert.deepEqual(definition.broken.map(({ value }) => value), ['a']);
  });

  it('keeps a client without its wrong neighbour', () => {
    const { definition, codes } = read('gitClients:\n  - baseUrl: ftp://g.example\n  - baseUrl: https://h.example/gitlab/api/v4\n');
    assert.deepEqual(codes, ['bad-url']);
    assert.deepEqual(definition.gitClients.map(({ baseUrl }) => baseUrl), ['https://h.example/gitlab']);
  });
});

describe('a .badge-api.yaml as a whole', () => {
  for (const [name, text, codes] of [
    ['a list', '- a\n', ['wrong-type']],
    ['a text', 'hello\n', ['wrong-type']],
    ['a file with a syntax error', `${badges()}x: "\n`, ['unknown-key', 'syntax']],
    ['a file that is too long', `#${'x'.repeat(600_000)}`, ['too-large']],
    ['an alias bomb', Array.from({ length: 20 }, (_, i) => `a${i}: &a${i} [${i === 0 ? 'x' : `*a${i - 1}, `.repeat(9)}]`).join('\n'), ['too-many-aliases']],
  ] as const) {
    it(`cannot be read where it is ${name}`, () => {
      const { definition, problems } = readLevelsConfig(text);
      assert.equal(definition, null);
      assert.deepEqual(problems.map(({ code }) => code), codes);
    });
  }

  it('cannot be read where it has more problems than are told', () => {
    assert.equal(readLevelsConfig(`badges: [${'*x, '.repeat(maxProblems)}]`).definition, null);
  });

  for (const text of ['', '# later\n', '{}\n', 'badges:\n', '\uFEFF']) {
    it(`asks for nothing where it is ${JSON.stringify(text)}`, () => {
      const { definition } = readLevelsConfig(text);
      assert.deepEqual(definition, { gitClients: [], badges: [], broken: [], personalEmailDomains: [], remoteConfigUrl: null, subsequentUseApiDomain: null });
    });
  }

  it('names the settings that have a value', () => assert.deepEqual([...readLevelsConfig('badges: []\npersonalEmailDomains:\nnew: 1\n').keys], ['badges', 'new']));

  it('replaces the placeholder wherever it stands, and keeps the places of what is written', () => {
    const text = badges('{id: a, description: in <badge-config-repo>, levels: [{name: l, svgUrl: <badge-config-repo>/x.svg, checks: [{type: COMITS}]}]}');
    const { problems } = readLevelsConfig(text, { configRepo: 'https://x/$&/y' });
    assert.deepEqual(problems.map(({ range }) => text.slice(range.start, range.end)), ['COMITS']);
    const { definition } = read(text.replace('COMITS', 'COMMITS, threshold: {min: 1}'), 'https://x/$&/y');
    assert.deepEqual([definition.badges[0]?.description, definition.badges[0]?.levels[0]?.svgUrl], ['in https://x/$&/y', 'https://x/$&/y/x.svg']);
  });

  it('is read in time however long it is', () => {
    const text = `badges:\n${Array.from({ length: 1500 }, (_, i) => `  - {id: b${i}, levels: [{name: l, checks: [{type: COMMITS, threshold: {min: 1, max: 5}}, {type: COMMITS, threshold: {min: 1, max: 5}}]}]}\n`).join('')}`;
    assert.equal(read(text).definition.badges.length, 1500);
  });

  it('never throws, and has all places inside the text, whatever is edited', () => {
    const piece = fc.oneof(fc.constantFrom('\t', '- ', ': ', '{', '}', '[', ']', '"', "'", '&a ', '*a', '<<: *a', '\n', '  ', '|', '#', 'min', '-1', '<badge-config-repo>', 'MANUAL', '!!x ', '\uFEFF', '\r\n'), fc.string({ maxLength: 4 }));
    const edit = fc.record({ at: fc.nat(2000), remove: fc.nat(30), insert: piece });
    fc.assert(
      fc.property(fc.constantFrom(maintained, olderExample, openSource), fc.array(edit, { minLength: 1, maxLength: 4 }), (base, edits) => {
        const text = edits.reduce<string>((edited, { at, remove, insert }) => `${edited.slice(0, at % edited.length)}${insert}${edited.slice((at % edited.length) + remove)}`, base);
        const { definition, problems } = readLevelsConfig(text, { configRepo: 'https://gitlab.example.com/x' });
        for (const { range } of problems) assert.ok(0 <= range.start && range.start <= range.end && range.end <= text.length);
        for (const badge of definition?.badges ?? []) assert.ok(badge.levels.length > 0);
      }),
      { numRuns: 600 },
    );
  });
});
