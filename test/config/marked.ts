import type { Problem, Range } from '../../src/core/problem';

/** A text written with `«` and `»` around the places that are expected, without these marks, and the places. They do not nest. */
export function marked(written: string): { readonly text: string; readonly ranges: readonly Range[] } {
  const ranges: Range[] = [];
  let text = '';
  for (const piece of written.split(/(«[^»]*»)/)) {
    const content = piece.startsWith('«') ? piece.slice(1, -1) : piece;
    if (piece.startsWith('«')) ranges.push({ start: text.length, end: text.length + content.length });
    text += content;
  }
  return { text, ranges };
}

/** The text with the marks where the problems are, to be compared with what was written. */
export function withMarks(text: string, problems: readonly Pick<Problem, 'range'>[]): string {
  return [...problems]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((shown, { range: { start, end } }) => `${shown.slice(0, start)}«${shown.slice(start, end)}»${shown.slice(end)}`, text);
}
