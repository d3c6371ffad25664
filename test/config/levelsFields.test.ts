import assert from 'node:assert/strict';
import { levelsFields, maxTimeRangeInMonths } from '../../src/config/levelsFields';
import type { Shape } from '../../src/config/shape';
import { validate } from '../../src/config/validate';
import { readYamlTree } from '../../src/config/yamlTree';
import { checkTypeAliases, checkTypes } from '../../src/core/levels/definition';
import { marked, withMarks } from './marked';

function problemsOf(text: string) {
  const { root, problems } = readYamlTree(text);
  assert.deepEqual(problems, []);
  assert.ok(root);
  return validate(root, levelsFields).problems;
}

const check = (fields: string): string => `badges: [{id: a, levels: [{name: b, checks: [{${fields}}]}]}]\n`;

/** Text with marks around the places, code and a part of the message. */
const cases: Record<string, readonly [written: string, code: string, says: RegExp]> = {
  'an unknown check type': [check('type: «COMITS»'), 'unknown-value', /“COMITS” is not a check type: use COMMITS, .* or MANUAL\. Did you mean “COMMITS”\?/],
  'a check type near an alias': [check('type: «CI_PIPLINE»'), 'unknown-value', /Did you mean “CI_PIPELINE”\?/],
  'a check type in lower case': [check('type: «commits»'), 'unknown-value', /Did you mean “COMMITS”\?/],
  'a check without a type': ['badges: [{id: a, levels: [{name: b, checks: [«{description: c}»]}]}]\n', 'missing-key', /“type” must be given/],
  'a minimum as text': [check('type: COMMITS, threshold: {min: «"5"»}'), 'wrong-type', /Expected a number, 0 or more, not a text\. Write it without quotes\.$/],
  'a minimum in words': [check('type: COMMITS, threshold: {min: «five»}'), 'wrong-type', /not a text\.$/],
  'a negative minimum': [check('type: COMMITS, threshold: {min: «-1»}'), 'bad-number', /Expected a number, 0 or more, not “-1”\./],
  'an infinite maximum': [check('type: COMMITS, threshold: {max: «.inf»}'), 'bad-number', /not “.inf”/],
  'no number': [check('type: COMMITS, threshold: {max: «.nan»}'), 'bad-number', /not “.nan”/],
  'a range of no months': [check('type: COMMITS, threshold: {timeRangeInMonths: «0»}'), 'bad-number', /whole number of months, 1 or more, not “0”/],
  'a negative range': [check('type: COMMITS, threshold: {timeRangeInMonths: «-6»}'), 'bad-number', /not “-6”/],
  'a range of half a month': [check('type: COMMITS, threshold: {timeRangeInMonths: «0.5»}'), 'bad-number', /whole number/],
  'a range that is too long': [check(`type: COMMITS, threshold: {timeRangeInMonths: «${maxTimeRangeInMonths + 1}»}`), 'bad-number', /1,200 is the most/],
  'a mistyped threshold': [check('type: COMMITS, «treshold»: {min: 1}'), 'unknown-key', /Did you mean “threshold”\?/],
  'no levels': ['badges: [{id: a, levels: «[]»}]\n', 'empty-list', /a list of levels here, but it is empty/],
  'an id that leads elsewhere': ['badges: [{id: «../a», levels: [{name: b, checks: []}]}]\n', 'bad-id', /“..\/a” cannot name the file .* slash/],
  'a picture of another scheme': ['badges: [{id: a, levels: [{name: b, svgUrl: «"ftp://x/y.svg"», checks: []}]}]\n', 'bad-url', /not with “ftp:”/],
  'a decision that is a script': [check('type: MANUAL, decisionJsonUrl: «"javascript:alert(1)"»'), 'bad-url', /not with “javascript:”/],
  'the older spelling beside the other one': ['badges: [{id: a, levels: [{name: b, notNecessaryForNextHigherLevel: true, «notNecessaryForNextHigherLevels»: false, checks: []}]}]\n', 'deprecated-key', /which is here as well and counts: remove it/],
  'the older spelling': ['badges: [{id: a, levels: [{name: b, «notNecessaryForNextHigherLevels»: true, checks: []}]}]\n', 'deprecated-key', /older spelling: write “notNecessaryForNextHigherLevel”/],
  'no rate at all': ['gitClients: [{baseUrl: https://g.example, maxRequestsPerSecond: «0»}]\n', 'bad-number', /a number above 0, not “0”/],
  'another kind of server': ['gitClients: [{baseUrl: https://g.example, type: «github»}]\n', 'unknown-value', /a kind of server: use gitlab/],
  'an address without a scheme': ['gitClients: [{baseUrl: «g.example»}]\n', 'bad-url', /with https:\/\//],
  'an address with a query': ['gitClients: [{baseUrl: «https://g.example?x=1»}]\n', 'bad-url', /neither a query nor a fragment/],
  'an address with a password': ['gitClients: [{baseUrl: «https://me:pa55@g.example»}]\n', 'secret-in-url', /no place/],
  'a token in place of its file': ['gitClients: [{baseUrl: https://g.example, tokenFile: «glpat-abcdefgh12345»}]\n', 'secret-in-config', /the path of the file that holds it/],
  'an address in place of a domain': ['personalEmailDomains: [example.org, «me@example.org»]\n', 'bad-domain', /is not a domain/],
  'a remote configuration with a token': ['remoteConfigUrl: «https://g.example/x?private_token=abc»\n', 'secret-in-url', /no place/],
};

describe('the table of .badge-api.yaml', () => {
  for (const [name, [written, code, says]] of Object.entries(cases)) {
    it(`tells ${name}`, () => {
      const { text } = marked(written);
      const problems = problemsOf(text);
      assert.deepEqual(problems.map((problem) => problem.code), [code]);
      assert.match(problems[0]?.message ?? '', says);
      assert.doesNotMatch(problems[0]?.message ?? '', /pa55|glpat-abc/);
      assert.equal(withMarks(text, problems), written);
    });
  }

  for (const type of [...checkTypes, ...Object.keys(checkTypeAliases)]) it(`knows ${type}`, () => assert.deepEqual(problemsOf(check(`type: ${type}`)), []));

  for (const threshold of ['min: 0', 'max: 7.5', 'min: 1, max: 1', 'timeRangeInMonths: 1', `timeRangeInMonths: ${maxTimeRangeInMonths}`]) {
    it(`takes the threshold ${threshold}`, () => assert.deepEqual(problemsOf(check(`type: COMMITS, threshold: {${threshold}}`)), []));
  }

  it('takes half a request a second', () => assert.deepEqual(problemsOf('gitClients: [{baseUrl: https://g.example/gitlab, maxRequestsPerSecond: 0.5}]\n'), []));

  it('documents each field and each check type', () => {
    const visit = (shape: Shape): void => {
      if (shape.type === 'list') visit(shape.items);
      if (shape.type === 'text' && shape.valueDocs) assert.deepEqual(Object.keys(shape.valueDocs), [...(shape.allowed ?? []), ...Object.keys(shape.aliases ?? {})]);
      for (const field of shape.type === 'record' ? shape.fields : []) {
        assert.match(field.doc, /\.$/, field.key);
        visit(field.shape);
      }
    };
    visit(levelsFields);
  });
});
