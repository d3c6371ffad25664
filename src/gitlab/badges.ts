import { GroupBadges, ProjectBadges } from '@gitbeaker/rest';
import * as v from 'valibot';
import { differences, type BadgeRecord, type ExistingBadge, type Target, type TargetScope } from '../core/plan';
import type { Connection } from './connection';
import { decode, decodePage, optional } from './decode';
import { isGitLabError } from './gitlabError';
import { ancestorPaths } from './groupPath';
import { pagedList } from './pagedList';

/** A badge as GitLab shows it. */
export interface GitLabBadge extends ExistingBadge {
  /** `group` in the list of a project: inherited, and only to be reached through the group that owns it. */
  readonly kind: TargetScope;
  /** With the placeholders replaced, for display only: newer versions of GitLab escape the whole URL, older ones nothing. */
  readonly rendered_link_url: string;
  readonly rendered_image_url: string;
}

/** How GitLab would show two URLs. */
export type RenderedBadge = Pick<GitLabBadge, 'rendered_link_url' | 'rendered_image_url'>;

/**
 * The badges of a project with those it inherits from its groups, or a group's own, in the order in which GitLab shows them
 * (by age): one request for each 100. `name` finds only badges of exactly that name, in upper and lower case as given.
 */
export async function listBadges(connection: Connection, target: Target, options: { readonly name?: string } = {}, signal?: AbortSignal): Promise<readonly GitLabBadge[]> {
  const where = describe(target);
  const badges = resource(connection, target, signal);
  const rows = await pagedList(where, async (page, perPage) => decodePage(badgeSchema, (await badges.all(target.path, { ...options, page, perPage, showExpanded: true })) as unknown, where));
  // A badge that came or went between two pages moves the others: one may be on both.
  const unique = [...new Map(rows.map((row) => [row.id, row])).values()];
  if (target.scope === 'group') return unique.map((row) => toBadge(row, 'group'));
  const unknown = unique.some((row) => row.kind === null);
  const inherited = unknown ? await idsOfGroupBadges(connection, ancestorPaths(target.path), signal) : new Set<number>();
  return unique.map((row) => toBadge(row, row.kind ?? (inherited.has(row.id) ? 'group' : 'project')));
}

/** The badges of a list that belong to the target itself: all that can be changed through it. */
export function ownBadges(target: Target, badges: readonly GitLabBadge[]): readonly GitLabBadge[] {
  return badges.filter((badge) => badge.kind === target.scope);
}

/** One badge of the target itself; an inherited one is `not-found`. */
export async function getBadge(connection: Connection, target: Target, id: number, signal?: AbortSignal): Promise<GitLabBadge> {
  const answer: unknown = await resource(connection, target, signal).show(target.path, id);
  return toBadge(decode(badgeSchema, answer, describe(target)), target.scope);
}

/** Adds a badge; it is shown last. Not repeated when the answer is lost: whether it was added, `findAdded` tells. */
export async function addBadge(connection: Connection, target: Target, badge: BadgeRecord, signal?: AbortSignal): Promise<GitLabBadge> {
  const options = badge.name === null ? {} : { name: badge.name };
  const answer: unknown = await resource(connection, target, signal).add(target.path, badge.link_url, badge.image_url, options);
  return toBadge(decode(badgeSchema, answer, describe(target)), target.scope);
}

/** The badge that `addBadge` has added although its answer was lost, if it did. `known`: ids of badges that were there before. */
export async function findAdded(connection: Connection, target: Target, badge: BadgeRecord, known: ReadonlySet<number>, signal?: AbortSignal): Promise<GitLabBadge | undefined> {
  const badges = await listBadges(connection, target, badge.name === null ? {} : { name: badge.name }, signal);
  return ownBadges(target, badges).find((each) => !known.has(each.id) && differences(each, badge).length === 0);
}

/** Changes what is given and leaves the rest. */
export async function editBadge(
  connection: Connection,
  target: Target,
  id: number,
  changes: { readonly [field in keyof BadgeRecord]?: string },
  signal?: AbortSignal,
): Promise<GitLabBadge> {
  const { name, link_url: linkUrl, image_url: imageUrl } = changes;
  const given = { ...(name !== undefined && { name }), ...(linkUrl !== undefined && { linkUrl }), ...(imageUrl !== undefined && { imageUrl }) };
  const answer: unknown = await resource(connection, target, signal).edit(target.path, id, given);
  return toBadge(decode(badgeSchema, answer, describe(target)), target.scope);
}

export async function removeBadge(connection: Connection, target: Target, id: number, signal?: AbortSignal): Promise<void> {
  await resource(connection, target, signal).remove(target.path, id);
}

/**
 * How GitLab would show the URLs in the target: for a group by its newest project that the caller may read. Refuses URLs that
 * it would not keep either. Needs the role Maintainer of a project, Owner of a group.
 */
export async function previewBadge(connection: Connection, target: Target, badge: Omit<BadgeRecord, 'name'>, signal?: AbortSignal): Promise<RenderedBadge> {
  const answer: unknown = await resource(connection, target, signal).preview(target.path, badge.link_url, badge.image_url);
  return decode(renderedSchema, answer, describe(target));
}

/** Whether it is the badge that is not there, and not its project or group: GitLab says `404 Not found` then. */
export function isBadgeGone(error: unknown): boolean {
  return isGitLabError(error) && error.reason === 'not-found' && !/project|group/i.test(error.details.answer ?? '');
}

function resource(connection: Connection, { scope }: Target, signal: AbortSignal | undefined) {
  return scope === 'project' ? connection.resource(ProjectBadges<false>, signal) : connection.resource(GroupBadges<false>, signal);
}

function describe({ path }: Target): string {
  return `${path} (badges)`;
}

/** For a server that does not say what kind a badge is. Above a personal project stands a user, who is no group. */
async function idsOfGroupBadges(connection: Connection, groups: readonly string[], signal: AbortSignal | undefined): Promise<ReadonlySet<number>> {
  const lists = await Promise.all(
    groups.map(async (path) => {
      try {
        return await listBadges(connection, { scope: 'group', path }, {}, signal);
      } catch (error) {
        if (isGitLabError(error) && error.reason === 'not-found') return [];
        throw error;
      }
    }),
  );
  return new Set(lists.flat().map((badge) => badge.id));
}

function toBadge(row: v.InferOutput<typeof badgeSchema>, kind: TargetScope): GitLabBadge {
  return {
    id: row.id,
    // The web form keeps an empty name as an empty text.
    name: row.name || null,
    link_url: row.link_url,
    image_url: row.image_url,
    kind,
    rendered_link_url: row.rendered_link_url ?? row.link_url,
    rendered_image_url: row.rendered_image_url ?? row.image_url,
  };
}

const badgeSchema = v.object({
  id: v.number(),
  name: optional(v.string()),
  link_url: v.string(),
  image_url: v.string(),
  rendered_link_url: optional(v.string()),
  rendered_image_url: optional(v.string()),
  kind: optional(v.picklist(['project', 'group'])),
});

const renderedSchema = v.object({ rendered_link_url: v.string(), rendered_image_url: v.string() });
