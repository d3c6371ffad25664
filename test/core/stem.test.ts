import assert from 'node:assert/strict';
import { isStem, stemOf } from '../../src/core/stem';

describe('stemOf', () => {
  for (const [label, stem] of [
    ['coverage', 'coverage'],
    ['Conventional  Commits', 'conventional_commits'],
    ['a\t\n b', 'a_b'],
    ['no-break\u00a0space', 'no-break_space'],
    ['1.0', '1.0'],
    ['100%', '100%'],
    ['Cafe\u0301', 'caf\u00e9'],
    ['ÄRGER', 'ärger'],
    ['покрытие кода', 'покрытие_кода'],
    ['測試 覆蓋率', '測試_覆蓋率'],
    ['👩‍💻 devs', '👩‍💻_devs'],
    ['console', 'console'],
    ['com10', 'com10'],
    ['a..b', 'a..b'],
    ['x'.repeat(100), 'x'.repeat(100)],
    ['é'.repeat(50), 'é'.repeat(50)],
  ] as const) {
    it(`makes ${JSON.stringify(stem.slice(0, 30))} of ${JSON.stringify(label.slice(0, 30))}`, () => assert.deepEqual(stemOf(label), { stem }));
  }

  for (const [label, why] of [
    ['', /empty/],
    ['  \t', /empty/],
    ['a/b', /slash/],
    ['a\\b', /backslash/],
    ['../../x', /slash/],
    ['.', /dot/],
    ['..', /dot/],
    ['.hidden', /starts with a dot/],
    ['a\u0000b', /control/],
    ['a\u007fb', /control/],
    ['a\u202eb', /control/],
    ['a\ud800b', /control/],
    ['a<b', /</],
    ['a>b', />/],
    ['c:x', /:/],
    ['a"b', /"/],
    ['a|b', /\|/],
    ['a?', /\?/],
    ['a*', /\*/],
    ['etc.', /ends in a dot/],
    ['CON', /device/],
    ['aux.json', /device/],
    ['Lpt1', /device/],
    ['com¹', /device/],
    ['x'.repeat(101), /100 bytes/],
    ['é'.repeat(51), /100 bytes/],
    ['👍'.repeat(26), /100 bytes/],
  ] as const) {
    it(`refuses ${JSON.stringify(label.slice(0, 30))}`, () => {
      const result = stemOf(label);
      assert.ok('problem' in result, 'stem' in result ? result.stem : '');
      assert.match(result.problem, why);
    });
  }

  it('leaves its own stems as they are', () => {
    for (const label of ['Ünï cödé', 'İstanbul', 'a b c', 'ΣΑΣ']) {
      const first = stemOf(label);
      assert.ok('stem' in first);
      assert.deepEqual(stemOf(first.stem), first);
    }
  });
});

describe('isStem', () => {
  for (const name of ['coverage', 'My Badge', 'x'.repeat(250), 'Cafe\u0301', 'v1.2']) {
    it(`takes ${JSON.stringify(name.slice(0, 30))}`, () => assert.equal(isStem(name), true));
  }
  for (const name of ['', '.hidden', '..', 'a/b', 'a\\b', 'nul', 'blank ', 'dot.', 'a:b', 'line\nbreak', 'x'.repeat(251)]) {
    it(`refuses ${JSON.stringify(name.slice(0, 30))}`, () => assert.equal(isStem(name), false));
  }
});
