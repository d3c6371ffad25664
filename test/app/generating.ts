import type { Badge } from '../../src/core/badge';
import type { Snapshot } from '../../src/core/snapshot';
import { collect, type CollectPorts, type CollectRequest } from '../../src/app/collect';
import { openFolder } from '../../src/app/diskFolder';
import { loadConfig } from '../../src/app/loadConfig';
import type { Log } from '../../src/app/ports';
import { writeBadges, type WrittenBadge } from '../../src/app/write';
import { draw } from '../../src/drawing/draw';
import type { TempFolder } from './tempFolder';

interface Generated {
  readonly snapshot: Snapshot;
  readonly written: readonly WrittenBadge[];
  /** Status and, where there is one, reason by stem. */
  readonly outcome: ReadonlyMap<string, string>;
}

export const quietLog: Log = { debug() {}, info() {}, warn() {} };

/** Everything `generate` does in a folder, without a command line around it. */
export async function generateIn(temp: TempFolder, ports: Partial<CollectPorts> = {}, request: Partial<CollectRequest> = {}): Promise<Generated> {
  const { signal } = new AbortController();
  const folder = openFolder(temp.root);
  const config = await loadConfig(folder);
  const snapshot = await collect(
    {
      folder,
      project: { missing: 'There is no git remote.' },
      fetchPublic: () => Promise.reject(new Error('Nothing may be fetched here.')),
      now: () => new Date('2026-01-01T00:00:00.000Z'),
      log: quietLog,
      ...ports,
    },
    { definition: config.definition, definitionFile: config.file, problems: config.problems, ...request },
    signal,
  );
  const style = config.definition.style?.value;
  const written = await writeBadges(snapshot, { folder, draw }, style ? { style } : {}, signal);
  return { snapshot, written, outcome: new Map(written.map(({ badge, status, reason }) => [badge.stem, reason === undefined ? status : `${status}: ${reason}`])) };
}

export function badgeOf(snapshot: Snapshot, stem: string): Badge {
  const badge = snapshot.badges.find((candidate) => candidate.stem === stem);
  if (!badge) throw new Error(`There is no badge ${stem}.`);
  return badge;
}

export function messageOf(snapshot: Snapshot, stem: string): string | null {
  const badge = badgeOf(snapshot, stem);
  return badge.status === 'known' ? badge.face.message : null;
}

export const endpointJson = (label: string, message: string, more: object = {}) => JSON.stringify({ schemaVersion: 1, label, message, ...more });
