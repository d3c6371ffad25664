import assert from 'node:assert/strict';
import { RE2JS } from 're2js';
import { anchored, whyNoPattern } from '../../src/config/pattern';

/** Whether the library that matches patterns takes it. */
function isTaken(pattern: string): boolean {
  try {
    RE2JS.compile(pattern);
    return true;
  } catch {
    return false;
  }
}

describe('a regular expression for RE2', () => {
  for (const pattern of [
    ...['^https://gitlab\\.example\\.com/.*$', '', 'a|b', '(a|b)*c+d?', '(?:a)', '(?i)A', '(?i:a)b', '(?P<name>a)', '(?<name>a)', '[a-z]', '[^]a]', '[]a]', '[\\]]', '[[:alpha:]]', 'a{2}', 'a{2,}', 'a{2,3}?', 'a{', 'a{x}', '\\d\\D\\w\\b', '\\pL\\p{Greek}', '\\x41\\x{1F600}', '\\.\\/', '\\Qa.b\\E', '\\Aa\\z', 'a*?', 'a{1000}', '.*', '()', 'a||b'],
    ...['(', ')', '(a', 'a)', '[a', '*a', '+', '?', 'a**', 'a*+', 'a++', '(?=a)', '(?!a)', '(?<=a)', '(?<!a)', '(?>a)', '(a)\\1', '\\k<a>', 'a\\', '\\y', '\\Z', 'a{1001}', '(*a)', '|*', '(?#x)', 'a{2}{3}'],
  ]) {
    it(`${isTaken(pattern) ? 'may be' : 'may not be'} ${pattern}`, () => assert.equal(whyNoPattern(pattern) === null, isTaken(pattern)));
  }

  it('is wrong at a place', () => {
    assert.deepEqual(whyNoPattern('ab(?=c)'), { problem: 'RE2 knows no look-around', at: 2 });
    assert.deepEqual(whyNoPattern('ab\\'), { problem: 'nothing follows the backslash', at: 2 });
  });

  for (const [pattern, whole] of [
    ['^https://example\\.org/a$', null],
    ['\\Ahttps://example\\.org/a\\z', null],
    ['(?i)^https://example\\.org/.*', null],
    ['^https://example\\.org/(a|b.+)', null],
    ['^a$|^b$', null],
    ['a', '^a$'],
    ['^a', '^a$'],
    ['a$', '^a$'],
    ['^a\\$', '^a\\$$'],
    ['^a\\\\$', null],
    ['^a[$]', '^a[$]$'],
    ['^a|b$', '^(?:^a|b$)$'],
    ['^(a|b)$', null],
    ['^[|(]$', null],
    ['^\\Q|(\\E$', null],
  ] as const) {
    it(whole === null ? `matches whole texts as ${pattern}` : `${pattern} matches whole texts as ${whole}`, () => assert.equal(anchored(pattern), whole));
  }

  it('is judged in a time that grows with its length alone', () => {
    const start = performance.now();
    whyNoPattern('(a[b'.repeat(50_000));
    whyNoPattern('\\Qab'.repeat(50_000));
    anchored('(a[b])|'.repeat(50_000));
    assert.ok(performance.now() - start < 2000);
  });
});
