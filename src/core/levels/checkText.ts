import { roleName } from '../accessLevel';
import { noOne } from './checks/protectedBranches';
import type { CheckType } from './definition';
import type { CheckResult, CheckUnit, Outcome } from './result';
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

/** The value beside the threshold, and the range: `0 ≥ 1 · 6 months`, `2.1 ≤ 7 days · 3 months`, `? ≥ 5 · 30 days`. */
export function comparison(check: CheckResult): string {
  const range = rangeText(check);
  return [compared(check), ...(range === '' ? [] : [range])].join(' · ');
}

/** The same as a sentence: `releases: not passed. 0, at least 1 is needed, in 6 months`. */
export function spokenCheck(check: CheckResult): string {
  const range = rangeText(check);
  const value = valueText(check) ?? 'no value';
  return `${checkNames[check.type]}: ${outcomeSigns[check.outcome].word}. ${[value, ...wantedText(check), ...(range === '' ? [] : [`in ${range}`])].join(', ')}`;
}

/** The value with its unit, for people; null where there is none. */
export function valueText(check: CheckResult): string | null {
  const { value, unit, atLeast } = check;
  if (value === null) return null;
  const text = unit === 'decision' ? (value >= 1 ? 'granted' : 'not granted') : unit === 'access level' ? accessLevel(value) : `${number(check, value)}${suffix(unit, value)}`;
  return atLeast ? `at least ${text}` : text;
}

/** What is asked for, `at least 1 is needed`; nothing where a check asks for nothing in numbers. */
export function wantedText(check: CheckResult): readonly string[] {
  const { unit, threshold: { min, max } } = check;
  if (unit === 'decision' || (min === null && max === null)) return [];
  const bound = (value: number) => (unit === 'access level' ? accessLevel(value) : `${number(check, value)}${suffix(unit, value)}`);
  if (min === null) return [`at most ${bound(max ?? 0)} is allowed`];
  return [max === null ? `at least ${bound(min)} is needed` : `${bound(min)} to ${bound(max)} is needed`];
}

function compared(check: CheckResult): string {
  const { value, unit, atLeast, outcome, summary, threshold: { min, max } } = check;
  if (unit === 'decision') return valueText(check) ?? '?';
  // Nothing to measure, which is fine: only words can say that.
  if (value === null && outcome === 'pass') return summary;
  const shown = value === null ? '?' : `${number(check, value)}${atLeast ? '+' : ''}`;
  const end = suffix(unit, max ?? min ?? value ?? 0);
  if (min !== null && max !== null) return `${number(check, min)} ≤ ${shown} ≤ ${number(check, max)}${end}`;
  if (min !== null) return `${shown} ≥ ${number(check, min)}${end}`;
  return max === null ? `${shown}${end}` : `${shown} ≤ ${number(check, max)}${end}`;
}

/** How far back the check looks; empty where that has no meaning. */
function rangeText({ range, type, threshold: { timeRangeInMonths: months } }: CheckResult): string {
  if (range === null && (type === 'PROTECTED_BRANCHES' || type === 'MANUAL' || type === 'SUBSEQUENT_USE')) return '';
  if (months === null) return '30 days';
  return months === 1 ? '1 month' : `${months} months`;
}

/** Counts need no unit behind them: the name of the check says what is counted. */
function suffix(unit: CheckUnit, value: number): string {
  if (unit === 'days') return value === 1 ? ' day' : ' days';
  return unit === 'percent' ? ' %' : '';
}

function number({ threshold: { min, max } }: CheckResult, value: number): string {
  return numberText(value, min, max);
}

/** GitLab's number and its name; the ends of the scale are ours. */
function accessLevel(level: number): string {
  if (level === 0) return '0 (unprotected)';
  return `${level} (${level === noOne ? 'no one' : roleName(level)})`;
}
