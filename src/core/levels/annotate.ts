import type { Range } from '../problem';
import { checkNames, comparison, outcomeSigns } from './checkText';
import { levelSummary } from './explain';
import { pendingLevel, pendingOf, type Pending, type PlacedBadge, type PlacedCheck, type PlacedLevel } from './place';
import type { Outcome } from './result';

/** What can be said of a place in the text that asks for leveled badges. */
export type Placed =
  | { readonly kind: 'badge'; readonly badge: PlacedBadge }
  | { readonly kind: 'level'; readonly badge: PlacedBadge; readonly level: PlacedLevel }
  | { readonly kind: 'check'; readonly badge: PlacedBadge; readonly level: PlacedLevel; readonly check: PlacedCheck };

interface Annotation {
  /** Where the badge, level or check starts, an offset into the text. */
  readonly at: number;
  /** The outcome at present: `✓ silver`, `✗ 1 check missing`, `✗ releases 0, needs 1 · 6 months`. */
  readonly text: string;
  /** What it waits for; null where it was evaluated. */
  readonly pending: Pending | null;
}

/**
 * One annotation for each badge, level and check, in the order of the text. Those whose entry is wrong have none, and where
 * nothing may be evaluated the badge alone has one.
 */
export function annotate(badges: readonly PlacedBadge[]): readonly Annotation[] {
  return badges.flatMap((badge) => {
    const { result, range, levels } = badge;
    if (range === null || levels.length === 0) return [];
    const sign = result.status === 'unknown' ? '?' : result.status === 'reached' ? '✓' : '✗';
    const own = { at: range.start, text: `${sign} ${result.status === 'not_reached' ? 'not reached' : result.summary}`, pending: result.status === 'unknown' ? pendingOf(badge) : null };
    return own.pending === 'trust' ? [own] : [own, ...levels.flatMap((level) => [annotateLevel(badge, level), ...level.checks.map(annotateCheck)])];
  });
}

/** The narrowest of badge, level and check that an offset lies in; null where it lies in none. */
export function placedAt(badges: readonly PlacedBadge[], offset: number): Placed | null {
  const badge = badges.find(({ range, levels }) => range !== null && holds(range, offset) && levels.length > 0);
  if (!badge) return null;
  const level = badge.levels.find(({ range }) => holds(range, offset));
  if (!level) return { kind: 'badge', badge };
  const check = level.checks.find(({ range }) => holds(range, offset));
  return check ? { kind: 'check', badge, level, check } : { kind: 'level', badge, level };
}

function annotateLevel(badge: PlacedBadge, level: PlacedLevel): Annotation {
  const { result, range } = level;
  const outcome: Outcome = result.reached === null ? 'unknown' : result.reached ? 'pass' : 'fail';
  return { at: range.start, text: `${outcomeSigns[outcome].sign} ${levelSummary(badge.result, result)}`, pending: pendingLevel(badge, level) };
}

function annotateCheck({ result, range, pending }: PlacedCheck): Annotation {
  return { at: range.start, text: `${outcomeSigns[result.outcome].sign} ${checkNames[result.type]} ${comparison(result)}`, pending };
}

function holds({ start, end }: Range, offset: number): boolean {
  return start <= offset && offset <= end;
}
