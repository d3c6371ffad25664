import type { Position } from '../config/position';
import type { BadgeFace, BadgeStyle } from '../core/badge';

/** The workspace folder as a place to read from. Paths are relative to it, with `/`, unless the caller's user gave an absolute one. */
export interface Folder {
  /** Absolute path of the workspace folder. */
  readonly root: string;
  /** Text of a file, decoded as UTF-8, without its byte order mark unless that is to be kept; null where there is none. Rejects with FileError. */
  readText(path: string, maxBytes: number, options?: { readonly keepByteOrderMark?: boolean }): Promise<string | null>;
  /**
   * A file in pieces, for reports: they are large, and hold what programs have printed. So bytes that are no UTF-8 become U+FFFD, and
   * UTF-16 is read where a byte order mark says so. Rejects with FileError.
   */
  readStream(path: string, maxBytes: number, signal?: AbortSignal): AsyncIterable<string>;
  /** Names (not paths) of the files of a folder that end in `ending`, sorted by code unit; empty where there is no folder. */
  list(path: string, ending: string): Promise<readonly string[]>;
  /** Files that a glob finds, sorted; a path without glob characters finds itself if the file is there. */
  find(glob: string, signal?: AbortSignal): Promise<readonly string[]>;
  /**
   * Writes a file whole or not at all; answers `unchanged` and touches nothing where the bytes are the same already.
   * Makes the folders above it. Rejects with FileError, e.g. where a link leads out of the workspace folder.
   */
  write(path: string, text: string): Promise<'written' | 'unchanged'>;
  /** Removes a file; where there is none, nothing happens. Rejects with FileError. */
  remove(path: string): Promise<void>;
}

export type FileErrorReason = 'outside' | 'too-large' | 'not-utf8' | 'not-a-file' | 'denied' | 'unavailable';

/** A file could not be read or written; the message names it and says what to do. */
export class FileError extends Error {
  override readonly name = 'FileError';
  constructor(
    readonly reason: FileErrorReason,
    readonly path: string,
    message: string,
    /** Where in the file. */
    readonly place: Position = { line: 1, column: 1 },
  ) {
    super(message);
  }
}

/** Draws a badge; `stem` makes the ids inside the SVG unique among badges on one page. Throws DrawingError. */
export type Draw = (face: BadgeFace, options: { readonly stem: string; readonly style: BadgeStyle }) => string;

/** Where lines for the log go: the output channel or standard error. Never given a secret. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}
