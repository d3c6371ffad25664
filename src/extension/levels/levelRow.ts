import { checkNames, comparison, neededText, spokenCheck } from '../../core/levels/checkText';
import { levelSummary } from '../../core/levels/explain';
import type { Pending } from '../../core/levels/place';
import type { BadgeStatus, CheckResult, LeveledBadgeResult, LevelResult, Outcome } from '../../core/levels/result';
import { rowTraits } from '../contributions';
import { notReached, pendingWord } from '../messages';
import { oneLine } from '../oneLine';
import type { RowLook } from '../view/rowLook';

/** A badge and the level it has reached. `pending`: what it waits for; `problem`: what is wrong with its entry. */
export function leveledBadgeRow(badge: LeveledBadgeResult, pending: Pending | null, problem?: string): RowLook {
  const label = oneLine(badge.id);
  const description = oneLine(problem ?? descriptionOf(badge, pending));
  return { label, description, ...(isBroken(badge) ? brokenLook : pending === 'trust' ? notEvaluatedLook : badgeLooks[badge.status]), spoken: `${label}: ${description}`, traits: rowTraits.placed };
}

/** A level and what it lacks. */
export function levelRow(badge: LeveledBadgeResult, level: LevelResult, pending: Pending | null): RowLook {
  const label = oneLine(level.name);
  const description = pending !== null && level.reached === null ? pendingWord(pending) : levelSummary(badge, level);
  return { label, description, ...(pending === 'trust' ? notEvaluatedLook : levelLooks[String(level.reached) as `${boolean | null}`]), spoken: `${label}: ${description}`, traits: rowTraits.placed };
}

/** A check: its value, threshold and range. */
export function checkRow(check: CheckResult, pending: Pending | null): RowLook {
  const label = checkNames[check.type];
  const traits = rowTraits.placed;
  if (pending === null) return { label, description: oneLine(comparison(check)), ...checkLooks[check.outcome], spoken: spokenCheck(check), traits };
  const word = pendingWord(pending);
  const needed = neededText(check);
  // The rows above say already that nothing was evaluated.
  const description = needed === '' ? word : pending === 'trust' ? needed : `${needed} · ${word}`;
  return { label, description, ...(pending === 'trust' ? notEvaluatedLook : checkLooks.unknown), spoken: [`${label}: ${word}`, needed].filter((text) => text !== '').join('. '), traits };
}

/** Whether its entry in the configuration is wrong, so that nothing of it could be evaluated. */
function isBroken({ levels }: LeveledBadgeResult): boolean {
  return levels.length === 0;
}

function descriptionOf(badge: LeveledBadgeResult, pending: Pending | null): string {
  const { status, level, reason, summary } = badge;
  if (isBroken(badge)) return reason ?? summary;
  if (status === 'not_reached') return notReached();
  if (pending !== null && status === 'unknown') return pendingWord(pending);
  return level !== null && !badge.levels.some(({ reached }) => reached === null) ? level : summary;
}

type Look = Pick<RowLook, 'icon' | 'color'>;

const passed = 'testing.iconPassed';
const failed = 'testing.iconFailed';

const notEvaluatedLook: Look = { icon: 'dash' };

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
