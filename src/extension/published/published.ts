import type { PictureProject } from '../../app/plannedPictures';
import { decoded } from '../../core/percent';
import { findPlaceholders } from '../../core/placeholder';
import type { BadgeRecord, Change, Target } from '../../core/plan';
import type { GitLabBadge } from '../../gitlab/badges';

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
 * A URL as GitLab shows it on its pages. Newer versions of its API escape what they have rendered once more, also what was escaped
 * before; what they did to the parts between the placeholders tells. Behind GitLab's asset proxy the picture has another address
 * altogether, which stays.
 */
export function shownUrl(written: string, rendered: string): string {
  const placeholders = findPlaceholders(written);
  if (placeholders.length === 0) return written;
  const starts = [0, ...placeholders.map(({ range }) => range.end)];
  const parts = starts.map((start, index) => written.slice(start, placeholders[index]?.range.start));
  const unescaped = decoded(rendered);
  const isEscaped = /%25%7B/i.test(rendered) || !consistsOf(parts, rendered);
  return isEscaped && consistsOf(parts, unescaped) ? unescaped : rendered;
}

/** Whether a text is these parts in this order, with anything between them. */
function consistsOf(parts: readonly string[], text: string): boolean {
  let end = 0;
  for (const [index, part] of parts.entries()) {
    const at = index === 0 ? 0 : text.indexOf(part, end);
    if (at < 0 || !text.startsWith(part, at)) return false;
    end = at + part.length;
  }
  return text.endsWith(parts.at(-1) ?? '');
}

function recordOf(change: Change): BadgeRecord {
  return 'after' in change ? change.after : change.before;
}
