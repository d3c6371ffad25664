/** What the sources need of the workspace folder; `Folder` of src/app fulfils it. */
export interface SourceFiles {
  /** Text of a file; null where there is none. Rejects with an error that `isFileError` knows. */
  readText(path: string, maxBytes: number): Promise<string | null>;
  /** A file in pieces. Rejects with an error that `isFileError` knows. */
  readStream(path: string, maxBytes: number, signal?: AbortSignal): AsyncIterable<string>;
  /** Names of the entries of a folder that end in `ending`, sorted; empty where there is no folder. */
  list(path: string, ending: string): Promise<readonly string[]>;
  /** Files that a path or a glob finds, sorted. */
  find(glob: string, signal?: AbortSignal): Promise<readonly string[]>;
}

/** A file that could not be read: an expected failure, whose message names the file and says what to do. */
export function isFileError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'FileError';
}

/** A file in a folder, both with `/`. */
export function joinPath(folder: string, name: string): string {
  return folder === '' || folder === '.' ? name : `${folder.replace(/\/+$/, '')}/${name}`;
}
