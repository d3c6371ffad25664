import assert from 'node:assert/strict';
import type { Syntax } from '../../src/config/language/configFile';
import { hasSchemaBySetting, namesSchema, rivalFor, shownProblems, type Rival, type ValidateMode } from '../../src/extension/language/rivals';

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

  const modeline = '# yaml-language-server: $schema=https://e.org/s.json\n';
  for (const [name, syntax, text, extensions, settings, expected] of [
    ['YAML without another extension', 'yaml', modeline, ['tamasfe.even-better-toml'], {}, null],
    ['YAML beside Red Hat’s', 'yaml', 'a: 1\n', ['redhat.vscode-yaml'], {}, syntaxOnly],
    ['YAML that names a schema', 'yaml', modeline, ['redhat.vscode-yaml'], {}, withSchema],
    ['YAML with a schema by setting', 'yaml', 'a: 1\n', ['redhat.vscode-yaml'], { 'yaml.schemas': { 'https://e.org/s.json': '.badge-api.yaml' } }, withSchema],
    ['YAML that Red Hat’s does not validate', 'yaml', modeline, ['redhat.vscode-yaml'], { 'yaml.validate': false }, silent],
    ['TOML without another extension', 'toml', '#:schema https://e.org/s.json\n', ['redhat.vscode-yaml'], {}, null],
    ['TOML beside Even Better TOML', 'toml', 'a = 1\n', ['tamasfe.even-better-toml'], {}, syntaxOnly],
    ['TOML that names a schema', 'toml', '#:schema https://e.org/s.json\n', ['tamasfe.even-better-toml'], {}, withSchema],
    ['TOML without schemas by setting', 'toml', '#:schema https://e.org/s.json\n', ['tamasfe.even-better-toml'], { 'evenBetterToml.schema.enabled': false }, syntaxOnly],
    ['JSON', 'json', '{}', [], {}, withSchema],
    ['JSON that VS Code does not validate', 'json', '{}', [], { 'json.validate.enable': false }, silent],
  ] as const satisfies readonly (readonly [string, Syntax, string, readonly string[], Readonly<Record<string, unknown>>, Rival | null])[]) {
    it(`are judged by who else looks after ${name}`, () => {
      const has = (extension: string) => (extensions as readonly string[]).includes(extension);
      const setting = (section: string, key: string) => (settings as Readonly<Record<string, unknown>>)[`${section}.${key}`];
      assert.deepEqual(rivalFor(syntax, text, '/w/.badge-api.yaml', true, { has, setting }), expected);
    });
  }

  it('of JSON in a folder that we have no schema for in VS Code are shown, apart from syntax', () => {
    assert.deepEqual(rivalFor('json', '{}', '/w/out/a.json', false, { has: () => false, setting: () => undefined }), syntaxOnly);
  });

  it('are judged anew when the other extension is installed later', () => {
    const installed = new Set<string>();
    const codes = () => shownProblems(problems, 'auto', rivalFor('yaml', 'a: 1\n', '/w/.badge-api.yaml', true, { has: (extension) => installed.has(extension), setting: () => undefined })).map(({ code }) => code);
    assert.deepEqual(codes(), all);
    installed.add('redhat.vscode-yaml');
    assert.deepEqual(codes(), [...shape, ...meaning]);
    installed.clear();
    assert.deepEqual(codes(), all);
  });

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
