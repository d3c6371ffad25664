import assert from 'node:assert/strict';
import { compilePattern, sizeOfPattern } from '../../src/sources/safePattern';

function matches(source: string, text: string): boolean {
  const pattern = compilePattern(source);
  assert.ok('matches' in pattern, source);
  return pattern.matches(text);
}

describe('a pattern', () => {
  for (const [source, text, expected] of [
    ['https://gitlab\\.example\\.com/open/.*', 'https://gitlab.example.com/open/shop', true],
    ['https://gitlab\\.example\\.com/open/.*', 'https://gitlab.example.com/open/', true],
    ['https://gitlab\\.example\\.com/open/.*', 'https://gitlab.example.com/opened/shop', false],
    ['^https://gitlab\\.example\\.com.*', 'https://gitlab.example.com/acme/shop', true],
    ['^https://gitlab\\.example\\.com/acme/shop$', 'https://gitlab.example.com/acme/shop', true],
    ['acme', 'https://gitlab.example.com/acme/shop', false],
    ['https:\\/\\/x\\-y/.+', 'https://x-y/z', true],
    ['(?i)HTTPS://X/.*', 'https://x/y', true],
    ['(?:a|b)(?P<rest>.*)', 'bcd', true],
    ['a|https://x/y', 'https://x/y', true],
    ['.*', 'a\nb', false],
  ] as const) {
    it(`${source} ${expected ? 'matches' : 'does not match'} ${JSON.stringify(text)} as a whole`, () => assert.equal(matches(source, text), expected));
  }

  for (const source of ['(a+)+$', '(a|a)*b', '(.*.*.*)*x', '(a|b|ab)*c']) {
    it(`${source} is done at once with a text on which JavaScript's own engine hangs`, () => assert.equal(matches(source, `${'a'.repeat(100_000)}!`), false));
  }

  for (const [source, problem] of [
    ['(?=a)b', /no look-around/],
    ['(?!a)b', /no look-around/],
    ['(?<=a)b', /no look-around/],
    ['(?<!a)b', /no look-around/],
    ['(a)\\1', /reference to a group/],
    ['(?<n>a)\\k<n>', /reference to a group/],
    ['a++', /possessive or doubled/],
    ['(?>a)', /atomic group/],
    ['[a', /bracket \[ is not closed/],
    ['a{1001}', /at most 1000 times/],
    ['('.repeat(2000) + ')'.repeat(2000), /nests too deeply/],
  ] as const) {
    it(`${source.slice(0, 20)} is refused with a reason`, () => {
      const pattern = compilePattern(source);
      assert.match('problem' in pattern ? pattern.problem : '', problem);
    });
  }

  for (const [source, size] of [
    ['abc', 3],
    ['a{2}', 8],
    ['a{2,30}', 210],
    ['a{5,}', 25],
    ['(?:a{10}){20}', 13 * 200],
    ['a{999}b{999}', 12 * 1000],
    ['a{0}', 4],
    ['{x}', 3],
  ] as const) {
    it(`${source} has the size ${size}`, () => assert.equal(sizeOfPattern(source), size));
  }
});
