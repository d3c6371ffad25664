import type { Range } from '../core/problem';

/** A header `[…]` or `[[…]]`, or a key with its value, which may go over several lines. */
export interface TomlStatement extends Range {
  readonly kind: 'header' | 'pair';
}

/**
 * Cuts a TOML text into its statements, in the order of the text, from their first character to their last. Needs no correct
 * text: a string or bracket that is not closed ends with its line, or before the line that looks like the next statement.
 */
export function tomlStatements(text: string): readonly TomlStatement[] {
  const statements: TomlStatement[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const start = skip(text, at, /[\s]*/y);
    if (start >= text.length) break;
    const character = text.charAt(start);
    if (character === '#') {
      at = lineEnd(text, start);
      continue;
    }
    const kind = character === '[' ? 'header' : 'pair';
    const end = kind === 'header' ? headerEnd(text, start) : pairEnd(text, start);
    statements.push({ kind, start, end: trimmed(text, start, end) });
    at = lineEnd(text, end);
  }
  return statements;
}

/** The last statement that starts at or before an offset. */
export function statementAt(statements: readonly TomlStatement[], offset: number): TomlStatement | undefined {
  let low = 0;
  let high = statements.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((statements[middle]?.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return statements[low - 1];
}

function headerEnd(text: string, start: number): number {
  const end = lineEnd(text, start);
  for (let at = start; at < end; at++) {
    const character = text.charAt(at);
    if (character === '#') return at;
    if (character === '"' || character === "'") at = lineStringEnd(text, at, end) - 1;
  }
  return end;
}

function pairEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    switch (text.charAt(at)) {
      case '"':
      case "'":
        at = stringEnd(text, at) - 1;
        break;
      case '[':
      case '{':
        depth++;
        break;
      case ']':
      case '}':
        depth = Math.max(0, depth - 1);
        break;
      case '#':
        if (depth === 0) return at;
        at = lineEnd(text, at) - 1;
        break;
      case '\n':
        if (depth === 0 || looksLikeStatement(text, at + 1)) return at;
        break;
    }
  }
  return text.length;
}

const nextPair = /[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*[ \t]*=/y;
/** Inside a list only words can stand in brackets that are values, too. */
const nextHeader = /[ \t]*\[\[?[ \t]*(?!(?:true|false|inf|nan)\b)[A-Za-z_][\w-]*(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*[ \t]*\]/y;

function looksLikeStatement(text: string, lineStart: number): boolean {
  return [nextPair, nextHeader].some((pattern) => {
    pattern.lastIndex = lineStart;
    return pattern.test(text);
  });
}

function stringEnd(text: string, start: number): number {
  const quote = text.charAt(start);
  const end = lineEnd(text, start);
  if (!text.startsWith(quote.repeat(3), start)) return lineStringEnd(text, start, end);
  for (let at = start + 3; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text.startsWith(quote.repeat(3), at)) {
      // Up to two quotes may belong to the text.
      let close = at + 3;
      while (close < at + 5 && text[close] === quote) close++;
      return close;
    }
  }
  return end;
}

function lineStringEnd(text: string, start: number, lineEnd: number): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < lineEnd; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) return at + 1;
  }
  return lineEnd;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

function trimmed(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && /\s/.test(text.charAt(at - 1))) at--;
  return at;
}

function skip(text: string, offset: number, pattern: RegExp): number {
  pattern.lastIndex = offset;
  pattern.test(text);
  return pattern.lastIndex;
}
