import type { BadgeStyle } from './badge';
import type { FactOptions } from './facts';
import type { BadgeLook, BrokenBadge, ColorThresholds, Mistake } from './look';
import type { BadgeRecord } from './plan';
import type { Range } from './problem';
import type { TemplateBadge } from './template/badge';

/** A value the user wrote, with the place where it stands; no range for a value from the command line or the settings. */
export interface Written<T> {
  readonly value: T;
  readonly range?: Range;
}

export interface StaticBadgeDefinition extends BadgeLook {
  readonly label: string;
  readonly message: string;
  readonly color: string;
  readonly link?: string;
}

/** What the user changes about a badge of another origin, or asks of a fact badge, by its stem. */
export interface BadgeOverride extends BadgeLook {
  readonly label?: string;
  readonly color?: string | ColorThresholds;
  readonly options?: FactOptions;
  /** The badge then says so. */
  readonly mistake?: Mistake;
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

/** Where reports come from: a path or glob in the workspace folder, or an artifact of a CI job. One that is written wrong leaves its badges unknown. */
export type ReportSource = string | ArtifactSource | { readonly mistake: Mistake };

/** A file that a job kept in the last successful pipeline of a branch, without one of the default branch. */
export interface ArtifactSource {
  readonly job: string;
  /** Within the artifacts. */
  readonly path: string;
  readonly branch?: string;
}

/** What the generator is asked to make; every part is optional and then left to the next lower place. */
export interface GeneratorDefinition {
  readonly path?: Written<string>;
  readonly style?: Written<BadgeStyle>;
  /** `all`, or a list of stems, in which `all` may stand for the default ones. */
  readonly facts?: Written<'all' | readonly string[]>;
  /** JUnit reports. */
  readonly junitXml?: readonly Written<ReportSource>[];
  /** `all`, or a list of stems, in which `all` may stand for the default ones. */
  readonly junitBadges?: Written<'all' | readonly string[]>;
  readonly coverageReport?: readonly Written<ReportSource>[];
  /** SARIF logs and Code Quality reports. */
  readonly findingsReport?: readonly Written<ReportSource>[];
  readonly staticBadges?: readonly Written<StaticBadgeDefinition | BrokenBadge>[];
  readonly templateBadges?: readonly Written<TemplateBadge | BrokenBadge>[];
  /** Absolute http(s) URLs. */
  readonly linkBadges?: readonly Written<string>[];
  readonly overrides?: ReadonlyMap<string, Written<BadgeOverride>>;
  readonly publish?: PublishDefinition;
}

/** One definition over another: what the higher one says counts, a list replaces a list, nothing is merged. */
export function precede(higher: GeneratorDefinition, lower: GeneratorDefinition): GeneratorDefinition {
  return { ...lower, ...higher };
}
