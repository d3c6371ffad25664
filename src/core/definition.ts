import type { BadgeStyle } from './badge';
import type { FactOptions } from './facts';
import type { BadgeRecord } from './plan';
import type { Range } from './problem';

/** A value the user wrote, with the place where it stands; no range for a value from the command line or the settings. */
export interface Written<T> {
  readonly value: T;
  readonly range?: Range;
}

export interface StaticBadgeDefinition {
  readonly label: string;
  readonly message: string;
  readonly color: string;
  /** A `data:image/…` URI, or the name of a logo. */
  readonly logo?: string;
  readonly link?: string;
}

/** Colours by value: the step with the greatest `from` that is ≤ the value decides; below all steps the first one does. */
export type ColorThresholds = readonly { readonly from: number; readonly color: string }[];

/** What the user changes about a badge of another origin, or asks of a fact badge, by its stem. */
export interface BadgeOverride {
  readonly label?: string;
  readonly color?: string | ColorThresholds;
  readonly style?: BadgeStyle;
  /** As that of a static badge. */
  readonly logo?: string;
  readonly options?: FactOptions;
}

/** The badges that one project or group is to have on GitLab. */
export interface PublishedList {
  /** In the order of the text; URLs without blanks around. */
  readonly badges: readonly Written<BadgeRecord>[];
  /** Entries that are wrong, by their name; null where it cannot be read. As long as there is one, nothing of the target is deleted. */
  readonly broken: readonly Written<string | null>[];
  readonly range: Range;
}

/** Badges on GitLab itself. */
export interface PublishDefinition {
  /** Whether badges that a list does not name are to be deleted. */
  readonly prune: boolean;
  /** Null where the project has no list: its badges are left alone then. */
  readonly project: PublishedList | null;
  /** By the full path of the group, as it is written; no group is here twice. */
  readonly groups: ReadonlyMap<string, PublishedList>;
}

/** What the generator is asked to make; every part is optional and then left to the next lower place. */
export interface GeneratorDefinition {
  readonly path?: Written<string>;
  readonly style?: Written<BadgeStyle>;
  /** `all`, or a list of stems, in which `all` may stand for the default ones. */
  readonly facts?: Written<'all' | readonly string[]>;
  /** Paths and globs, relative to the workspace folder. */
  readonly junitXml?: readonly Written<string>[];
  /** `all`, or a list of stems, in which `all` may stand for the default ones. */
  readonly junitBadges?: Written<'all' | readonly string[]>;
  /** Paths and globs of coverage reports, relative to the workspace folder. */
  readonly coverageReport?: readonly Written<string>[];
  /** Paths and globs of SARIF logs and Code Quality reports, relative to the workspace folder. */
  readonly findingsReport?: readonly Written<string>[];
  readonly staticBadges?: readonly Written<StaticBadgeDefinition>[];
  /** Absolute http(s) URLs. */
  readonly linkBadges?: readonly Written<string>[];
  readonly overrides?: ReadonlyMap<string, Written<BadgeOverride>>;
  readonly publish?: PublishDefinition;
}

/** One definition over another: what the higher one says counts, a list replaces a list, nothing is merged. */
export function precede(higher: GeneratorDefinition, lower: GeneratorDefinition): GeneratorDefinition {
  return { ...lower, ...higher };
}
