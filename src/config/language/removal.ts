import type { Range } from '../../core/problem';
import { indentationAt, lineEnd, lineStart } from '../textInsertion';

/**
 * What to cut out so that an entry (a key with its value, or an item of a list) goes without a trace: its lines, or in brackets
 * also a comma. `next` is where the entry behind it starts, if there is one in the same table or list; `before` where the one before it ends.
 */
export function removalOf(text: string, entry: Range, neighbours: { readonly before?: number | undefined; readonly next?: number | undefined }): Range | null {
  const { before, next } = neighbours;
  const behind = lineEnd(text, entry.end);
  const isAlone = indentationAt(text, entry.start) !== null && /^\s*(?:#.*|,\s*)?$/.test(text.slice(entry.end, behind));
  // Whole lines, unless a bracket opens or closes on them.
  if (isAlone) return { start: lineStart(text, entry.start), end: afterLineBreak(text, behind) };
  const isItem = /^\s*(?:- *)+$/.test(text.slice(lineStart(text, entry.start), entry.start));
  if (isItem) {
    // The first key behind a dash: the next one takes its place.
    if (next !== undefined) return { start: entry.start, end: next };
    return null;
  }
  if (next !== undefined) return { start: entry.start, end: next };
  if (before !== undefined && /^\s*,\s*$/.test(text.slice(before, entry.start))) return { start: before, end: entry.end };
  return before === undefined ? entry : null;
}

/** The line of an item of a block list with its dash. */
export function itemLines(text: string, item: Range): Range | null {
  const start = lineStart(text, item.start);
  if (!/^\s*- *$/.test(text.slice(start, item.start))) return null;
  return { start, end: afterLineBreak(text, lineEnd(text, item.end)) };
}

function afterLineBreak(text: string, offset: number): number {
  return offset + (/^(?:\r\n|\r|\n)/.exec(text.slice(offset))?.[0].length ?? 0);
}
