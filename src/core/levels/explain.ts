import type { CheckResult, LeveledBadgeResult, LevelResult } from './result';
import { counted, listed } from './words';

type Levels = Pick<LeveledBadgeResult, 'level' | 'status' | 'levels'>;

/** One line about a badge: `silver`, `at least silver: gold could not be determined`, `not reached: 3 commits since 22 May, needs 5`. */
export function badgeSummary(badge: Levels): string {
  const { level, status, levels } = badge;
  if (status === 'not_reached') return `not reached${missingText(nextLevel(badge)?.missing ?? [])}`;
  const open = levels.filter(({ reached }) => reached === null).map(({ name }) => name);
  if (level === null) return `${listed(open)} could not be determined`;
  const above = openAbove(badge);
  return above.length === 0 ? level : `at least ${level}: ${listed(above)} could not be determined`;
}

/** Names of the levels above the one reached for sure that could not be determined: where there are any, that one is the least. */
export function openAbove({ levels }: Pick<Levels, 'levels'>): readonly string[] {
  return levels.slice(reachedIndex(levels) + 1).filter(({ reached }) => reached === null).map(({ name }) => name);
}

/** Where the highest level that is reached for sure stands; -1 where none is. */
export function reachedIndex(levels: readonly LevelResult[]): number {
  return levels.map(({ reached }) => reached).lastIndexOf(true);
}

/** The level above the one reached, with its checks that don't pass; null at the top. Levels below don't matter: what is needed of them is reached. */
export function nextLevel({ levels }: Levels): { readonly level: LevelResult; readonly missing: readonly CheckResult[] } | null {
  const level = levels[reachedIndex(levels) + 1];
  return level === undefined ? null : { level, missing: level.checks.filter(({ outcome }) => outcome !== 'pass') };
}

/** One line about a level: `reached`, `1 check missing`, `2 checks could not be determined`, `needs silver first`. */
export function levelSummary({ levels }: Levels, level: LevelResult): string {
  if (level.reached === true) return 'reached';
  const failed = level.checks.filter(({ outcome }) => outcome === 'fail').length;
  const unknown = level.checks.filter(({ outcome }) => outcome === 'unknown').length;
  if (failed > 0) return `${counted(failed, 'check')} missing${unknown > 0 ? `, ${unknown} could not be determined` : ''}`;
  const lower = levels.slice(0, levels.indexOf(level)).filter(({ notNecessaryForNextHigherLevel }) => !notNecessaryForNextHigherLevel);
  const lacking = lower.filter(({ reached }) => reached === false).map(({ name }) => name);
  if (lacking.length > 0) return `needs ${listed(lacking)} first`;
  if (unknown > 0) return `${counted(unknown, 'check')} could not be determined`;
  return `${listed(lower.filter(({ reached }) => reached === null).map(({ name }) => name))} could not be determined`;
}

function missingText(missing: readonly CheckResult[]): string {
  const [first, ...others] = missing.filter(({ outcome }) => outcome === 'fail');
  if (!first) return '';
  return `: ${first.summary}${others.length > 0 ? ` (and ${counted(others.length, 'more check')} missing)` : ''}`;
}
