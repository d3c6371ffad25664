import type { CheckType, Threshold } from './definition';

/** Unknown is no fail and no pass: GitLab has no answer, or could not be asked. */
export type Outcome = 'pass' | 'fail' | 'unknown';

/** What a value counts, for people: `7 days`, `60 %`, `push by Maintainer`. `decision` is 1 for granted and 0 for not. */
export type CheckUnit = 'commits' | 'days' | 'people' | 'organisations' | 'releases' | 'packages' | 'pipelines' | 'percent' | 'access level' | 'decision';

/** Something a person can check the outcome by. */
export interface Evidence {
  readonly text: string;
  /** A page for people, never an API address. */
  readonly url?: string;
}

export interface CheckResult {
  readonly type: CheckType;
  readonly description: string | null;
  readonly outcome: Outcome;
  /** Null where it is unknown, and where there was nothing to measure: no issue to react to. */
  readonly value: number | null;
  /** The value is only a lower bound: counting stopped once the outcome was certain. */
  readonly atLeast: boolean;
  readonly unit: CheckUnit;
  readonly threshold: Threshold;
  /** The stretch of time that was looked at, ISO 8601 in UTC, both ends included; null where the check has none. */
  readonly range: { readonly from: string; readonly to: string } | null;
  /** How many things the value was made from: commits, issues, merge requests. Null where there is no such number. */
  readonly sample: number | null;
  readonly evidence: readonly Evidence[];
  /** One line that says it all: `bus factor 1, needs 2: one address made 71 % of 212 commits since 22 May`. */
  readonly summary: string;
  /** What explains the value, as it stands in the summary; absent where the value says all. */
  readonly detail?: string;
  /** Why it is unknown, and what to do; absent otherwise. */
  readonly reason?: string;
}

export interface LevelResult {
  readonly name: string;
  readonly description: string | null;
  readonly svgUrl: string | null;
  readonly notNecessaryForNextHigherLevel: boolean;
  /** Null: could not be determined. */
  readonly reached: boolean | null;
  /** In the order of the definition. */
  readonly checks: readonly CheckResult[];
}

/** `unknown`: no level is reached for sure, and at least one could not be determined. */
export type BadgeStatus = 'reached' | 'not_reached' | 'unknown';

export interface LeveledBadgeResult {
  readonly id: string;
  readonly description: string | null;
  /** The highest level that is reached for sure. */
  readonly level: string | null;
  readonly status: BadgeStatus;
  /** Lowest first. */
  readonly levels: readonly LevelResult[];
  /** One line: `silver`, `at least silver: gold could not be determined`, `not reached: 3 commits, needs 5`. */
  readonly summary: string;
  /** Why something about it is unknown: what stopped its checks, or an error in its configuration; absent where all is known. */
  readonly reason?: string;
}

/** The badges of one project at one moment. */
export interface ProjectEvaluation {
  /** Full path. */
  readonly project: string;
  readonly webUrl: string;
  readonly badges: readonly LeveledBadgeResult[];
  /** Why nothing of the project could be read; its badges are unknown then. */
  readonly reason?: string;
}
