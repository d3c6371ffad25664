import type { Range } from '../../core/problem';
import type { TextEdit } from './rename';

/** A part of the text that comes about: what was put in, or a stretch of the first text. */
type Piece = string | Range;

/** What rounds of edits, each of the text that the one before makes, do to the first text. `length` is the first text's. */
export function joinedEdits(length: number, rounds: readonly (readonly TextEdit[])[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let kept = 0;
  let inserted = '';
  for (const piece of [...rounds.reduce(edited, [{ start: 0, end: length }]), { start: length, end: length }]) {
    if (typeof piece === 'string') inserted += piece;
    else {
      if (piece.start > kept || inserted !== '') edits.push({ range: { start: kept, end: piece.start }, text: inserted });
      inserted = '';
      kept = piece.end;
    }
  }
  return edits;
}

function edited(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const result: Piece[] = [];
  let at = 0;
  for (const { range, text } of [...edits].sort((a, b) => a.range.start - b.range.start)) {
    result.push(...cut(pieces, at, range.start), text);
    at = range.end;
  }
  return [...result, ...cut(pieces, at, Infinity)];
}

/** What stands from one offset to another. */
function cut(pieces: readonly Piece[], start: number, end: number): readonly Piece[] {
  let at = 0;
  return pieces.flatMap((piece): readonly Piece[] => {
    const length = typeof piece === 'string' ? piece.length : piece.end - piece.start;
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, length);
    at += length;
    if (from >= to) return [];
    return [typeof piece === 'string' ? piece.slice(from, to) : { start: piece.start + from, end: piece.start + to }];
  });
}
