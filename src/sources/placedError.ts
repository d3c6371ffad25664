/** A file is not what it should be, at a place in it. Line and column count from 1. */
export class PlacedError extends Error {
  constructor(
    readonly problem: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(`${line}:${column}: ${problem}`);
  }
}
