import { checkNames, comparison, spokenCheck } from '../../core/levels/checkText';
import { levelSummary } from '../../core/levels/explain';
import type { BadgeStatus, CheckResult, LeveledBadgeResult, LevelResult, Outcome } from '../../core/levels/result';
import { rowTraits } from '../contributions';
import { notFetchedYet, notReached } from '../messages';
import { oneLine } from '../oneLine';
import type { RowLook } from '../view/rowLook';

/** A badge and the level it has reached. `isPending`: what it lacks is still to be fetched; `problem`: what is wrong with its entry. */
export function leveledBadgeRow(badge: LeveledBadgeResult, isPending: boolean, problem?: string): RowLook {
  const label = oneLine(badge.id);
  const description = oneLine(problem ?? descriptionOf(badge, isPending));
  return { label, description, ...(isBroken(badge) ? brokenLook : badgeLooks[badge.status]), spoken: `${label}: ${description}`, traits: rowTraits.placed };
}

/** A level and what it lacks. */
export function levelRow(badge: LeveledBadgeResult, level: LevelResult, isPending: boolean): RowLook {
  const label = oneLine(level.name);
  const description = isPending && level.reached === null ? notFetchedYet() : levelSummary(badge, level);
  return { label, description, ...levelLooks[String(level.reached) as `${boolean | null}`], spoken: `${label}: ${description}`, traits: rowTraits.placed };
}

/** A check: its value, threshold and range. */
export function checkRow(check: CheckResult, isPending: boolean): RowLook {
  const label = checkNames[check.type];
  const waits = isPending && check.outcome === 'unknown';
  const description = oneLine(waits ? `${comparison(check)} · ${notFetchedYet()}` : comparison(check));
  return { label, description, ...checkLooks[check.outcome], spoken: waits ? `${label}: ${notFetchedYet()}` : spokenCheck(check), traits: rowTraits.placed };
}

/** Whether its entry in the configuration is wrong, so that nothing of it could be evaluated. */
function isBroken({ levels }: LeveledBadgeResult): boolean {
  return levels.length === 0;
}

function descriptionOf(badge: LeveledBadgeResult, isPending: boolean): string {
  const { status, level, reason, summary } = badge;
  if (isBroken(badge)) return reason ?? summary;
  if (status === 'not_reached') return notReached();
  if (isPending && status === 'unknown') return notFetchedYet();
  return level !== null && !badge.levels.some(({ reached }) => reached === null) ? level : summary;
}

type Look = Pick<RowLook, 'icon' | 'color'>;

const passed = 'testing.iconPassed';
const failed = 'testing.iconFailed';

const brokenLook: Look = { icon: 'error', color: failed };

const badgeLooks: Readonly<Record<BadgeStatus, Look>> = {
  reached: { icon: 'verified', color: passed },
  not_reached: { icon: 'circle-slash' },
  unknown: { icon: 'question' },
};

const levelLooks: Readonly<Record<`${boolean | null}`, Look>> = {
  true: { icon: 'pass', color: passed },
  false: { icon: 'circle-large-outline' },
  null: { icon: 'question' },
};

const checkLooks: Readonly<Record<Outcome, Look>> = {
  pass: { icon: 'check', color: passed },
  fail: { icon: 'close', color: failed },
  unknown: { icon: 'question' },
};
