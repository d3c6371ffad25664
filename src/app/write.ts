import { type Badge, type BadgeStyle, defaultStyle, type KnownBadge } from '../core/badge';
import type { Snapshot } from '../core/snapshot';
import { writeEndpoint } from '../sources/endpoint';
import { joinPath } from '../sources/files';
import { inParallel } from '../sources/parallel';
import { nameKey } from './collect';
import { type Draw, FileError, type Folder } from './ports';

interface WritePorts {
  readonly folder: Pick<Folder, 'write'>;
  readonly draw: Draw;
}

interface WriteOptions {
  /** Of badges that have no style of their own. */
  readonly style?: BadgeStyle;
}

export interface WrittenBadge {
  readonly badge: Badge;
  readonly status: 'written' | 'unchanged' | 'failed' | 'unknown';
  /** The SVG, in the terms of the snapshot's path; null where the badge has none. */
  readonly file: string | null;
  /** Why there is no file. */
  readonly reason?: string;
}

/** The disk is kept busy, and no more than these SVGs are in memory. */
const parallelWrites = 16;

/**
 * Writes `<stem>.svg` for every known badge, and `<stem>.json` beside it where the badge has that form and no other tool's
 * file stands there. What is unknown or failed neither writes nor deletes. A file that cannot be written fails its badge
 * only; rejects when cancelled, between two files.
 */
export async function writeBadges(
  snapshot: Snapshot,
  { folder, draw }: WritePorts,
  options: WriteOptions,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<readonly WrittenBadge[]> {
  const { badges, path } = snapshot;
  const foreignFiles = new Set(badges.flatMap(({ origin }) => (origin.kind === 'endpoint' && origin.file ? [nameKey(origin.file)] : [])));
  let done = 0;
  return inParallel(badges, parallelWrites, signal, async (badge) => {
    const written = await writeBadge(badge);
    onProgress((done += 1), badges.length);
    return written;
  });

  async function writeBadge(badge: Badge): Promise<WrittenBadge> {
    if (badge.status !== 'known') return { badge, status: badge.status, file: null, reason: badge.reason };
    try {
      const svg = badge.svg ?? draw(badge.face, { stem: badge.stem, style: options.style ?? defaultStyle });
      const file = joinPath(path, `${badge.stem}.svg`);
      const changes = [await folder.write(file, svg)];
      const json = jsonFileOf(badge);
      if (json !== null) changes.push(await folder.write(json, writeEndpoint(badge.face)));
      return { badge, file, status: changes.includes('written') ? 'written' : 'unchanged' };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof FileError || (error instanceof Error && error.name === 'DrawingError')) {
        return { badge, status: 'failed', file: null, reason: error.message };
      }
      throw error;
    }
  }

  function jsonFileOf(badge: KnownBadge): string | null {
    if (badge.origin.kind === 'link' || badge.origin.kind === 'endpoint') return null;
    const file = joinPath(path, `${badge.stem}.json`);
    return foreignFiles.has(nameKey(file)) ? null : file;
  }
}
