import type { Badge, BadgeFace } from '../badge';
import type { Origin } from '../fact';
import { stemOf } from '../stem';
import { reachedIndex } from './explain';
import type { LeveledBadgeResult, LevelResult } from './result';

/** What a leveled badge shows when it is drawn by us: its id and the level reached; null where that is unknown. */
export function faceOf(result: LeveledBadgeResult): BadgeFace | null {
  if (result.status === 'unknown') return null;
  const level = result.levels[reachedIndex(result.levels)];
  return level ? levelFace(result, level) : { label: labelOf(result.id), message: 'not reached', color: 'lightgrey' };
}

/** What it shows at one of its levels, reached or not. */
export function levelFace({ id, levels }: LeveledBadgeResult, level: LevelResult): BadgeFace {
  return { label: labelOf(id), message: level.name, color: levelColor(level.name, levels.indexOf(level), levels.length) };
}

/** An underscore stands for a blank in the ids of badges, a hyphen for itself: `open-source`. */
function labelOf(id: string): string {
  return id.replaceAll('_', ' ');
}

/** The picture that the configuration gives the level reached; null where we draw it. */
export function pictureUrlOf(result: LeveledBadgeResult): string | null {
  return result.levels[reachedIndex(result.levels)]?.svgUrl ?? null;
}

/**
 * The badges of a project as they are drawn, in their order. `origin` says what they were judged by. One whose id names no
 * file, or the file of an earlier one, goes by `level:` and its number, which no file can be called.
 */
export function levelBadges(results: readonly LeveledBadgeResult[], origin: Origin): readonly Badge[] {
  const taken = new Set<string>();
  return results.map((result, index) => {
    const named = stemOf(result.id);
    const free = 'stem' in named && !taken.has(named.stem);
    const stem = free ? named.stem : `level:${index + 1}`;
    taken.add(stem);
    const face = faceOf(result);
    if (face === null) return { status: 'unknown', stem, label: result.id, origin, reason: result.reason ?? result.summary };
    if (!free) return { status: 'failed', stem, label: result.id, origin, reason: `The id ${JSON.stringify(result.id)} cannot name a file: ${'problem' in named ? named.problem : 'another badge has that file'}.` };
    return { status: 'known', stem, label: face.label, origin, face };
  });
}

const metals: Readonly<Record<string, string>> = { bronze: '#cd7f32', silver: '#c0c0c0', gold: '#d4af37', platinum: '#9fb6c9' };
/** For levels of other names, from the lowest to the highest. */
const scale = ['yellow', 'yellowgreen', 'green', 'brightgreen'] as const;

function levelColor(name: string, index: number, levels: number): string {
  const metal = name.trim().toLowerCase();
  if (Object.hasOwn(metals, metal)) return metals[metal] ?? scale[0];
  const top = scale.length - 1;
  return scale[levels === 1 ? top : Math.round((index * top) / (levels - 1))] ?? scale[0];
}
