import { type Browser, chromium, type Page } from 'playwright-core';

/** Scripts that badge-maker's tables do not measure, and that are written letter by letter. */
const letterRanges: readonly (readonly [first: number, last: number])[] = [
  [0x0531, 0x058a], // Armenian
  [0x05be, 0x05f4], // Hebrew
  [0x0900, 0x0df4], // the scripts of India
  [0x0e01, 0x0e5b], // Thai
  [0x0e81, 0x0edf], // Lao
  [0x10a0, 0x10ff], // Georgian
];

/** Where each of the nine scripts of India has the same sounds at the same places: 128 code points each. */
const indic = [0x0900, 0x0df4] as const;
/** The letter ka, the first and last consonant, and the sign that takes a consonant its vowel. */
const [ka, lastConsonant, virama] = [0x15, 0x39, 0x4d];

/** Arabic and what is written with it. */
const joinedRange = [0x0620, 0x06d5] as const;

const families = 'DejaVu Sans, Noto Sans Thai, Noto Sans Devanagari, Noto Sans Bengali, Noto Sans Gurmukhi, Noto Sans Gujarati, Noto Sans Oriya, Noto Sans Tamil, Noto Sans Telugu, Noto Sans Kannada, Noto Sans Malayalam, Noto Sans Sinhala';

/**
 * Makes src/drawing/scriptWidths.json from what Chromium draws with DejaVu Sans, the last font that a badge names, and with Noto Sans
 * where that has no letters: thousandths of the font size, by ranges. `letters` are widths one after the other, a letter that no font has
 * as `-`. `joined` are four of each letter: alone, at the end, in the middle and at the start of a word.
 */
export async function makeScriptWidths(executablePath: string): Promise<string> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
  try {
    return await make(browser);
  } finally {
    await browser.close();
  }
}

async function make(browser: Browser): Promise<string> {
  const joiner = '\u200d';
  const marks = /[\p{Mn}\p{Me}\p{Cf}\p{Cn}]/u;
  const codes = ([first, last]: readonly [number, number]) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const forms = (code: number): readonly string[] => {
    const letter = String.fromCodePoint(code);
    return [letter, joiner + letter, joiner + letter + joiner, letter + joiner];
  };
  const letters = letterRanges.map((range) => ({ range, texts: codes(range).map((code) => String.fromCodePoint(code)) }));
  const joined = codes(joinedRange).map(forms);
  // A vowel sign by itself is drawn on a circle of dots.
  const onKa = (code: number) => String.fromCodePoint((code & ~0x7f) + ka, code);
  const signs = codes(indic).filter((code) => /\p{Mc}/u.test(String.fromCodePoint(code)));
  const half = (code: number) => String.fromCodePoint(code, (code & ~0x7f) + (code >= 0x0d80 ? 0x4a : virama)) + joiner;
  const consonants = codes(indic).filter((code) => (code & 0x7f) >= ka && (code & 0x7f) <= lastConsonant);
  const lamAlef = ['\u0644\u0627', `${joiner}\u0644\u0627`];
  const widths = await measure(browser, [...letters.flatMap(({ texts }) => texts), ...joined.flat(), ...lamAlef, ...signs.flatMap((code) => [onKa(code), String.fromCodePoint((code & ~0x7f) + ka)]), ...consonants.map(half)]);
  const beside = (code: number) => Math.max(0, (widths.get(onKa(code)) ?? NaN) - (widths.get(String.fromCodePoint((code & ~0x7f) + ka)) ?? NaN));
  const written = (text: string) => (signs.includes(text.codePointAt(0) ?? 0) ? (Number.isNaN(beside(text.codePointAt(0) ?? 0)) ? '-' : beside(text.codePointAt(0) ?? 0)) :marks.test(text.replaceAll(joiner, '')) ? '0' : (widths.get(text) ?? '-'));
  const halves = codes(indic).map((code) => (consonants.includes(code) ? (widths.get(half(code)) ?? '-') : '-'));
  const lines = letters.map(({ range: [first], texts }) => `    [${first}, ${JSON.stringify(texts.map(written).join(' '))}]`);
  return `{
  "letters": [
${lines.join(',\n')}
  ],
  "halves": [${indic[0]}, ${JSON.stringify(halves.join(' '))}],
  "joined": [${joinedRange[0]}, ${JSON.stringify(joined.map((texts) => texts.map(written).join(' ')).join(', '))}],
  "lamAlef": [${lamAlef.map((text) => widths.get(text)).join(', ')}]
}
`;
}

/** Thousandths of the font size, by text; nothing for a text that none of the fonts can show. */
async function measure(browser: Browser, texts: readonly string[]): Promise<ReadonlyMap<string, number>> {
  // A character that is in no font is drawn as a box.
  const [box, ...widths] = await drawnWidths(await browser.newPage(), `1000px ${families}`, [unassigned, ...texts]);
  return new Map(texts.flatMap((text, index) => (widths[index] === box ? [] : [[text, Math.round(widths[index] ?? 0)]])));
}

/** Not a character, and in no font. */
export const unassigned = '\u0378';

/** How wide texts are drawn in a font, in pixels. Each of them stands in a `span` of its own, in their order. */
export async function drawnWidths(page: Page, font: string, texts: readonly string[]): Promise<readonly number[]> {
  await page.setContent(`<meta charset="utf-8"><body style="font: ${font}; text-rendering: geometricPrecision; white-space: pre"></body>`);
  return page.evaluate(
    (all) =>
      all
        .map((text) => {
          const line = document.createElement('div');
          const span = document.createElement('span');
          span.textContent = text;
          line.append(span);
          document.body.append(line);
          return span;
        })
        .map((span) => span.getBoundingClientRect().width),
    texts,
  );
}
