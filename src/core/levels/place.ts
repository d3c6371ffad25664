import type { Range } from '../problem';
import type { CheckDefinition, LevelsDefinition } from './definition';
import type { CheckResult, LeveledBadgeResult, LevelResult, ProjectEvaluation } from './result';

/** A result beside the place in the text that asks for it. */
export interface PlacedBadge {
  readonly result: LeveledBadgeResult;
  /** Null where the text does not tell. */
  readonly range: Range | null;
  /** Empty where its entry is wrong. */
  readonly levels: readonly PlacedLevel[];
}

export interface PlacedLevel {
  readonly result: LevelResult;
  readonly range: Range;
  readonly checks: readonly PlacedCheck[];
}

export interface PlacedCheck {
  readonly result: CheckResult;
  readonly range: Range;
  /** What it waits for; null where it was evaluated. */
  readonly pending: Pending | null;
}

/** Why something is unknown that nobody looked at: its facts are still to be fetched, or may not be, since the workspace is not trusted. */
export type Pending = 'facts' | 'trust';

/** Puts the results of a definition back beside it. `lackOf` says what a check lacks; null where the facts that it asks for were fetched. */
export function placeResults({ badges, broken }: LevelsDefinition, evaluation: ProjectEvaluation, lackOf: (check: CheckDefinition) => Pending | null): readonly PlacedBadge[] {
  // In the order of the evaluation, which is that of the text.
  const definitions = [...badges.map((badge) => ({ badge, range: badge.range })), ...broken.map(({ range }) => ({ badge: null, range: range ?? null }))];
  definitions.sort((a, b) => startOf(a.range) - startOf(b.range) || 0);
  return evaluation.badges.map((result, index) => {
    const { badge = null, range = null } = definitions[index] ?? {};
    const levels = (badge?.levels ?? []).flatMap((level, at): PlacedLevel[] => {
      const reached = result.levels[at];
      if (!reached) return [];
      const checks = level.checks.flatMap((check, place): PlacedCheck[] => {
        const judged = reached.checks[place];
        return judged ? [{ result: judged, range: check.range, pending: judged.outcome === 'unknown' ? lackOf(check) : null }] : [];
      });
      return [{ result: reached, range: level.range, checks }];
    });
    return { result, range, levels };
  });
}

/** What the badge waits for; null where all of it was evaluated. */
export function pendingOf({ levels }: PlacedBadge): Pending | null {
  for (const { checks } of levels) for (const { pending } of checks) if (pending !== null) return pending;
  return null;
}

/** What a level waits for; where the facts at hand decide it all the same, for nothing. */
export function pendingLevel(badge: PlacedBadge, { result }: PlacedLevel): Pending | null {
  return result.reached === null ? pendingOf(badge) : null;
}

function startOf(range: Range | null): number {
  return range?.start ?? Infinity;
}
