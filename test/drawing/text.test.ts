import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maxTextLength, printable } from '../../src/drawing/text';

describe('printable', () => {
  const cases: [string, string, string][] = [
    ['composes letters', 'e\u0301', 'é'],
    ['makes line breaks and tabs blanks', 'a\r\nb\tc\nd\u2028e\u0085f', 'a b c d e f'],
    ['takes blanks around away', ' \u00a0 x \n', 'x'],
    ['keeps blanks inside', 'a  b', 'a  b'],
    ['drops control characters', 'a\u0000\u0007\u001b\u007f\u009bb', 'ab'],
    ['drops lone halves of surrogate pairs', 'a\ud800b\udc00c', 'abc'],
    ['keeps whole surrogate pairs', '🚀', '🚀'],
    ['drops what XML forbids', 'a\ufffe\uffffb', 'ab'],
    ['drops overrides, embeddings and isolates', '\u202eab\u202a\u202cc\u2066d\u2069', 'abcd'],
    ['keeps direction marks and joiners', 'א\u200f👩\u200d💻', 'א\u200f👩\u200d💻'],
    ['leaves nothing of a text that shows nothing', ' \u200b\u2060\u0301 ', ''],
    ['leaves nothing of nothing', '', ''],
  ];
  for (const [what, text, expected] of cases) {
    it(what, () => assert.equal(printable(text), expected));
  }

  it(`keeps ${maxTextLength} characters and cuts at one more`, () => {
    assert.equal(printable('x'.repeat(maxTextLength - 1)).length, maxTextLength - 1);
    assert.equal(printable('x'.repeat(maxTextLength)), 'x'.repeat(maxTextLength));
    assert.equal(printable('x'.repeat(maxTextLength + 1)), `${'x'.repeat(maxTextLength - 1)}…`);
  });

  it('never cuts through a cluster', () => {
    const family = '👨‍👩‍👧‍👦';
    assert.equal(printable(family.repeat(100)), `${family.repeat(Math.floor((maxTextLength - 1) / family.length))}…`);
  });

  it('is quick with a text of any length', () => {
    assert.equal(printable('x'.repeat(50_000_000)), `${'x'.repeat(maxTextLength - 1)}…`);
    assert.equal(printable(`x${'\u0301'.repeat(5000)}`), '…');
  });

  it('changes nothing when it is applied again, and is never longer than the bound', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const once = printable(text);
        assert.equal(printable(once), once);
        assert.ok(once.length <= maxTextLength);
      }),
    );
  });
});
