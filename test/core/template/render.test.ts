import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { filterNames, filterTable } from '../../../src/core/template/filters';
import { type Named, render, renderNumber } from '../../../src/core/template/render';
import { parseExpression, parseTemplate } from '../../../src/core/template/template';

const at = '2026-01-01T00:00:00.000Z';
const facts = new Map<string, Named>(
  Object.entries({
    'release.tag': { status: 'known', text: 'v1.2.0', number: null },
    'release.date': { status: 'known', text: '2025-03-05T23:30:00.000-05:00', number: null },
    'commit.date': { status: 'known', text: '2025-12-24T12:00:00Z', number: null },
    'commit.sha': { status: 'known', text: '0123456789abcdef', number: null },
    'repository.bytes': { status: 'known', text: '1536', number: 1536 },
    coverage: { status: 'known', text: '87%', number: 87.456 },
    closed_issues: { status: 'known', text: '3', number: null },
    issues: { status: 'known', text: '7', number: null },
    commits: { status: 'known', text: '12345', number: null },
    open_merge_requests: { status: 'known', text: '1.2k open', number: 1234 },
    stars: { status: 'known', text: '0', number: null },
    name: { status: 'known', text: 'Shop', number: null },
    total_time: { status: 'known', text: '12.34s', number: null },
    tag: { status: 'unknown', reason: 'There is no tag yet.' },
    pipeline: { status: 'failed', reason: 'GitLab answered 502.' },
  } satisfies Record<string, Named>),
);
const lookUp = (name: string): Named => facts.get(name) ?? { status: 'unknown', reason: `${name} is not here.` };

function rendered(text: string): string {
  const parsed = parseTemplate(text);
  if ('problem' in parsed) return `${parsed.problem} at ${parsed.range.start}-${parsed.range.end}`;
  const result = render(parsed.value, lookUp, at);
  return result.status === 'known' ? result.text : `${result.status}: ${result.reason}`;
}

const cases: readonly (readonly [template: string, text: string])[] = [
  ['', ''],
  ['plain } text', 'plain } text'],
  ['{{name}} is {name}', '{name} is Shop'],
  ['{release.tag} · {coverage|round}%', 'v1.2.0 · 87%'],
  ['{ coverage }', '87%'],
  ['{coverage | fixed ( 1 )}', '87.5'],
  ['{coverage|round(1)}', '87.5'],
  ['{coverage|floor} {coverage|ceil}', '87 88'],
  ['{coverage|fixed}', '87.46'],
  ['{1.005|round(2)}', '1.01'],
  ['{2.5|round} {-2.5|round}', '3 -2'],
  ['{closed_issues / issues|percent}', '42%'],
  ['{closed_issues / issues|percent(1)}', '42.8%'],
  ['{0.996|percent} {1|percent}', '99% 100%'],
  ['{closed_issues / issues}', '0.43'],
  ['{1 + 2 * 3} {(1 + 2) * 3} {7 - 2 - 1} {8 / 4 / 2} {-(1 - 3)} {- -1}', '7 9 4 1 2 1'],
  ['{commits|short} {999|short} {0|short} {-1500|short}', '12k 999 0 -1.5k'],
  ['{open_merge_requests|short} {open_merge_requests}', '1.2k 1.2k open'],
  ['{repository.bytes|bytes}', '1.5 KiB'],
  ['{total_time|round}s', '12s'],
  ['{name|upper} {name|lower}', 'SHOP shop'],
  ['{commit.sha|cut(8)}', '01234567'],
  ["{'👨‍👩‍👧 x'|cut(1)}", '👨‍👩‍👧'],
  ["{'e\u0301a\u0301'|cut(1)}", 'e\u0301'],
  ['{release.date|date}', '5 March 2025'],
  ["{release.date|date('YYYY-MM-DD')}", '2025-03-05'],
  ["{release.date|date('D MMM, M/DD')}", '5 Mar, 3/05'],
  ['{commit.date|age}', '7'],
  ["{'2024-02-30'|date} {1}", 'unknown: What is written there is “2024-02-30”, which is no date'],
  ["{'2023-02-29'|age}", 'unknown: What is written there is “2023-02-29”, which is no date'],
  ["{'2024-02-29'|date}", '29 February 2024'],
  ['{commit.date|age / 7}', '} is expected here'],
  ['{(commit.date|age) / 7}', '1'],
  ["{tag|default('none')}", 'none'],
  ["{tag|upper|default('none')}", 'none'],
  ["{tag|default('none')|upper}", 'NONE'],
  ["{name|default('none')}", 'Shop'],
  ['{tag|default(0) + 1}', '} is expected here'],
  ["{'a}b'}", 'a}b'],
  ['{tag}', 'unknown: There is no tag yet.'],
  ['{name} {pipeline}', 'failed: GitLab answered 502.'],
  ["{pipeline|default('none')}", 'failed: GitLab answered 502.'],
  ['{issues / stars}', 'unknown: “stars” is 0, and nothing can be divided by that.'],
  ["{issues / stars|default('none')}", 'none'],
  ['{name|round}', 'unknown: “name” is “Shop”, which is no number: “round” cannot be used on it.'],
  ['{name + 1}', 'unknown: “name” is “Shop”, which is no number.'],
  ['{name|date}', 'unknown: “name” is “Shop”, which is no date: “date” cannot be used on it.'],
  ['{commits|age}', 'unknown: “commits” is “12345”, which is no date: “age” cannot be used on it.'],
  ['{-1|bytes}', 'unknown: The result is “-1”, which is less than nothing: “bytes” cannot be used on it.'],
];

describe('a template', () => {
  for (const [template, text] of cases) it(`${template} comes to ${text}`, () => assert.equal(rendered(template).startsWith(text), true, rendered(template)));

  it('has the number of its first expression that is one', () => {
    const valueOf = (text: string) => {
      const parsed = parseTemplate(text);
      assert.ok('value' in parsed);
      const result = render(parsed.value, lookUp, at);
      return result.status === 'known' ? result.value : result.reason;
    };
    assert.equal(valueOf('{release.tag} · {coverage|round}%'), 87);
    assert.equal(valueOf('{coverage} of {issues}'), 87.456);
    assert.equal(valueOf('{open_merge_requests|short}'), 1234);
    assert.equal(valueOf('{name}'), null);
    assert.equal(valueOf('12'), null);
  });

  it('asks for nothing but what it names', () => {
    const asked: string[] = [];
    const parsed = parseTemplate('{name} {(issues - stars) / 2|round}');
    assert.ok('value' in parsed);
    render(parsed.value, (name) => (asked.push(name), lookUp(name)), at);
    assert.deepEqual(asked, ['name', 'issues', 'stars']);
  });

  it('knows no names but those of facts', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'release.constructor', 'hasOwnProperty.call']) assert.equal(rendered(`{${name}}`), `unknown: ${name} is not here.`);
    for (const name of ['constructor', 'toString', '__proto__']) assert.match(rendered(`{name|${name}}`), /is no filter/);
  });

  it('never throws, whatever is written', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('{', '}', '(', ')', '|', '+', '-', '*', '/', ',', ' ', '"', "'", 'name', 'issues', 'tag', 'round', 'date', 'default', '1', '0', '.5', '😀')), (parts) => {
        assert.equal(typeof rendered(parts.join('')), 'string');
      }),
    );
  });
});

describe('an expression', () => {
  for (const [text, value] of [
    ['closed_issues / issues * 100', 42.857142857142854],
    ['coverage', 87.456],
    ['commit.date|age', 8 - 1],
  ] as const) {
    it(`${text} comes to ${value}`, () => {
      const parsed = parseExpression(text);
      assert.ok('value' in parsed);
      const result = renderNumber(parsed.value, lookUp, at);
      assert.deepEqual(result.status === 'known' && result.value, value);
    });
  }

  it('that comes to no number says so', () => {
    const parsed = parseExpression('name');
    assert.ok('value' in parsed);
    assert.deepEqual(renderNumber(parsed.value, lookUp, at), { status: 'unknown', reason: '“name” is “Shop”, which is no number.' });
  });
});

describe('the filters', () => {
  for (const name of filterNames) {
    it(`${name} has an example that works`, () => {
      const parsed = parseTemplate(`{${filterTable[name].example}}`);
      assert.ok('value' in parsed, JSON.stringify(parsed));
      assert.ok(filterTable[name].example.includes(name));
    });
  }
});
