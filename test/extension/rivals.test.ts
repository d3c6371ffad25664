import assert from 'node:assert/strict';
import { hasSchemaBySetting, namesSchema, shownProblems, type Rival, type ValidateMode } from '../../src/extension/language/rivals';

const problems = ['syntax', 'duplicate-key', 'unknown-key', 'wrong-type', 'unknown-color', 'unreachable-level'].map((code) => ({ code, severity: 'error' as const, message: '', range: { start: 0, end: 0 } }));
const shape = ['unknown-key', 'wrong-type'];
const meaning = ['unknown-color', 'unreachable-level'];
const all = problems.map(({ code }) => code);
const syntaxOnly: Rival = { reportsSyntax: true, hasSchema: false };
const withSchema: Rival = { reportsSyntax: true, hasSchema: true };
const silent: Rival = { reportsSyntax: false, hasSchema: false };

describe('problems beside another extension', () => {
  for (const [name, mode, rival, codes] of [
    ['all where there is no other', 'auto', null, all],
    ['without those of syntax where the other reports them', 'auto', syntaxOnly, [...shape, ...meaning]],
    ['all where the other does not validate', 'auto', silent, all],
    ['of meaning alone where the other has a schema', 'auto', withSchema, meaning],
    ['all where that is wanted', 'all', withSchema, all],
    ['of meaning alone where that is wanted', 'semantic', null, meaning],
    ['none where that is wanted', 'off', null, []],
  ] as const satisfies readonly (readonly [string, ValidateMode, Rival | null, readonly string[]])[]) {
    it(`are shown: ${name}`, () => assert.deepEqual(shownProblems(problems, mode, rival).map(({ code }) => code), codes));
  }

  for (const [text, syntax, expected] of [
    ['# yaml-language-server: $schema=https://e.org/s.json\na: 1\n', 'yaml', true],
    ['a: 1 # $schema=x\n', 'yaml', false],
    ['#:schema https://e.org/s.json\na = 1\n', 'toml', true],
    ['# schema https://e.org/s.json\n', 'toml', false],
    ['#:schema x\n', 'yaml', false],
  ] as const) {
    it(`find ${expected ? 'a' : 'no'} schema named in ${JSON.stringify(text)} of ${syntax}`, () => assert.equal(namesSchema(text, syntax), expected));
  }

  for (const [setting, file, syntax, expected] of [
    [{ 'https://e.org/s.json': '.badge-api.yaml' }, '/w/.badge-api.yaml', 'yaml', true],
    [{ 'https://e.org/s.json': ['other.yaml', '.gitlab/*.yaml'] }, '/w/.gitlab/badges.yaml', 'yaml', true],
    [{ 'https://e.org/s.json': '**/*.yaml' }, '/w/.gitlab/badges.yaml', 'yaml', true],
    [{ 'https://e.org/s.json': '/*.yaml' }, '/w/x.yml', 'yaml', false],
    [{ 'https://e.org/s.json': 'badges.yaml' }, '/w/.gitlab/mybadges.yaml', 'yaml', false],
    [{}, '/w/x.yaml', 'yaml', false],
    [undefined, '/w/x.yaml', 'yaml', false],
    [{ 'https://e.org/s.json': 7 }, '/w/x.yaml', 'yaml', false],
    [{ '.*/pyproject\\.toml$': 'https://e.org/s.json' }, '/w/pyproject.toml', 'toml', true],
    [{ '(': 'https://e.org/s.json' }, '/w/pyproject.toml', 'toml', false],
  ] as const) {
    it(`find ${expected ? 'a' : 'no'} schema for ${file} in ${JSON.stringify(setting)}`, () => assert.equal(hasSchemaBySetting(setting, file, syntax), expected));
  }
});
