import { readFileSync } from 'node:fs';

const fontFiles = {
  '11px Verdana': 'verdana-11px-normal',
  '10px Verdana': 'verdana-10px-normal',
  'bold 10px Verdana': 'verdana-10px-bold',
  'bold 11px Helvetica': 'helvetica-11px-bold',
};

/** Latin, Greek and Cyrillic stand below; there anafanafo's guess for what its tables lack is kept too. */
const alphabetsEnd = 0x530;
/** From here on every character is wide or drawn by a rule. */
const tableEnd = 0x2e80;

/**
 * Makes src/drawing/widths.json from anafanafo's tables. `blocks` are ranges of code points, first and last, that are measured one
 * by one; for each font `runs` holds the widths of all of them in order, in hundredths of a pixel: `387` is one character, `0x32`
 * (width, count) are 32 alike. It is one text because a text costs next to nothing until it is read, which loading doesn't do.
 * Left out is what a cluster decides: combining marks, and characters that are emoji by themselves.
 */
export function makeWidthTables(): string {
  const fonts = Object.entries(fontFiles).map(([font, file]) => [font, readWidths(file)] as const);
  const measured = Array.from({ length: tableEnd }, (_, code) => code).filter(
    (code) => !/[\p{M}\p{Emoji_Presentation}]/u.test(String.fromCodePoint(code)) && fonts.every(([, widths]) => widths[code] !== undefined),
  );
  const lines = fonts.map(([font, widths]) => {
    const em = widths['m'.charCodeAt(0)] ?? NaN;
    const runs = runLengths(measured.map((code) => Math.round((widths[code] ?? em) * 100)));
    return `    ${JSON.stringify(font)}: { "em": ${Math.round(em * 100)}, "runs": ${JSON.stringify(runs)} }`;
  });
  return `{\n  "blocks": ${JSON.stringify(ranges(measured))},\n  "fonts": {\n${lines.join(',\n')}\n  }\n}\n`;
}

/** Widths in pixels by code point, as anafanafo's consumer reads the table: control characters count 0, gaps as wide as an m. */
function readWidths(file: string): (number | undefined)[] {
  const rows = JSON.parse(readFileSync(`node_modules/anafanafo/data/${file}.json`, 'utf8')) as [number, number, number][];
  const widths: (number | undefined)[] = [];
  for (const [first, last, width] of rows) {
    for (let code = first; code <= last && code < tableEnd; code++) widths[code] = width;
  }
  const guess = widths['m'.charCodeAt(0)];
  for (let code = 0; code < alphabetsEnd; code++) widths[code] ??= code < 32 || code === 127 ? 0 : guess;
  return widths;
}

function ranges(codes: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const code of codes) {
    const last = found.at(-1);
    if (last?.[1] === code - 1) last[1] = code;
    else found.push([code, code]);
  }
  return found;
}

function runLengths(values: readonly number[]): string {
  const runs: { width: number; count: number }[] = [];
  for (const width of values) {
    const last = runs.at(-1);
    if (last?.width === width) last.count++;
    else runs.push({ width, count: 1 });
  }
  return runs.map(({ width, count }) => (count === 1 ? `${width}` : `${width}x${count}`)).join(' ');
}
