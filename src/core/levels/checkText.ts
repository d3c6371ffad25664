import { amountText, boundText, needsText, unitText } from './amount';
import type { CheckType } from './definition';
import type { CheckResult, Outcome } from './result';
import { numberText } from './words';

/** What a check measures, in the words of a list. */
export const checkNames: Readonly<Record<CheckType, string>> = {
  COMMITS: 'commits',
  ISSUE_REACTION_TIME: 'issue reaction',
  BUS_FACTOR: 'bus factor',
  ELEPHANT_FACTOR: 'elephant factor',
  RELEASES: 'releases',
  PACKAGES: 'packages',
  CI_PIPELINES: 'successful pipelines',
  SUBSEQUENT_USE: 'productive use',
  CODE_REVIEW: 'reviewed merge requests',
  PROTECTED_BRANCHES: 'branch protection',
  MANUAL: 'decision',
};

/** An outcome as a sign, and in the words that a screen reader says in its place. */
export const outcomeSigns: Readonly<Record<Outcome, { readonly sign: string; readonly word: string }>> = {
  pass: { sign: '✓', word: 'passed' },
  fail: { sign: '✗', word: 'not passed' },
  unknown: { sign: '?', word: 'could not be determined' },
};

/** The value beside the threshold, and the range: `42 ≥ 5 · 6 months`, `1, needs 2 · 6 months`, `unknown, needs 5 · 30 days`. */
export function comparison(check: CheckResult): string {
  const range = rangeText(check);
  return [compared(check), ...(range === '' ? [] : [range])].join(' · ');
}

/** The same as a sentence: `releases: not passed. 0, at least 1 is needed, in 6 months`. */
export function spokenCheck(check: CheckResult): string {
  const range = rangeText(check);
  const value = valueText(check) ?? (check.outcome === 'pass' ? check.summary : 'no value');
  return `${checkNames[check.type]}: ${outcomeSigns[check.outcome].word}. ${[value, ...wantedText(check), ...(range === '' ? [] : [`in ${range}`])].join(', ')}`;
}

/** What is asked for of a check that nobody evaluated, and the range: `needs 5 · 30 days`; empty where it asks for nothing. */
export function neededText(check: CheckResult): string {
  const { unit, threshold } = check;
  if (unit === 'decision') return 'needs a grant';
  if (threshold.min === null && threshold.max === null) return '';
  const range = rangeText(check);
  return [needsText(threshold, unit), ...(range === '' ? [] : [range])].join(' · ');
}

/** The value with its unit, for people; null where there is none. */
export function valueText({ value, unit, atLeast, threshold: { min, max } }: CheckResult): string | null {
  if (value === null) return null;
  const text = unit === 'decision' ? (value >= 1 ? 'granted' : 'not granted') : amountText(value, unit, min, max);
  return atLeast ? `at least ${text}` : text;
}

/** What is asked for, `at least 1 is needed`; nothing where a check has no bound. */
export function wantedText({ unit, threshold: { min, max } }: CheckResult): readonly string[] {
  if (unit === 'decision' || (min === null && max === null)) return [];
  if (unit === 'access level') return [needsText({ min, max }, unit)];
  if (min === null) return [`at most ${boundText(max ?? 0, unit)} is allowed`];
  return [max === null ? `at least ${boundText(min, unit)} is needed` : `${boundText(min, unit)} to ${boundText(max, unit)} is needed`];
}

function compared(check: CheckResult): string {
  const { value, unit, atLeast, outcome, summary, threshold: { min, max } } = check;
  const shown = valueText(check) ?? 'unknown';
  if (unit === 'decision' || (min === null && max === null)) return shown;
  // A sign says what holds, and would claim the contrary of what does not. Between roles it would say nothing.
  if (outcome !== 'pass' || unit === 'access level') return `${shown}, ${needsText({ min, max }, unit)}`;
  // Nothing to measure, which is fine: only words can say that.
  if (value === null) return summary;
  const number = `${numberText(value, min, max)}${atLeast ? '+' : ''}`;
  const end = unitText(unit, max ?? min ?? value);
  if (min !== null && max !== null) return `${min} ≤ ${number} ≤ ${max}${end}`;
  return min !== null ? `${number} ≥ ${min}${end}` : `${number} ≤ ${max ?? 0}${end}`;
}

/** How far back the check looks; empty where that has no meaning. */
function rangeText({ range, type, threshold: { timeRangeInMonths: months } }: CheckResult): string {
  if (range === null && (type === 'PROTECTED_BRANCHES' || type === 'MANUAL' || type === 'SUBSEQUENT_USE')) return '';
  if (months === null) return '30 days';
  return months === 1 ? '1 month' : `${months} months`;
}
