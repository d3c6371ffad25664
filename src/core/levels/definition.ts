import type { Written } from '../definition';
import type { Range } from '../problem';

/** The file that asks for leveled badges, in the folder where the user works. */
export const levelsFile = '.badge-api.yaml';

/** So long, in an editor, a remote configuration that was fetched or could not be had is not asked for again by itself. */
export const remoteLifetimeMs = 5 * 60_000;

/** What a check measures, under the names of openCode's Badge API. */
export const checkTypes = [
  'COMMITS',
  'ISSUE_REACTION_TIME',
  'BUS_FACTOR',
  'ELEPHANT_FACTOR',
  'RELEASES',
  'PACKAGES',
  'CI_PIPELINES',
  'SUBSEQUENT_USE',
  'CODE_REVIEW',
  'PROTECTED_BRANCHES',
  'MANUAL',
] as const;
export type CheckType = (typeof checkTypes)[number];

/** Other names that mean one of the types. */
export const checkTypeAliases: Readonly<Record<string, CheckType>> = {
  CONTRIBUTOR_ABSENCE_FACTOR: 'BUS_FACTOR',
  CI_PIPELINE: 'CI_PIPELINES',
};

/** The type that a text names, by its own name or an alias; case counts. */
export function checkTypeOf(text: string): CheckType | null {
  return checkTypes.find((type) => type === text) ?? (Object.hasOwn(checkTypeAliases, text) ? (checkTypeAliases[text] ?? null) : null);
}

export interface Threshold {
  /** Calendar months back from now; null where it is not given, which means 30 days. */
  readonly timeRangeInMonths: number | null;
  /** Both bounds are inclusive, in the unit of the check. Null: no bound on that side. */
  readonly min: number | null;
  readonly max: number | null;
}

export interface CheckDefinition {
  readonly type: CheckType;
  readonly description: string | null;
  readonly threshold: Threshold;
  /** Of MANUAL, and only of it: an absolute http or https URL, or `<badge-config-repo>/…` for a file beside the configuration. */
  readonly decisionJsonUrl: string | null;
  /** Where the check stands in the text it was read from. */
  readonly range: Range;
}

export interface LevelDefinition {
  readonly name: string;
  readonly description: string | null;
  /** Picture of the badge at this level, in the same form as `decisionJsonUrl`; null: we draw it. */
  readonly svgUrl: string | null;
  /** Higher levels do not need this one. */
  readonly notNecessaryForNextHigherLevel: boolean;
  readonly checks: readonly CheckDefinition[];
  readonly range: Range;
}

/** A badge whose message is the highest level reached. */
export interface LeveledBadgeDefinition {
  /** Unique within a definition. */
  readonly id: string;
  readonly description: string | null;
  /** Lowest first, at least one. */
  readonly levels: readonly LevelDefinition[];
  readonly range: Range;
}

export interface GitClientDefinition {
  /** Canonical address of the instance, see `normalizeInstance`. */
  readonly baseUrl: string;
  /** Path of a file that holds the token, as it is written. */
  readonly tokenFile: Written<string> | null;
  readonly maxRequestsPerSecond: number | null;
  readonly range: Range;
}

/** What a `.badge-api.yaml` asks for. */
export interface LevelsDefinition {
  readonly gitClients: readonly GitClientDefinition[];
  readonly badges: readonly LeveledBadgeDefinition[];
  /** Badges that are left out because something in them is wrong, by id; null where that can't be read. */
  readonly broken: readonly Written<string | null>[];
  /** Domains in lower case of addresses that stand for no organisation. */
  readonly personalEmailDomains: readonly string[];
  /** A YAML file whose `badges` and `personalEmailDomains` take the place of those here. */
  readonly remoteConfigUrl: Written<string> | null;
  readonly subsequentUseApiDomain: Written<string> | null;
}
