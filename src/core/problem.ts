/** A stretch of a text in UTF-16 offsets: `start` is in, `end` is out. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export type Severity = 'error' | 'warning' | 'info';

/** Something wrong in a text the user wrote. Problems are collected; reading goes on. */
export interface Problem {
  /** Stable and machine-readable, e.g. `unknown-color`. */
  readonly code: string;
  readonly severity: Severity;
  /** Says what is wrong, where and what is allowed or to be done. */
  readonly message: string;
  readonly range: Range;
}

/** A problem with the file it stands in, as the user knows that file (relative to the workspace folder, `/` as separator). */
export interface FileProblem extends Problem {
  readonly file: string;
  /** Where the problem starts, both from 1. */
  readonly line: number;
  readonly column: number;
  /** Where it ends, both from 1; the column is the one after its last character. */
  readonly endLine: number;
  readonly endColumn: number;
}
