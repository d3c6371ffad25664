import { lineBreakOf } from '../core/lineBreak';
import type { BadgeRecord } from '../core/plan';
import type { Range } from '../core/problem';

/** What an edit gives: the new text, or why there is none. */
export type Edited = { readonly text: string } | { readonly problem: string };

export function insert(text: string, at: number, inserted: string): Edited {
  return { text: text.slice(0, at) + inserted + text.slice(at) };
}

/** Appends lines at the end of a text, on lines of their own. */
export function insertLines(text: string, at: number, lines: readonly string[]): Edited {
  const lineBreak = lineBreakOf(text);
  const isLineStart = at === 0 || /[\r\n\uFEFF]/.test(text.charAt(at - 1));
  return insert(text, at, `${isLineStart ? '' : lineBreak}${lines.join(lineBreak)}${lineBreak}`);
}

/** Inserts lines below the line in which an offset lies. */
export function insertBelow(text: string, offset: number, lines: readonly string[]): Edited {
  const lineBreak = lineBreakOf(text);
  return insert(text, lineEnd(text, offset), lines.map((line) => lineBreak + line).join(''));
}

export function lineStart(text: string, offset: number): number {
  const first = text.startsWith('\uFEFF') ? 1 : 0;
  let at = Math.max(first, offset);
  // Not by searching for either line break: most texts have one of the two only, so all that comes before would be searched.
  while (at > first && !isLineBreak(text.charCodeAt(at - 1))) at--;
  return at;
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** Where the line of an offset ends, its line break not included. */
export function lineEnd(text: string, offset: number): number {
  const length = text.slice(offset).search(/[\r\n]/);
  return length < 0 ? text.length : offset + length;
}

/** What stands before a place in its line, if that is white space only: its indentation. */
export function indentationAt(text: string, offset: number): string | null {
  const before = text.slice(lineStart(text, offset), offset);
  return before.trim() === '' ? before : null;
}

/** Text to put in at an offset. */
interface Insertion {
  readonly at: number;
  readonly text: string;
}

/**
 * What adds entries behind the last one of a list or table in brackets, or as the first, by offset. Where the last one has lines
 * of its own, the new ones have, too, and come below a comment that stands behind it.
 */
export function insertionsInBrackets(text: string, container: Range, last: Range | undefined, entries: readonly string[]): readonly Insertion[] {
  const inOneLine = entries.join(', ');
  if (!last) return [{ at: container.start + 1, text: text.charAt(container.start) === '{' ? ` ${inOneLine} ` : inOneLine }];
  const indentation = container.start < lineStart(text, last.start) ? indentationAt(text, last.start) : null;
  if (indentation === null) return [{ at: last.end, text: `, ${inOneLine}` }];
  const [behind = '', comma = ''] = /^[ \t]*(,?)[ \t]*(?:#.*)?(?=[\r\n])/.exec(text.slice(last.end)) ?? [];
  const below = entries.map((entry) => lineBreakOf(text) + indentation + entry).join(',');
  if (behind === '') return [{ at: last.end, text: `,${below}` }];
  return [...(comma === '' ? [{ at: last.end, text: ',' }] : []), { at: last.end + behind.length, text: below + comma }];
}

export function insertInBrackets(...[text, ...place]: Parameters<typeof insertionsInBrackets>): Edited {
  const fromEnd = [...insertionsInBrackets(text, ...place)].reverse();
  return { text: fromEnd.reduce((edited, { at, text: inserted }) => edited.slice(0, at) + inserted + edited.slice(at), text) };
}

/** A text in double quotes, as YAML, TOML and JSON alike read it. What makes a text look like another (the direction of writing) is escaped. */
export function quotedText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The keys of a badge that have a value, in the order in which they are written. */
export function fieldsOf(badge: BadgeRecord): readonly (readonly [key: string, value: string])[] {
  const { name, link_url: link, image_url: image } = badge;
  return [...(name === null ? [] : [['name', quotedText(name)] as const]), ['link_url', quotedText(link)], ['image_url', quotedText(image)]];
}
