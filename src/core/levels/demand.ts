import { assertNever } from '../assertNever';
import type { CheckDefinition, CheckType, LeveledBadgeDefinition } from './definition';
import { effectiveThreshold } from './measurement';
import { rangeStart, wholeSecond } from './range';

/** How far a window has to reach back so that one check is answered. */
export interface CountDemand {
  /** ISO 8601 in UTC. */
  readonly since: string;
  /** So many items, at least 1, dated from then to the demand's `now` answer the check, however many more there are; null: all are needed. */
  readonly enough: number | null;
}

/** What the checks of a definition need to know of a project. Empty lists and false: not needed. */
export interface FactsDemand {
  /** The moment that all of it is about, see `wholeSecond`. */
  readonly now: string;
  readonly commits: readonly CountDemand[];
  /** One for each range, all of it needed: the totals are by range. */
  readonly issues: readonly CountDemand[];
  /** Releases and tags, counted together by tag name. One for each count: what one list answers says nothing of the other's newest. */
  readonly releases: readonly CountDemand[];
  /** Package versions, images and releases with asset links, counted together; one for each count. */
  readonly packages: readonly CountDemand[];
  /** Moments since which pipelines are counted, ISO 8601 in UTC. */
  readonly pipelines: readonly string[];
  readonly mergeRequests: readonly CountDemand[];
  /** The list of members. Issues ask for the commits' authorship as well, since their earliest moment. */
  readonly members: boolean;
  readonly protection: boolean;
  readonly decisions: readonly string[];
  readonly subsequentUse: boolean;
}

/**
 * The least that answers every check of the badges at `now`, any ISO 8601 time. Of several counts only those are left that the
 * others don't answer along the way; the range that starts first stands first.
 */
export function demandOf(badges: readonly LeveledBadgeDefinition[], now: string): FactsDemand {
  const checks = badges.flatMap((badge) => badge.levels.flatMap((level) => level.checks)).filter(canBeAnswered);
  const ofType = (...types: readonly CheckType[]) => checks.filter((check) => types.includes(check.type));
  const startOf = (check: CheckDefinition) => rangeStart(check.threshold.timeRangeInMonths, now);
  const moments = (type: CheckType) => [...new Set(ofType(type).map(startOf))].sort();
  const counts = (...types: readonly CheckType[]) => ordered(ofType(...types).map((check) => ({ since: startOf(check), enough: enoughFor(check) })));
  return {
    now: wholeSecond(now),
    commits: withoutAnswered(counts('COMMITS', 'BUS_FACTOR', 'ELEPHANT_FACTOR')),
    issues: moments('ISSUE_REACTION_TIME').map((since) => ({ since, enough: null })),
    releases: counts('RELEASES'),
    packages: counts('PACKAGES'),
    pipelines: moments('CI_PIPELINES'),
    mergeRequests: withoutAnswered(counts('CODE_REVIEW')),
    members: ofType('ISSUE_REACTION_TIME', 'CODE_REVIEW').length > 0,
    protection: ofType('PROTECTED_BRANCHES').length > 0,
    decisions: [...new Set(ofType('MANUAL').flatMap((check) => check.decisionJsonUrl ?? []))],
    subsequentUse: ofType('SUBSEQUENT_USE').length > 0,
  };
}

/** Without a bound on either side no fact decides a check. */
function canBeAnswered(check: CheckDefinition): boolean {
  const { min, max } = effectiveThreshold(check);
  return min !== null || max !== null;
}

/** How many items decide the check; null where all of them are needed. Never 0: without a single look nothing is known. */
function enoughFor(check: CheckDefinition): number | null {
  const { min, max } = check.threshold;
  switch (check.type) {
    case 'COMMITS':
    case 'RELEASES':
    case 'PACKAGES':
      return Math.max(1, max === null ? Math.ceil(min ?? 0) : Math.floor(max) + 1);
    case 'ISSUE_REACTION_TIME':
    case 'BUS_FACTOR':
    case 'ELEPHANT_FACTOR':
    case 'CI_PIPELINES':
    case 'SUBSEQUENT_USE':
    case 'CODE_REVIEW':
    case 'PROTECTED_BRANCHES':
    case 'MANUAL':
      return null;
    default:
      return assertNever(check.type);
  }
}

/** Each once, the range that starts first and needs the most first. */
function ordered(demands: readonly CountDemand[]): readonly CountDemand[] {
  const sorted = [...demands].sort((a, b) => Date.parse(a.since) - Date.parse(b.since) || amountOf(b) - amountOf(a));
  return sorted.filter(({ since, enough }, index) => index === 0 || since !== sorted[index - 1]?.since || enough !== sorted[index - 1]?.enough);
}

/**
 * Leaves out what another demand answers that starts no later and asks for no less: in one list with the newest first, either so
 * many are found in the shorter range too, or its start is passed on the way.
 */
function withoutAnswered(demands: readonly CountDemand[]): readonly CountDemand[] {
  const kept: CountDemand[] = [];
  for (const demand of demands) {
    if (!kept.some((earlier) => amountOf(earlier) >= amountOf(demand))) kept.push(demand);
  }
  return kept;
}

function amountOf({ enough }: CountDemand): number {
  return enough ?? Infinity;
}
