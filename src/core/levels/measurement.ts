import type { Fact } from '../fact';
import { needsText } from './amount';
import type { CheckDefinition, CheckType, Threshold } from './definition';
import type { CheckResult, CheckUnit, Evidence, Outcome } from './result';
import type { CheckRange } from './window';
import { numberText } from './words';

export interface CheckContext {
  /** The moment that everything is about: any ISO 8601 time. */
  readonly now: string;
  /** Domains in lower case of addresses that stand for no organisation. */
  readonly personalEmailDomains: readonly string[];
}

/** What a check found, before it is held against a threshold. */
export type Measurement = Measured | Unmeasured | Idle;

interface Found {
  readonly range: CheckRange | null;
  readonly sample: number | null;
  readonly evidence: readonly Evidence[];
}

interface Measured extends Found {
  readonly kind: 'measured';
  readonly value: number;
  /** Why the value is only a lower bound, and what to do; absent where it is exact. */
  readonly gap?: string;
  /** A value in words, such as `bus factor 1`. `value` is its number as a text, which may start with `at least`. */
  readonly say: (value: string, number: number) => string;
  /** What explains the value: `one address made 71 % of 212 commits since 22 May`. */
  readonly detail?: string;
}

/** The facts say nothing. */
interface Unmeasured extends Found {
  readonly kind: 'unmeasured';
  readonly reason: string;
}

/** There is nothing to measure, which is fine. */
interface Idle extends Found {
  readonly kind: 'idle';
  readonly text: string;
}

export function unmeasured(reason: string, found: Partial<Found> = {}): Unmeasured {
  return { kind: 'unmeasured', reason, range: null, sample: null, evidence: [], ...found };
}

/** The value of a fact, or why there is none. `what` names it: `the commits`. */
export function valueOf<T>(fact: Fact<T> | null | undefined, what: string): { readonly value: T } | { readonly reason: string } {
  if (!fact) return { reason: notFetched(what) };
  return fact.status === 'known' ? { value: fact.value } : { reason: fact.reason };
}

export function notFetched(what: string): string {
  return `${what} were not fetched: evaluate again`;
}

/** Holds what was found against the threshold of a check. Both bounds are inclusive. */
export function judge(check: CheckDefinition, measurement: Measurement): CheckResult {
  const { type, description } = check;
  const { range, sample, evidence } = measurement;
  const threshold = effectiveThreshold(check);
  const base = { type, description, unit: units[type], threshold: check.threshold, range, sample, evidence };
  const unknown = (reason: string): CheckResult => ({ ...base, outcome: 'unknown', value: null, atLeast: false, summary: `${subjects[type]} unknown: ${reason}`, reason });

  if (measurement.kind === 'unmeasured') return unknown(measurement.reason);
  if (measurement.kind === 'idle') return { ...base, outcome: 'pass', value: null, atLeast: false, summary: measurement.text };
  if (threshold.min === null && threshold.max === null) return unknown('the threshold of the check has neither min nor max: add one of them');

  const { value, gap, say, detail } = measurement;
  const atLeast = gap !== undefined;
  const outcome = compare(value, atLeast, threshold);
  const number = numberText(value, threshold.min, threshold.max);
  const needs = type === 'MANUAL' ? '' : `, ${needsText(threshold, units[type])}`;
  const said = `${say(atLeast ? `at least ${number}` : number, value)}${needs}`;
  if (outcome === 'unknown') return unknown(`${said}; ${gap ?? ''}`);
  const judged = { ...base, outcome, value, atLeast };
  return detail === undefined ? { ...judged, summary: said } : { ...judged, summary: `${said}: ${detail}`, detail };
}

/** An outcome for a check of which nothing could be measured. */
export function unknownCheck(check: CheckDefinition, reason: string): CheckResult {
  return judge(check, unmeasured(reason));
}

/** The threshold that counts: MANUAL asks for a grant, whatever is written. */
export function effectiveThreshold({ type, threshold }: CheckDefinition): Threshold {
  return type === 'MANUAL' ? { ...threshold, min: 1, max: null } : threshold;
}

function compare(value: number, atLeast: boolean, { min, max }: Threshold): Outcome {
  if (max !== null && value > max) return 'fail';
  if (atLeast) return max === null && value >= (min ?? 0) ? 'pass' : 'unknown';
  return min === null || value >= min ? 'pass' : 'fail';
}

const units: Record<CheckType, CheckUnit> = {
  COMMITS: 'commits',
  ISSUE_REACTION_TIME: 'days',
  BUS_FACTOR: 'people',
  ELEPHANT_FACTOR: 'organisations',
  RELEASES: 'releases',
  PACKAGES: 'packages',
  CI_PIPELINES: 'pipelines',
  SUBSEQUENT_USE: 'organisations',
  CODE_REVIEW: 'percent',
  PROTECTED_BRANCHES: 'access level',
  MANUAL: 'decision',
};

const subjects: Record<CheckType, string> = {
  COMMITS: 'number of commits',
  ISSUE_REACTION_TIME: 'issue reaction time',
  BUS_FACTOR: 'bus factor',
  ELEPHANT_FACTOR: 'elephant factor',
  RELEASES: 'number of releases',
  PACKAGES: 'number of packages',
  CI_PIPELINES: 'number of successful pipelines',
  SUBSEQUENT_USE: 'productive use',
  CODE_REVIEW: 'share of reviewed merge requests',
  PROTECTED_BRANCHES: 'protection of the default branch',
  MANUAL: 'decision',
};
