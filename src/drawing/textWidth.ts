import { graphemes } from './graphemes';
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
    const known = fillsSquare(unit) ? face.size : face.widths[unit];
    if (known === undefined || Number.isNaN(known)) return widthByClusters(text, face);
    width += known;
  }
  return width;
}

/** Kana, Han and Hangul that stand for themselves; everything else from East Asia goes the long way round. */
function fillsSquare(unit: number): boolean {
  return (unit >= 0x4e00 && unit <= 0x9fff) || (unit >= 0xac00 && unit <= 0xd7a3) || (unit >= 0x3041 && unit <= 0x3096) || (unit >= 0x30a1 && unit <= 0x30ff);
}

interface Face {
  /** Font size in pixels. */
  readonly size: number;
  /** Width of an m, anafanafo's guess for what it doesn't know. */
  readonly em: number;
  /** By code point; NaN where a rule decides. */
  readonly widths: Float64Array;
  /** What badge-maker adds for each UTF-16 unit of a text in this font. */
  readonly letterSpacing: number;
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
  return { size, em: table.em / 100, widths, letterSpacing: size === 10 ? 1.25 : 0 };
}

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
const emoji =
  /^(?:\p{Regional_Indicator}{2}|\p{Emoji_Presentation}|\p{Extended_Pictographic}\p{Emoji_Modifier}|\p{Emoji}\ufe0f|(?=[\u{1f000}-\u{1faff}])\p{Extended_Pictographic})/u;

function widthByClusters(text: string, face: Face): number {
  let width = 0;
  let clusters = 0;
  // Added up one by one from the left, as anafanafo does it: sums of fractions depend on the order.
  for (const cluster of graphemes(text.normalize('NFC'))) {
    clusters++;
    if (emoji.test(cluster)) {
      width += face.size * emojiPerSize;
      continue;
    }
    for (const character of cluster) {
      const known = face.widths[character.codePointAt(0) ?? 0];
      width += known === undefined || Number.isNaN(known) ? widthByScript(character, face) : known;
    }
  }
  // badge-maker spaces UTF-16 units, a reader sees clusters.
  return width - face.letterSpacing * (text.length - clusters);
}

/** Marks sit on the letter before them; vowels and final consonants of Hangul join it. */
const invisible = /[\p{Mn}\p{Me}\p{Cc}\p{Cf}\u1160-\u11ff\ud7b0-\ud7ff]/u;

/**
 * How wide a character is for each pixel of font size, by ranges of code points, first and last; numbers rather than `\p{Script}`,
 * which takes milliseconds to load. Wide characters fill a square. The others are means of the visible code points of article 1 of
 * the Universal Declaration of Human Rights in Noto Sans and DejaVu Sans, with a little air: letters that touch are worse than
 * letters that stand apart.
 */
const shares: readonly (readonly [first: number, last: number, share: number])[] = [
  [0x0530, 0x058f, 0.66], // Armenian
  [0x0590, 0x05ff, 0.5], // Hebrew
  [0x0600, 0x08ff, 0.48], // Arabic and its relatives
  [0x0900, 0x0aff, 0.55], // Devanagari, Bengali, Gurmukhi, Gujarati
  [0x0b00, 0x0dff, 0.75], // Oriya, Tamil, Telugu, Kannada, Malayalam, Sinhala
  [0x0e00, 0x0eff, 0.58], // Thai, Lao
  [0x10a0, 0x10ff, 0.66], // Georgian
  [0x1100, 0x115f, 1], // leading consonants of Hangul
  [0x2e80, 0xa4cf, 1], // Han, kana, Bopomofo, Yi and their punctuation
  [0xa960, 0xa97f, 1], // more leading consonants
  [0xac00, 0xd7a3, 1], // Hangul
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

function widthByScript(character: string, face: Face): number {
  if (invisible.test(character)) return 0;
  const code = character.codePointAt(0) ?? 0;
  const share = shares.find(([first, last]) => first <= code && code <= last)?.[2];
  return share === undefined ? face.em : share * face.size;
}
