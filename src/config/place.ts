import type { Problem, Range } from '../core/problem';
import { maxTextLength } from './limits';
import type { TreeNode } from './tree';

/** The range within the text, and over a character one can see: a place at the end of a line or of the text moves back onto the last character before it. */
export function visibleRange(text: string, start: number, end: number): Range {
  const from = Math.max(0, Math.min(start, text.length));
  const to = Math.max(from, Math.min(end, text.length));
  if (/[^\r\n]/.test(text.slice(from, to))) return { start: from, end: to };
  let last = from;
  while (last > 0 && text.slice(last - 1, last).trim() === '') last--;
  return last > 0 ? { start: last - 1, end: last } : { start: from, end: to };
}

/** Where a part of a text (offsets into its value) is written: all of it where it is written with escapes. */
export function partOf(text: string, node: TreeNode, part: Range): Range {
  if (node.type !== 'string') return node.range;
  const written = text.slice(node.range.start, node.range.end);
  const at = written.indexOf(node.value);
  return at < 0 ? node.range : { start: node.range.start + at + part.start, end: node.range.start + at + part.end };
}

/** A problem with a text that is too long to be read, or null. */
export function tooLarge(text: string): Problem | null {
  if (text.length <= maxTextLength) return null;
  const message = `This file is longer than ${maxTextLength.toLocaleString('en')} characters and is not read.`;
  return { code: 'too-large', severity: 'error', message, range: { start: 0, end: firstLineEnd(text) } };
}

function firstLineEnd(text: string): number {
  const end = text.search(/[\r\n]/);
  return end < 0 ? text.length : end;
}
