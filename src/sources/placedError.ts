import { JsonError, lineAndColumn } from '../config/jsonTree';

/** A file is not what it should be, at a place in it. Line and column count from 1. */
export class PlacedError extends Error {
  constructor(
    readonly problem: string,
    readonly line: number,
    readonly column: number,
    /** `unknown`: it can be read, but gives no answer, as the file of another tool does. */
    readonly status: 'failed' | 'unknown' = 'failed',
  ) {
    super(`${line}:${column}: ${problem}`);
  }
}

/** What a function makes of a JSON text; its JsonError becomes a PlacedError of that status. */
export function readPlaced<T>(text: string, status: PlacedError['status'], read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const [line = 1, column = 1] = lineAndColumn(text, error.offset).split(':').map(Number);
    throw new PlacedError(error.message, line, column, status);
  }
}
