import assert from 'node:assert/strict';
import { readDecisions } from '../../src/config/decisionFile';

describe('a decision JSON', () => {
  it('as documented is read whole', () => {
    const text = JSON.stringify({ granted: ['https://gitlab.example.com/acme/shop', 'https://gitlab.example.com/acme/web'], grantedRegex: ['https://gitlab\\.example\\.com/open/.*'] });
    assert.deepEqual(readDecisions(text), {
      decisions: { granted: ['https://gitlab.example.com/acme/shop', 'https://gitlab.example.com/acme/web'], grantedRegex: ['https://gitlab\\.example\\.com/open/.*'], ignored: [], isWhole: true },
    });
  });

  for (const [what, text, decisions] of [
    ['of one list', '{"granted": []}', { granted: [], grantedRegex: [], ignored: [], isWhole: true }],
    ['of patterns alone', '{"grantedRegex": ["x"]}', { granted: [], grantedRegex: ['x'], ignored: [], isWhole: true }],
    ['with notes beside', '{"$schema": "x", "comment": 1, "granted": ["x"]}', { granted: ['x'], grantedRegex: [], ignored: [], isWhole: true }],
    ['with an entry of another type', '{\n  "granted": ["x", 5]\n}', { granted: ['x'], grantedRegex: [], ignored: ['2:20: an entry of granted must be a text, not a number'], isWhole: true }],
    ['with a mistyped key', '{"grantedRegexp": ["x"]}', { granted: [], grantedRegex: [], ignored: ['1:2: the key “grantedRegexp” is not known: write grantedRegex'], isWhole: false }],
  ] as const) {
    it(`${what} is read`, () => assert.deepEqual(readDecisions(text), { decisions }));
  }

  for (const [what, text, problem] of [
    ['a list', '["https://x"]', /^1:1: the file holds a list, not an object with granted or grantedRegex$/],
    ['an object without lists', '{}', /^1:1: the object has neither granted nor grantedRegex$/],
    ['an object whose list is a text', '{"granted": "https://x"}', /^1:13: granted must be a list, not a text$/],
    ['an object whose list is null', '{"grantedRegex": null}', /^1:18: grantedRegex must be a list, not null$/],
    ['an object with a list twice', '{"granted": [],\n "granted": []}', /^2:2: granted is here twice$/],
    ['a web page', '<!doctype html>', /^1:1: a value is missing before "<"$/],
    ['YAML', 'granted:\n  - x\n', /^1:1: a value is missing/],
    ['nothing', '', /^1:1: a value is missing before the end of the file$/],
    ['JSON that ends early', '{"granted": [', /^1:14: /],
    ['nested too deep', '['.repeat(100_000), /deeper/],
  ] as const) {
    it(`cannot be read where it is ${what}`, () => {
      const reading = readDecisions(text);
      assert.match('problem' in reading ? reading.problem : '', problem);
    });
  }
});
