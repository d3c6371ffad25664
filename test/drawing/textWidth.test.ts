import assert from 'node:assert/strict';
import fc from 'fast-check';
import textWidth from '../../src/drawing/textWidth';
import { requireFromBadgeMaker } from './plainBadgeMaker';

const plainWidth = requireFromBadgeMaker('anafanafo') as (text: string, options: { font: string }) => number;
const fonts = ['11px Verdana', '10px Verdana', 'bold 10px Verdana', 'bold 11px Helvetica'];
const width = (text: string): number => textWidth(text, { font: '11px Verdana' });

describe('textWidth', () => {
  it('measures Latin, Greek, Cyrillic and symbols to the last bit as anafanafo does', () => {
    const alike: [number, number][] = [
      [0x20, 0x2ff],
      [0x370, 0x482],
      [0x48a, 0x52f],
      [0x1d00, 0x1dbf],
      [0x1e00, 0x206e],
      [0x2070, 0x20cf],
      [0x2100, 0x2319],
      [0x2c60, 0x2c7f],
      [0xa640, 0xa66e],
      [0xa722, 0xa7ff],
    ];
    for (const font of fonts) {
      for (const [first, last] of alike) {
        for (let code = first; code <= last; code++) {
          const character = String.fromCodePoint(code).normalize('NFC');
          assert.equal(textWidth(character, { font }), plainWidth(character, { font }), `U+${code.toString(16)} in ${font}`);
        }
      }
      for (const character of '…–—’“”€✓★•≥→°©®™') {
        assert.equal(textWidth(character, { font }), plainWidth(character, { font }), `${character} in ${font}`);
      }
    }
  });

  it('adds up in the order of anafanafo, so that rounding agrees', () => {
    const letters = fc.integer({ min: 0x20, max: 0x52f }).map((code) => String.fromCodePoint(code));
    const text = fc.array(letters, { maxLength: 80 }).map((all) => all.join('').replace(/\p{M}/gu, '').normalize('NFC'));
    fc.assert(
      fc.property(text, fc.constantFrom(...fonts), (sample, font) => {
        assert.equal(textWidth(sample, { font }), plainWidth(sample, { font }));
      }),
      { numRuns: 2000 },
    );
  });

  const exact: [string, string, number][] = [
    ['Han', '持続的統合', 55],
    ['kana', 'カバレッジ', 55],
    ['Hangul', '통과', 20.24],
    ['letters of Hangul', 'ㅌㅗㅇ', 30.36],
    ['full-width forms', 'ＡＢ', 22],
    ['half-width kana', 'ｶﾊﾞ', 16.5],
    ['an emoji', '🚀', 14],
    ['an emoji of the basic plane', '✅', 14],
    ['a family joined to one emoji', '👨‍👩‍👧‍👦', 14],
    ['an emoji with a skin tone', '👍🏽', 14],
    ['a sign made an emoji by a variation selector', '❤️', 14],
    ['a keycap', '1️⃣', 14],
    ['two flags', '🇩🇪🇫🇷', 28],
    ['a flag of tags', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 14],
  ];
  for (const [what, text, expected] of exact) {
    it(`measures ${what} as ${expected} px`, () => assert.equal(Number(width(text).toFixed(2)), expected));
  }

  const invisible = ['\u0301', '\u200b', '\u200d', '\ufeff', '\ufe0e', '\u0e34', '\u05b4', '\u064e', '\u{e0101}'];
  for (const mark of invisible) {
    it(`gives U+${mark.codePointAt(0)?.toString(16)} no width`, () => assert.equal(width(`x${mark}`), width('x')));
  }

  it('measures decomposed letters as composed ones', () => {
    assert.equal(width('e\u0301'.repeat(8)), width('é'.repeat(8)));
  });

  // Between what the scripts need in Noto Sans and in DejaVu Sans, give or take a tenth.
  const scripts: [string, string, number, number][] = [
    ['Hebrew', 'כל בני האדם נולדו', 65, 90],
    ['Arabic', 'يولد جميع الناس أحرارا', 90, 125],
    ['Thai', 'มนุษย์ทั้งหลาย', 58, 105],
    ['Devanagari', 'सभी मनुष्यों को गौरव', 72, 135],
    ['Kannada', 'ಪರೀಕ್ಷೆಗಳು ಯಶಸ್ವಿ', 75, 110],
    ['Georgian', 'ყველა ადამიანი', 78, 105],
  ];
  for (const [script, text, least, most] of scripts) {
    it(`is near the truth for ${script}`, () => {
      const measured = width(text);
      assert.ok(measured >= least && measured <= most, `${measured} is not between ${least} and ${most}`);
      assert.ok(measured < plainWidth(text, { font: '11px Verdana' }));
    });
  }

  it('knows which form of an Arabic letter is drawn, by its neighbours', () => {
    const forms = ['\u0628', '\u0628\u0628', '\u0628\u200c\u0628', '\u0628\u064e\u0628'].map(width);
    assert.ok((forms[1] ?? 0) < (forms[2] ?? 0));
    assert.equal(forms[2], 2 * (forms[0] ?? 0));
    assert.equal(forms[3], forms[1], 'a vowel sign does not part them');
    assert.equal(width('\u0627\u0628'), width('\u0627') + width('\u0628'), 'alef does not join the next letter');
  });

  it('draws lam and alef as one letter', () => assert.ok(width('\u0644\u0627') < width('\u0644') + width('\u0627') * 0.6));
  it('draws a consonant of India that loses its vowel as a half', () => assert.ok(width('\u0938\u094d\u0915') < width('\u0938\u0915')));
  for (const [what, text, without] of [
    ['a Devanagari r above the next consonant', 'र्क', 'क'],
    ['a Devanagari r below the one before', 'क्र', 'क'],
    ['a Sinhala r below the one before', 'ක්\u200dර', 'ක'],
  ] as const) {
    it(`gives no room to ${what}`, () => assert.equal(width(text), width(without)));
  }
  it('stacks two consonants of Devanagari that are drawn on top of each other', () => assert.ok(width('द्द') < width('द') * 1.1));
  it('puts the second of two consonants below the first in Kannada', () => assert.ok(width('ಸ್ಕ') < (width('ಸ') + width('ಕ')) * 0.75));
  it('joins consonants of Sinhala by a joiner only', () => assert.equal(width('ක්ර'), width('ක') + width('ර')));
  it('knows what a vowel sign makes of its consonant', () => assert.ok(width('மு') - width('ம') > 0));
  it('makes letters of other scripts wider in bold', () => assert.ok(Math.abs(textWidth('\u0564', { font: 'bold 11px Helvetica' }) / width('\u0564') - 1.1) < 0.001));

  it('finds every emoji that stands for itself', () => {
    const size = width('✅');
    const found = Array.from({ length: 0x1fb00 }, (_, code) => String.fromCodePoint(code)).filter((text) => /^\p{Emoji_Presentation}$/u.test(text) && !/^\p{Regional_Indicator}$/u.test(text));
    assert.ok(found.length > 1000);
    assert.deepEqual(found.filter((text) => width(text) !== size), []);
  });

  it('takes back the letter spacing that for-the-badge gives to the parts of a cluster', () => {
    const family = '👨‍👩‍👧‍👦';
    const spaced = (text: string): number => textWidth(text, { font: '10px Verdana' }) + 1.25 * text.length;
    assert.ok(Math.abs(spaced(family) - spaced('✅')) < 1e-9);
    assert.ok(Math.abs(spaced('e\u0301') - spaced('é')) < 1e-9);
  });

  it('scales with the font', () => {
    for (const text of ['持続', '🚀']) assert.ok(textWidth(text, { font: 'bold 10px Verdana' }) < width(text) * 0.95);
  });

  it('refuses a font it has no widths for', () => {
    assert.throws(() => textWidth('x', { font: '12px Arial' }), /12px Arial/);
  });
});
