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
  /** It is unknown only because its facts are still to be fetched. */
  readonly waits: boolean;
}

/** Puts the results of a definition back beside it. `isFetched` says whether the facts that a check asks for were fetched. */
export function placeResults({ badges, broken }: LevelsDefinition, evaluation: ProjectEvaluation, isFetched: (check: CheckDefinition) => boolean): readonly PlacedBadge[] {
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
        return judged ? [{ result: judged, range: check.range, waits: judged.outcome === 'unknown' && !isFetched(check) }] : [];
      });
      return [{ result: reached, range: level.range, checks }];
    });
    return { result, range, levels };
  });
}

/** Whether anything about the badge is still to be fetched. */
export function waits({ levels }: PlacedBadge): boolean {
  return levels.some(({ checks }) => checks.some((check) => check.waits));
}

function startOf(range: Range | null): number {
  return range?.start ?? Infinity;
}
