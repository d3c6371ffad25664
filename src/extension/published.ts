import type { PictureProject } from '../app/plannedPictures';
import type { BadgeRecord, Change, Target } from '../core/plan';
import { findPlaceholders } from '../core/placeholder';
import type { GitLabBadge } from '../gitlab/badges';

/** The badges that GitLab shows of a project, its own and those of its groups, and what a push would change. */
export interface Published {
  /** Full path, as GitLab has it. */
  readonly project: string;
  readonly instance: string;
  /** The same project, by whose values its placeholders were replaced. */
  readonly example: PictureProject;
  /** The project first, then the groups: those it inherits badges from, the nearest first, then others of the configuration. */
  readonly targets: readonly PublishedTarget[];
  /** The configuration that counts, relative to the folder; null where there is none. */
  readonly configFile: string | null;
  /** Whether a push deletes what the configuration does not list. */
  readonly prune: boolean;
  /** False where the token's scopes allow reading only. */
  readonly mayWrite: boolean;
  /** When it was read, ISO 8601 in UTC. */
  readonly at: string;
}

export interface PublishedTarget {
  /** Null for the groups above whose names the token may not read; their badges are shown all the same. */
  readonly target: Target | null;
  /** Whether the project inherits its badges. */
  readonly isInherited: boolean;
  /** Whether the token may change its badges, as far as is known, and what it lacks. */
  readonly access: Permission;
  /** In the order in which GitLab shows them. */
  readonly badges: readonly GitLabBadge[];
  /** What a push would do, where the configuration has a list for this target. */
  readonly changes: readonly Change[] | null;
  /** How many of the changes, from the first on, are about badges that the configuration lists. */
  readonly listed: number;
  /** Why it could not be read. */
  readonly failure: string | null;
}

export type Permission = { readonly may: true } | { readonly may: false; readonly why: string };

/** A badge as it stands on GitLab, or as it would after a push, or both. */
export interface PublishedBadge {
  readonly badge: GitLabBadge | null;
  readonly change: Change | null;
  /** What it would be after a push, or what it was where it would be deleted. */
  readonly record: BadgeRecord;
  /** Whether the configuration lists it. */
  readonly isListed: boolean;
}

/** The rows of a target: in the order of GitLab, then what would be created. */
export function badgesOf({ badges, changes, listed }: PublishedTarget): readonly PublishedBadge[] {
  const planned = (changes ?? []).map((change, index) => ({ change, record: recordOf(change), isListed: index < listed }));
  const standing = badges.map((badge): PublishedBadge => {
    const found = planned.find(({ change }) => change.action !== 'create' && change.id === badge.id);
    return { badge, ...(found ?? { change: null, record: badge, isListed: false }) };
  });
  return [...standing, ...planned.filter(({ change }) => change.action === 'create').map((created) => ({ badge: null, ...created }))];
}

/** How many badges a push would change, of all targets. */
export function pendingChanges({ targets }: Published): number {
  return targets.flatMap(({ changes }) => changes ?? []).filter(({ action }) => action !== 'keep').length;
}

/**
 * A URL as GitLab shows it, for reading. Newer versions escape what they have rendered, also what was escaped before, so a URL
 * without placeholders is taken as it stands, and a placeholder that stayed is made readable.
 */
export function shownUrl(written: string, rendered: string): string {
  if (findPlaceholders(written).length === 0) return written;
  return rendered.replace(/%25%7B([^{}%]*)%7D/gi, '%{$1}');
}

function recordOf(change: Change): BadgeRecord {
  return 'after' in change ? change.after : change.before;
}
