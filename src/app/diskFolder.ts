import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { access, type FileHandle, lstat, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { decoderByMark } from '../config/encoding';
import type { Position } from '../config/position';
import { FileError, type FileErrorReason, type Folder } from './ports';

interface OpenFolderOptions {
  /** Further files, folders and globs that may be used, because the user named them on the command line; relative to `root` or absolute. */
  readonly alsoAllowed?: readonly string[];
}

/** A glob stops this deep below the folder it starts in. */
const maxGlobDepth = 24;

/** A glob that finds more is refused, before the list of names fills the memory. */
const maxGlobMatches = 20_000;

const chunkBytes = 64 * 1024;

/**
 * A folder of the disk. No path leads out of it, neither by `..` nor by a symbolic link: every path is followed to the
 * real file before it is used.
 */
export function openFolder(root: string, { alsoAllowed = [] }: OpenFolderOptions = {}): Folder {
  const absoluteRoot = path.resolve(root);
  const allowed = [absoluteRoot, ...alsoAllowed.flatMap((place) => placesOf(place)).map((place) => path.resolve(absoluteRoot, place))];

  /** Where the allowed places really are, once they are there. */
  const realPlaces = new Map<string, string>();

  return { root: absoluteRoot, readText, readStream, list, find, write, remove };

  async function readText(file: string, maxBytes: number, { keepByteOrderMark = false } = {}): Promise<string | null> {
    let text = '';
    try {
      for await (const piece of readPieces(file, maxBytes, () => new TextDecoder('utf-8', { fatal: true, ignoreBOM: keepByteOrderMark }))) text += piece;
    } catch (error) {
      if (error instanceof FileError && error.reason === 'unavailable' && error.cause === 'ENOENT') return null;
      throw error;
    }
    return text;
  }

  function readStream(file: string, maxBytes: number, signal?: AbortSignal): AsyncGenerator<string> {
    return readPieces(file, maxBytes, decoderByMark, signal);
  }

  async function* readPieces(file: string, maxBytes: number, decoderFor: DecoderFor, signal?: AbortSignal): AsyncGenerator<string> {
    const real = await realPlace(file);
    const handle = await expecting(file, () => openToRead(real));
    try {
      const info = await expecting(file, () => handle.stat());
      if (!info.isFile()) throw notAFile(file, info);
      if (info.size > maxBytes) throw tooLarge(file, maxBytes);
      yield* decode(file, handle, info.size, maxBytes, decoderFor, signal);
    } finally {
      await handle.close();
    }
  }

  async function list(folder: string, ending: string): Promise<readonly string[]> {
    const real = await realPlace(folder);
    try {
      const names = await readdir(real);
      return names.filter((name) => name.endsWith(ending) && name !== ending).sort();
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw fileError(folder, error);
    }
  }

  async function find(pattern: string, signal?: AbortSignal): Promise<readonly string[]> {
    const found = await stat(await realPlace(pattern)).catch(() => null);
    if (found?.isFile()) return [toSlashes(pattern)];
    if (!isDynamicPattern(pattern)) return [];

    const { base, rest } = splitGlob(toSlashes(pattern));
    const baseFolder = await realPlace(base);
    const matches = await glob(rest, {
      cwd: baseFolder,
      ignore: ['**/node_modules/**', '**/.git/**'],
      deep: maxGlobDepth,
      followSymbolicLinks: false,
      expandDirectories: false,
      ...(signal && { signal }),
    });
    signal?.throwIfAborted();
    if (matches.length > maxGlobMatches) {
      throw new FileError('too-large', pattern, `${pattern} matches more than ${maxGlobMatches} files. Make it narrower.`);
    }
    return matches.map((match) => (base === '.' ? match : `${base.replace(/\/$/, '')}/${match}`)).sort();
  }

  async function write(file: string, text: string): Promise<'written' | 'unchanged'> {
    const bytes = Buffer.from(text, 'utf8');
    const real = await realPlace(file);
    const { existing, isSame } = await compare(real, bytes);
    if (isSame) return 'unchanged';
    return await expecting(file, async () => {
      if (existing && !existing.isFile()) throw notAFile(file, existing);
      const temporary = path.join(path.dirname(real), `.${path.basename(real).slice(0, 100)}.${randomUUID()}.tmp`);
      try {
        await inFolder(path.dirname(real), () => writeNew(temporary, bytes, existing?.mode));
        await rename(temporary, real);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      return 'written' as const;
    });
  }

  async function remove(file: string): Promise<void> {
    const real = await realPlace(file);
    await expecting(file, () => rm(real, { force: true }));
  }

  /** The real path of a file, which need not exist yet, if it lies in an allowed place. Rejects with FileError. */
  async function realPlace(file: string): Promise<string> {
    if (file.includes('\0')) throw new FileError('unavailable', file, `${JSON.stringify(file)} is not a path.`);
    const wanted = path.resolve(absoluteRoot, file);
    // What lies outside by its name alone is refused before the disk is touched.
    const places = allowed.filter((place) => isInside(place, wanted));
    if (places.length === 0) throw outside(file);
    const real = await expecting(file, () => realOf(wanted));
    for (const place of places) {
      if (isInside(await expecting(file, () => realOfPlace(place)), real)) return real;
    }
    throw outside(file);
  }

  async function realOfPlace(place: string): Promise<string> {
    const known = realPlaces.get(place);
    if (known !== undefined) return known;
    const real = await realOf(place);
    if (await stat(real).catch(() => null)) realPlaces.set(place, real);
    return real;
  }
}

/** `outer` itself counts as inside. */
function isInside(outer: string, inner: string): boolean {
  const relative = path.relative(outer, inner);
  return relative === '' || (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative));
}

/** Follows links as far as the path exists; what does not exist yet cannot be a link. A link to nowhere is refused. */
/** Rejects with FileError where a file, or the folder it would be made in, is write-protected. Whoever may write all the same is stopped, too. */
export async function checkWritable(root: string, file: string): Promise<void> {
  const place = path.resolve(root, file);
  const info = await stat(place).catch(() => null);
  if (info && (info.mode & 0o222) === 0) throw new FileError('denied', file, `${file}: it is write-protected. Change its permissions first.`);
  await expecting(file, async () => access(info ? place : path.resolve(root), constants.W_OK));
}

async function realOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    const parent = path.dirname(file);
    if (parent === file) throw error;
    const real = path.join(await realOf(parent), path.basename(file));
    if (await isLink(real)) throw new FileError('outside', file, `${file} is a symbolic link to a file that is not there. Remove it.`);
    return real;
  }
}

async function isLink(file: string): Promise<boolean> {
  return (await lstat(file).catch(() => null))?.isSymbolicLink() ?? false;
}

/** Without waiting: opening a named pipe to read would otherwise hang until somebody writes to it. */
function openToRead(file: string): Promise<FileHandle> {
  return open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
}

/** What decodes a file, by its first bytes. */
type DecoderFor = (start: Uint8Array) => TextDecoder;

async function* decode(file: string, handle: FileHandle, size: number, maxBytes: number, decoderFor: DecoderFor, signal: AbortSignal | undefined): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  // One byte more than there should be, so that one reading shows the end of a small file.
  const buffer = Buffer.alloc(Math.min(chunkBytes, size + 1));
  for (let bytes = 0, lines = 0, atEnd = false; !atEnd; ) {
    signal?.throwIfAborted();
    const { bytesRead } = await expecting(file, () => handle.read(buffer, 0, buffer.length));
    bytes += bytesRead;
    atEnd = bytesRead < buffer.length;
    if (bytes > maxBytes) throw tooLarge(file, maxBytes);
    decoder ??= decoderFor(buffer.subarray(0, bytesRead));
    let text: string;
    try {
      text = decoder.decode(buffer.subarray(0, bytesRead), { stream: !atEnd });
    } catch {
      const { line, column } = firstUndecodable(buffer.subarray(0, bytesRead));
      throw new FileError('not-utf8', file, `${file} is not UTF-8, from line ${lines + line} on. Save it in that encoding.`, { line: lines + line, column });
    }
    lines += lineBreaks(buffer.subarray(0, bytesRead));
    if (text !== '') yield text;
  }
}

/** The place of the first bytes that are no UTF-8, from 1. Those at the start may belong to a character that began before. */
function firstUndecodable(bytes: Buffer): Position {
  let start = 0;
  while (start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  for (let line = 1; ; line++) {
    const lineBreak = bytes.indexOf(newline, start);
    const column = bytes.toString('utf8', start, lineBreak < 0 ? bytes.length : lineBreak).indexOf('\uFFFD') + 1;
    if (column > 0) return { line, column };
    if (lineBreak < 0) return { line: 1, column: 1 };
    start = lineBreak + 1;
  }
}

function lineBreaks(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) count++;
  return count;
}

const newline = 0x0a;

/** What is there under the name, and whether it holds these bytes already. Whatever keeps it from being read is left to the writing to report. */
async function compare(file: string, bytes: Buffer): Promise<{ readonly existing: Stats | null; readonly isSame: boolean }> {
  let handle: FileHandle | undefined;
  try {
    handle = await openToRead(file);
    const existing = await handle.stat();
    return { existing, isSame: existing.isFile() && existing.size === bytes.length && (await handle.readFile()).equals(bytes) };
  } catch (error) {
    return { existing: codeOf(error) === 'ENOENT' ? null : await stat(file).catch(() => null), isSame: false };
  } finally {
    await handle?.close();
  }
}

/** Makes the folder where it is missing. */
async function inFolder(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true });
    await work();
  }
}

async function writeNew(file: string, bytes: Buffer, mode: number | undefined): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(bytes);
    if (mode !== undefined) await handle.chmod(mode & 0o777);
  } finally {
    await handle.close();
  }
}

/** A name is allowed as it stands, and a glob everywhere below the folder where it starts. */
function placesOf(pattern: string): readonly string[] {
  return isDynamicPattern(pattern) ? [pattern, splitGlob(toSlashes(pattern)).base] : [pattern];
}

/** The folder where a glob starts, so that `../reports/*.xml` of the command line is searched there and nowhere else. */
function splitGlob(pattern: string): { base: string; rest: string } {
  const segments = pattern.split('/');
  let fixed = 0;
  while (fixed < segments.length - 1 && !isDynamicPattern(segments[fixed] as string)) fixed += 1;
  const base = segments.slice(0, fixed).join('/');
  return { base: base === '' ? (pattern.startsWith('/') ? '/' : '.') : base, rest: segments.slice(fixed).join('/') };
}

const toSlashes = (file: string) => (path.sep === '\\' ? file.replaceAll('\\', '/') : file);

async function expecting<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(file, error);
  }
}

function fileError(file: string, error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof FileError || code === null) return error;
  const { reason, advice } = failures[code] ?? { reason: 'unavailable', advice: `it could not be used (${code}).` };
  const result = new FileError(reason, file, `${file}: ${advice}`);
  result.cause = code;
  return result;
}

const failures: { readonly [code: string]: { readonly reason: FileErrorReason; readonly advice: string } | undefined } = {
  EACCES: { reason: 'denied', advice: 'access is denied. Check its permissions.' },
  EPERM: { reason: 'denied', advice: 'access is denied. Check its permissions.' },
  EROFS: { reason: 'denied', advice: 'the disk is read-only.' },
  EISDIR: { reason: 'not-a-file', advice: 'it is a folder, not a file.' },
  ENOTDIR: { reason: 'not-a-file', advice: 'part of its path is a file, not a folder.' },
  EEXIST: { reason: 'not-a-file', advice: 'part of its path is a file, not a folder.' },
  ENOENT: { reason: 'unavailable', advice: 'there is no such file.' },
  ENOSPC: { reason: 'unavailable', advice: 'the disk is full.' },
  ENAMETOOLONG: { reason: 'unavailable', advice: 'its name is too long.' },
  ELOOP: { reason: 'unavailable', advice: 'its symbolic links lead in a circle.' },
};

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}

const outside = (file: string) => new FileError('outside', file, `${file} leads out of the workspace folder. Choose a place inside it.`);

const notAFile = (file: string, info: Stats) => new FileError('not-a-file', file, `${file} is ${info.isDirectory() ? 'a folder' : 'a device or pipe'}, not a file.`);

function tooLarge(file: string, maxBytes: number): FileError {
  const bound = maxBytes >= 1024 * 1024 ? `${Math.floor(maxBytes / (1024 * 1024))} MiB` : `${maxBytes} bytes`;
  return new FileError('too-large', file, `${file} is larger than ${bound}, which no badge needs.`);
}
