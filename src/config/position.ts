import type { FileProblem, Problem } from '../core/problem';

/*
 * The one file that converts between the two ways to name a place:
 * - inside the program: offsets in UTF-16 units, from 0;
 * - for people, and on the command line: line and column, both from 1, columns in UTF-16 units as editors count them.
 *   A byte order mark has no column.
 */

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of a text start. A line ends with LF, CRLF or a lone CR, as in VS Code. */
export interface LineTable {
  /** Offsets, ascending; the first is 0, or 1 after a byte order mark. */
  readonly starts: readonly number[];
  readonly length: number;
}

export function lineTable(text: string): LineTable {
  const starts = [text.startsWith('\uFEFF') ? 1 : 0];
  const lineBreak = /\r\n|\n|\r/g;
  while (lineBreak.exec(text)) starts.push(lineBreak.lastIndex);
  return { starts, length: text.length };
}

/** An offset outside the text counts as its start or end. */
export function positionAt(lines: LineTable, offset: number): Position {
  const at = Math.max(0, Math.min(offset, lines.length));
  let low = 0;
  let high = lines.starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (startOf(lines, middle) <= at) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: Math.max(0, at - startOf(lines, low)) + 1 };
}

/** A column behind the end of its line counts as the start of the next one; a line outside the text as its start or end. */
export function offsetAt(lines: LineTable, position: Position): number {
  if (position.line < 1) return startOf(lines, 0);
  if (position.line > lines.starts.length) return lines.length;
  const start = startOf(lines, position.line - 1);
  const next = position.line < lines.starts.length ? startOf(lines, position.line) : lines.length;
  return Math.max(start, Math.min(start + position.column - 1, next));
}

/** A problem with the file it stands in and the lines and columns a person reads. */
export function atPosition(problem: Problem, text: string, file: string): FileProblem {
  return inFile(problem, lineTable(text), file);
}

/** `atPosition` for all problems of one text. */
export function atPositions(problems: readonly Problem[], text: string, file: string): readonly FileProblem[] {
  const lines = lineTable(text);
  return problems.map((problem) => inFile(problem, lines, file));
}

function inFile(problem: Problem, lines: LineTable, file: string): FileProblem {
  const start = positionAt(lines, problem.range.start);
  const end = positionAt(lines, problem.range.end);
  return { ...problem, file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function startOf(lines: LineTable, index: number): number {
  return lines.starts[index] ?? 0;
}
