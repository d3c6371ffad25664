import scriptWidths from './scriptWidths.json';
import tables from './widths.json';

/**
 * How wide a text is drawn, in pixels. Stands in for `anafanafo` when badge-maker is bundled (the alias in esbuild.mjs): the same
 * numbers to the last bit for Latin, Greek, Cyrillic and symbols, from tables made of anafanafo's. For the other scripts anafanafo
 * guesses the width of an m for each code point; here rules decide.
 * The font is one of the four that badge-maker names, such as `11px Verdana`. A default export because badge-maker imports that.
 */
export default function textWidth(text: string, { font }: { readonly font: string }): number {
  const face = faceOf(font);
  let width = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    const known = fillsSquare(unit) ? face.size : isHangul(unit) ? face.size * hangulPerSize : face.widths[unit];
    if (known === undefined || Number.isNaN(known)) return widthByRules(text, face);
    width += known;
  }
  return width;
}

/** Kana and Han that stand for themselves; everything else from East Asia goes the long way round. */
function fillsSquare(unit: number): boolean {
  return (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0x3041 && unit <= 0x3096) || (unit >= 0x30a1 && unit <= 0x30ff);
}

/** Syllables of Hangul. */
function isHangul(unit: number): boolean {
  return unit >= 0xac00 && unit <= 0xd7a3;
}

/** They are narrower than a square: by this in Noto Sans KR, in both weights. */
const hangulPerSize = 0.92;

interface Face {
  /** Font size in pixels. */
  readonly size: number;
  /** Width of an m, anafanafo's guess for what it doesn't know. */
  readonly em: number;
  /** By code point; NaN where a rule decides. */
  readonly widths: Float64Array;
  /** What badge-maker adds for each UTF-16 unit of a text in this font. */
  readonly letterSpacing: number;
  /** By how much letters of other scripts are wider than in the regular weight. */
  readonly boldness: number;
}

const faces = new Map<string, Face>();

function faceOf(font: string): Face {
  let face = faces.get(font);
  if (!face) {
    face = readFace(font);
    faces.set(font, face);
  }
  return face;
}

function readFace(font: string): Face {
  const table = Object.entries(tables.fonts).find(([name]) => name === font)?.[1];
  if (!table) throw new Error(`No widths for the font ${font}: make them in test/drawing/makeWidthTables.ts.`);
  const widths = new Float64Array((tables.blocks.at(-1)?.[1] ?? 0) + 1).fill(NaN);
  const measured = runsOf(table.runs);
  for (const [first = 0, last = -1] of tables.blocks) {
    for (let code = first; code <= last; code++) widths[code] = measured.next().value ?? NaN;
  }
  // Only the style for-the-badge uses 10 pixels, and it spaces its letters.
  const size = Number(/\d+/.exec(font));
  return { size, em: table.em / 100, widths, letterSpacing: size === 10 ? 1.25 : 0, boldness: font.startsWith('bold') ? boldPerRegular : 1 };
}

/** DejaVu Sans Bold is wider than DejaVu Sans by this, over the words that test/drawing/words.ts holds of these scripts. */
const boldPerRegular = 1.1;

/** Reads what makeWidthTables of the tests writes: `387` is one character 3.87 pixels wide, `0x32` are 32 without width. */
function* runsOf(text: string): Generator<number, undefined> {
  for (const run of text.split(' ')) {
    const [width, count = 1] = run.split('x').map(Number);
    // A quotient of whole numbers is the same double as the decimal fraction in anafanafo's table.
    for (let left = count; left > 0; left--) yield (width ?? NaN) / 100;
  }
  return undefined;
}

/** Emoji fonts draw a picture about 14 pixels wide where letters are 11 high. */
const emojiPerSize = 14 / 11;

/** What a reader takes for one picture: a flag, a keycap, a face with its tone, a family that is joined. After https://unicode.org/reports/tr51/#EBNF_and_Regex */
const emoji =
  /(?:\p{Regional_Indicator}{2}|\p{Emoji_Presentation}|\p{Emoji}(?=\ufe0f)|\p{Extended_Pictographic}(?=\p{Emoji_Modifier})|(?=[\u{1f000}-\u{1faff}])\p{Extended_Pictographic})(?:\p{Emoji_Modifier}|\ufe0f\u20e3?|[\u{e0020}-\u{e007f}]+)?(?:\u200d\p{Emoji}(?:\p{Emoji_Modifier}|\ufe0f)?)*/gu;

/** Every emoji has a unit of these; looking for them takes a tenth of the time. */
const mayBeEmoji = /[\u203c-\u2bff\ud83c-\ud83e\ufe0f]/;

function widthByRules(text: string, face: Face): number {
  const composed = text.normalize('NFC');
  let pictures = 0;
  const count = () => {
    pictures++;
    return '';
  };
  const rest = mayBeEmoji.test(composed) ? composed.replace(emoji, count) : composed;
  let width = pictures * face.size * emojiPerSize;
  let seen = pictures;
  for (let index = 0; index < rest.length; index++) {
    const code = rest.codePointAt(index) ?? 0;
    const own = widthOf(rest, index, code, face);
    width += own;
    // What has no width is a part of what stands before it.
    if (own > 0) seen++;
    if (code > 0xffff) index++;
  }
  // badge-maker spaces UTF-16 units, a reader sees characters.
  return width - face.letterSpacing * (text.length - seen);
}

function widthOf(text: string, index: number, code: number, face: Face): number {
  const known = face.widths[code];
  if (known !== undefined && !Number.isNaN(known)) return known;
  const thousandths = joinedWidth(text, index, code) ?? besideWidth(text, index, code) ?? letterWidths().get(code);
  if (thousandths !== undefined) return (thousandths / 1000) * face.size * face.boldness;
  return widthByScript(code, face);
}

interface Joined {
  readonly first: number;
  /** Of each letter: alone, at the end, in the middle and at the start of a word, in thousandths of the font size. */
  readonly forms: readonly (readonly number[])[];
}

let joinedLetters: Joined | undefined;
let letters: ReadonlyMap<number, number> | undefined;
let conjuncts: { readonly halves: ReadonlyMap<number, number>; readonly below: ReadonlyMap<number, number>; readonly pairs: ReadonlyMap<number, number> } | undefined;

/** Read on first use: most badges need none of it. */
function joined(): Joined {
  const [first, forms] = scriptWidths.joined as [number, string];
  return (joinedLetters ??= { first, forms: forms.split(', ').map((letter) => letter.split(' ').map(Number)) });
}

function letterWidths(): ReadonlyMap<number, number> {
  return (letters ??= new Map((scriptWidths.letters as [number, string][]).flatMap(widthsOf)));
}

function widthsOf([first, widths]: readonly [number, string]): readonly (readonly [number, number])[] {
  return widths.split(' ').flatMap((width, index) => (width === '-' ? [] : [[first + index, Number(width)] as const]));
}

/**
 * Of a letter of India, how wide it is beside its neighbours: a consonant that loses its vowel to the next one is drawn as a half or with
 * the next one below it, and vowel signs join some consonants. Undefined where nothing is special about it.
 */
function besideWidth(text: string, index: number, code: number): number | undefined {
  if (code < 0x900 || code > 0xdff) return undefined;
  const { halves, below, pairs } = (conjuncts ??= readConjuncts());
  if (!isConsonant(code)) return pairs.get(pairKey(text.charCodeAt(index - 1), code));
  const second = joinedConsonant(text, index, 1);
  if (second > 0 && halves.has(code)) return pairs.get(pairKey(code, second)) ?? halves.get(code);
  const first = joinedConsonant(text, index, -1);
  return first > 0 && below.has(code) ? (pairs.get(pairKey(first, code)) ?? below.get(code)) : undefined;
}

/** The consonant that a virama joins to the one at the index, before or behind it; 0 where there is none. Sinhala needs a joiner for it. */
function joinedConsonant(text: string, index: number, step: 1 | -1): number {
  let at = index + step;
  const hasJoiner = text.charCodeAt(step > 0 ? at + 1 : at) === 0x200d;
  if (hasJoiner && step < 0) at--;
  const sign = text.charCodeAt(at);
  if (!isVirama(sign) || (sign === 0xdca && !hasJoiner)) return 0;
  const code = text.charCodeAt(at + (hasJoiner && step > 0 ? 2 : step));
  return isConsonant(code) ? code : 0;
}

const pairKey = (first: number, second: number) => first * 0x10000 + second;

function readConjuncts(): NonNullable<typeof conjuncts> {
  const [start, pairs] = scriptWidths.pairs as [number, string];
  return {
    halves: new Map(widthsOf(scriptWidths.halves as [number, string])),
    below: new Map(widthsOf(scriptWidths.below as [number, string])),
    pairs: new Map(
      pairs.split(',').map((pair) => {
        const [first = 0, second = 0, width = 0] = pair.split(' ').map(Number);
        return [pairKey(start + first, start + second), width] as const;
      }),
    ),
  };
}

/** The scripts of India have the same sounds at the same places, 128 code points each; Sinhala, the last one, has places of its own. */
const isConsonant = (code: number) => (code >= 0x900 && code < 0xd80 && (code & 0x7f) >= 0x15 && (code & 0x7f) <= 0x39) || (code >= 0xd9a && code <= 0xdc6);
const isVirama = (code: number) => (code >= 0x900 && code < 0xd80 && (code & 0x7f) === 0x4d) || code === 0xdca;

/** Letters of Arabic have four forms; which one is drawn, their neighbours say. Undefined for what is none. */
function joinedWidth(text: string, index: number, code: number): number | undefined {
  if (code < 0x620 || code > 0x6d5) return undefined;
  const { first, forms } = joined();
  const form = forms[code - first];
  if (!form || Number.isNaN(form[0])) return undefined;
  const before = neighbour(text, index, -1);
  const after = neighbour(text, index, 1);
  const isAfterJoin = joinsNext(before) && joinsPrevious(code);
  // Lam and alef are drawn as one letter, which counts for the lam.
  if (isAlef(code) && before === lam) return 0;
  if (code === lam && isAlef(after)) return scriptWidths.lamAlef[isAfterJoin ? 1 : 0];
  const isBeforeJoin = joinsNext(code) && joinsPrevious(after);
  return form[isAfterJoin ? (isBeforeJoin ? 2 : 1) : isBeforeJoin ? 3 : 0];
}

const lam = 0x644;
const isAlef = (code: number) => code === 0x622 || code === 0x623 || code === 0x625 || code === 0x627;

/** The next character in a direction that is no vowel sign; 0 at the end. */
function neighbour(text: string, index: number, step: 1 | -1): number {
  for (let at = index + step; at >= 0 && at < text.length; at += step) {
    const code = text.charCodeAt(at);
    if (!isVowelSign(code)) return code;
  }
  return 0;
}

const isVowelSign = (code: number) => (code >= 0x610 && code <= 0x61a) || (code >= 0x64b && code <= 0x65f) || code === 0x670 || (code >= 0x6d6 && code <= 0x6dc);

/** Joining types of https://www.unicode.org/Public/UCD/latest/ucd/ArabicShaping.txt: tatweel and the zero-width joiner join both ways. */
function joinsPrevious(code: number): boolean {
  return code === 0x200d || (code >= 0x620 && code <= 0x6d3 && code !== 0x621 && code !== 0x674 && !(code >= 0x660 && code <= 0x66d)) || code === 0x6d5;
}

function joinsNext(code: number): boolean {
  return joinsPrevious(code) && !joinsBackOnly.has(code) && !(code >= 0x688 && code <= 0x699) && !(code >= 0x6c3 && code <= 0x6cb);
}

/** Alef, dal, reh, waw and their like. */
const joinsBackOnly = new Set([0x622, 0x623, 0x624, 0x625, 0x627, 0x629, 0x62f, 0x630, 0x631, 0x632, 0x648, 0x671, 0x672, 0x673, 0x675, 0x676, 0x677, 0x6c0, 0x6cd, 0x6cf, 0x6d2, 0x6d3, 0x6d5]);

/** Marks sit on the letter before them; vowels and final consonants of Hangul join it. */
const invisible = /[\p{Mn}\p{Me}\p{Cc}\p{Cf}\u1160-\u11ff\ud7b0-\ud7ff]/u;

/**
 * How wide a character is for each pixel of font size, by ranges of code points, first and last; numbers rather than `\p{Script}`,
 * which takes milliseconds to load. Wide characters fill a square, or nearly. The others are means, for letters whose width is not known one by one.
 */
const shares: readonly (readonly [first: number, last: number, share: number])[] = [
  [0x0530, 0x058f, 0.66], // Armenian
  [0x0590, 0x05ff, 0.5], // Hebrew
  [0x0600, 0x08ff, 0.48], // Arabic and its relatives
  [0x0900, 0x0aff, 0.55], // Devanagari, Bengali, Gurmukhi, Gujarati
  [0x0b00, 0x0dff, 0.75], // Oriya, Tamil, Telugu, Kannada, Malayalam, Sinhala
  [0x0e00, 0x0eff, 0.58], // Thai, Lao
  [0x10a0, 0x10ff, 0.66], // Georgian
  [0x1100, 0x115f, hangulPerSize], // leading consonants of Hangul
  [0x3131, 0x318e, hangulPerSize], // letters of Hangul by themselves
  [0x2e80, 0xa4cf, 1], // Han, kana, Bopomofo, Yi and their punctuation
  [0xa960, 0xa97f, hangulPerSize], // more leading consonants
  [0xac00, 0xd7a3, hangulPerSize], // Hangul
  [0xf900, 0xfaff, 1], // Han, for compatibility
  [0xfb1d, 0xfb4f, 0.5], // Hebrew and Arabic as presentation forms
  [0xfb50, 0xfdff, 0.48],
  [0xfe30, 0xfe4f, 1], // vertical punctuation
  [0xfe70, 0xfefc, 0.48],
  [0xff01, 0xff60, 1], // full-width forms
  [0xff61, 0xffdc, 0.5], // half-width forms
  [0xffe0, 0xffe6, 1],
  [0xffe8, 0xffee, 0.5],
  [0x1b000, 0x1b16f, 1], // old kana
  [0x20000, 0x3fffd, 1], // rare Han
];

function widthByScript(code: number, face: Face): number {
  if (invisible.test(String.fromCodePoint(code))) return 0;
  const share = shares.find(([first, last]) => first <= code && code <= last)?.[2];
  return share === undefined ? face.em : share * face.size;
}
