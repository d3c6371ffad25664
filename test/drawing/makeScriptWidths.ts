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

/** The ten scripts of India, 128 code points each, with the same sounds at the same places; Sinhala has places of its own. */
const indic = [0x0900, 0x0dff] as const;
const sinhala = 0x0d80;
const scriptOf = (code: number) => code & ~0x7f;
const firstConsonant = (script: number) => script + (script === sinhala ? 0x1a : 0x15);
const lastConsonant = (script: number) => script + (script === sinhala ? 0x46 : 0x39);
/** The sign that takes a consonant its vowel, with what joins the next one to it. */
const virama = (script: number) => (script === sinhala ? '\u0dca\u200d' : String.fromCodePoint(script + 0x4d));

/** Scripts that put the second of two consonants below the first; the others write the first one as a half. */
const belowScripts = [0x0a00, 0x0b00, 0x0b80, 0x0c00, 0x0c80, 0x0d00, sinhala];

/** A pair of letters is kept where it is by more than this, in thousandths of the font size, not as wide as the rule has it. */
const noticeable = 30;

/** Arabic and what is written with it. */
const joinedRange = [0x0620, 0x06d5] as const;

/** The last font that a badge names, and those that have what it lacks. */
export const families = 'DejaVu Sans, Noto Sans Thai, Noto Sans Devanagari, Noto Sans Bengali, Noto Sans Gurmukhi, Noto Sans Gujarati, Noto Sans Oriya, Noto Sans Tamil, Noto Sans Telugu, Noto Sans Kannada, Noto Sans Malayalam, Noto Sans Sinhala';

/**
 * Makes src/drawing/scriptWidths.json from what Chromium draws with DejaVu Sans, the last font that a badge names, and with Noto Sans
 * where that has no letters: thousandths of the font size, by ranges. `letters` are widths one after the other, a letter that no font has
 * as `-`. `halves` are consonants before another one, `below` those behind another one in a script that puts them there; `pairs` are
 * what differs: two letters, and how wide the one is that the rules speak of (the first of two consonants, the second one, or the sign
 * behind a consonant). `joined` are four of each letter: alone, at the end, in the middle and at the start of a word.
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
  const onKa = (code: number) => String.fromCodePoint(firstConsonant(scriptOf(code)), code);
  const signs = codes(indic).filter((code) => /\p{M}/u.test(String.fromCodePoint(code)));
  const consonants = codes(indic).filter((code) => code >= firstConsonant(scriptOf(code)) && code <= lastConsonant(scriptOf(code)) && /\p{L}/u.test(String.fromCodePoint(code)));
  const couples = consonants.flatMap((first) => consonants.flatMap((second) => (scriptOf(first) === scriptOf(second) ? [[first, second] as const] : [])));
  const signed = consonants.flatMap((first) => signs.flatMap((sign) => (scriptOf(first) === scriptOf(sign) && !virama(scriptOf(first)).includes(String.fromCodePoint(sign)) ? [[first, sign] as const] : [])));
  const conjunct = (first: number, second: number) => `${String.fromCodePoint(first)}${virama(scriptOf(first))}${String.fromCodePoint(second)}`;
  const lamAlef = ['\u0644\u0627', `${joiner}\u0644\u0627`];
  const widths = await measure(browser, [...letters.flatMap(({ texts }) => texts), ...joined.flat(), ...lamAlef, ...signs.map(onKa), ...couples.map(([first, second]) => conjunct(first, second)), ...signed.map((pair) => String.fromCodePoint(...pair))]);
  const own = (code: number) => widths.get(String.fromCodePoint(code)) ?? NaN;
  const beside = (code: number) => (/\p{Mc}/u.test(String.fromCodePoint(code)) ? Math.max(0, (widths.get(onKa(code)) ?? NaN) - own(firstConsonant(scriptOf(code)))) : 0);
  const written = (text: string) => {
    const code = text.codePointAt(0) ?? 0;
    if (signs.includes(code)) return Number.isNaN(beside(code)) ? '-' : beside(code);
    return marks.test(text.replaceAll(joiner, '')) ? '0' : (widths.get(text) ?? '-');
  };

  const together = (first: number, second: number) => widths.get(conjunct(first, second)) ?? NaN;
  const isBelow = (code: number) => belowScripts.includes(scriptOf(code));
  const partners = (code: number) => consonants.filter((other) => scriptOf(other) === scriptOf(code) && !Number.isNaN(own(other)));
  const halves = new Map(consonants.filter((code) => !isBelow(code) && !Number.isNaN(own(code))).map((first) => [first, median(partners(first).map((second) => together(first, second) - own(second)))]));
  const below = new Map(consonants.filter((code) => isBelow(code) && !Number.isNaN(own(code))).map((second) => [second, median(partners(second).map((first) => together(first, second) - own(first)))]));
  const odd = (first: number, second: number, width: number, rule: number | undefined) => (rule === undefined || Number.isNaN(width) || Math.abs(width - rule) <= noticeable ? [] : [[first - indic[0], second - indic[0], width]]);
  const pairs = [
    ...couples.flatMap(([first, second]) => (isBelow(first) ? odd(first, second, together(first, second) - own(first), below.get(second)) : odd(first, second, together(first, second) - own(second), halves.get(first)))),
    ...signed.flatMap(([first, sign]) => odd(first, sign, (widths.get(String.fromCodePoint(first, sign)) ?? NaN) - own(first), beside(sign))),
  ];
  const lines = letters.map(({ range: [first], texts }) => `    [${first}, ${JSON.stringify(texts.map(written).join(' '))}]`);
  const list = (found: ReadonlyMap<number, number>) => `[${indic[0]}, ${JSON.stringify(codes(indic).map((code) => found.get(code) ?? '-').join(' '))}]`;
  return `{
  "letters": [
${lines.join(',\n')}
  ],
  "halves": ${list(halves)},
  "below": ${list(below)},
  "pairs": [${indic[0]}, ${JSON.stringify(pairs.map((pair) => pair.join(' ')).join(','))}],
  "joined": [${joinedRange[0]}, ${JSON.stringify(joined.map((texts) => texts.map(written).join(' ')).join(', '))}],
  "lamAlef": [${lamAlef.map((text) => widths.get(text)).join(', ')}]
}
`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
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
