import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { mistakeIn } from '../../src/core/look';
import { readGeneratorConfig } from '../../src/config/generatorFile';
import { diagnose } from '../../src/config/language/diagnose';
import { readDocument } from '../../src/config/language/document';
import { marked, withMarks } from './marked';

const entry = (more: string) => `template_badges: [{ label: a, ${more} }]\n`;

const cases: Readonly<Record<string, readonly [text: string, codes: readonly string[], says?: RegExp]>> = {
  'a template': [entry('message: "{release.tag} · {coverage|round}%"'), []],
  'a name that is no fact': [entry('message: "{«relese.tag»} {«nam»}"'), ['unknown-name', 'unknown-name'], /“relese.tag” names no fact, and no entry of “values”\. Did you mean “release.tag”\?/],
  'a name of its own values': [entry('values: { version: { file: package.json, key: version } }, message: "v{version} {«versoin»}"'), ['unknown-name'], /Did you mean “version”/],
  'a filter that is none': [entry('message: "{name|«uper»}"'), ['bad-expression'], /“uper” is no filter: use .*Did you mean “upper”/],
  'a brace that is not closed': [entry('message: "a «{name»"'), ['bad-expression'], /The brace is not closed\./],
  'nothing in braces': [entry('message: "a {«}»"'), ['bad-expression'], /A name is expected here/],
  'a name that is missing at the end': [entry('value: "name «+»", message: x'), ['bad-expression'], /A name is missing here/],
  'an expression with braces': [entry('value: "«{»name}", message: x'), ['bad-expression']],
  'a text with escapes': ['template_badges:\n  - label: a\n    message: «"\\u007bnam}"»\n', ['unknown-name']],
  'a value without a place': [entry('message: "{v}", values: { «v»: { key: a } }'), ['bad-value'], /A value needs “file” or “command”/],
  'a value with two places': [entry('message: "{v}", values: { v: «{ file: a.json, command: [b] }» }'), ['bad-value'], /not from both/],
  'a way that is none': [entry('message: "{v}", values: { v: { file: a.json, key: «a..b» } }'), ['bad-key'], /is no way to a value/],
  'a file outside': [entry('message: "{v}", values: { v: { file: «../a.json», key: b } }'), ['outside-workspace']],
  'a name for a value that is none': [entry('message: x, values: { «a-b»: { file: a.json } }'), ['bad-name']],
  'a command that is no list': [entry('message: "{v}", values: { v: { command: «git describe» } }'), ['wrong-type'], /a program and its arguments, as a list/],
  'a test badge without reports': [entry('message: "{«tests»} {coverage}"'), ['no-report'], /“tests” is made of reports, and “junit_xml” names none/],
  'a test badge with reports': [`junit_xml: a.xml\n${entry('message: "{tests}"')}`, []],
  'colours by value': [entry('message: "{coverage}", color: { 0: red, 80: «gren» }'), ['unknown-color']],
  'two badges of one file': [`template_badges: [{ label: A, message: x }, { label: «a», message: y }]\nstatic_badges: [[b, c, red]]\n`, ['duplicate-stem']],
  'a label that names no file': ['template_badges: [{ label: «a/b», message: x }]\n', ['bad-label']],
  'a message too many': ['template_badges: [{ label: a, message: x, «mesage»: y }]\n', ['unknown-key']],
};

describe('template badges', () => {
  for (const [name, [text, codes, says]] of Object.entries(cases)) {
    it(`${name} ${codes.length === 0 ? 'is fine' : `is told of: ${codes.join(', ')}`}`, () => {
      const { text: plain } = marked(text);
      const problems = diagnose(readDocument(plain, 'yaml')).filter(({ severity }) => severity !== 'info');
      assert.deepEqual(problems.map(({ code }) => code), codes, JSON.stringify(problems));
      assert.equal(withMarks(plain, problems), text);
      if (says) assert.match(problems.map(({ message }) => message).join('\n'), says);
    });
  }

  it('mean the same in TOML', () => {
    const text = `[[template_badges]]\nlabel = "v"\nmessage = "v{version|upper}"\nvalue = "version"\nlogo = "npm"\nlink = "https://example.org"\n[template_badges.color]\n0 = "orange"\n1 = "blue"\n[template_badges.values]\nversion = { file = "pyproject.toml", key = "project.version" }\n`;
    const { definition, problems } = readGeneratorConfig(text, 'toml');
    assert.deepEqual(problems, []);
    const badge = definition?.templateBadges?.[0]?.value;
    assert.ok(badge && 'values' in badge);
    assert.deepEqual([...badge.values], [['version', { file: 'pyproject.toml', key: ['project', 'version'] }]]);
    assert.deepEqual(badge.color, [{ from: 0, color: 'orange' }, { from: 1, color: 'blue' }]);
    assert.deepEqual([badge.label, badge.logo, badge.link], ['v', 'npm', 'https://example.org']);
  });

  it('with a mistake are badges that say so', () => {
    const { definition } = readGeneratorConfig('template_badges: [{ label: a, message: "{nam}" }, { label: b, message: [x] }, { label: c, message: "{name}" }, { message: x }]\n', 'yaml');
    const badges = definition?.templateBadges?.map(({ value }) => [value.label, 'mistake' in value ? mistakeIn('f', value.mistake) : 'fine']);
    assert.deepEqual(badges, [
      ['a', '“nam” names no fact, and no entry of “values”. Did you mean “name”? (f:1:42)'],
      ['b', 'Expected a text with expressions such as {release.tag}, not a list. (f:1:72)'],
      ['c', 'fine'],
    ]);
  });
});
