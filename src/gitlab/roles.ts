import { GroupMembers, Groups, Users } from '@gitbeaker/rest';
import * as v from 'valibot';
import { accessLevels } from '../core/accessLevel';
import type { TargetScope } from '../core/plan';
import type { Connection } from './connection';
import { decode, optional } from './decode';
import { unlessRefused } from './gitlabError';
import { maxPerPage } from './rowCount';

/** The least access level that may change badges: Maintainer of a project, Owner of a group. */
export const leastAccess: Readonly<Record<TargetScope, number>> = { project: accessLevels.maintainer, group: accessLevels.owner };

/**
 * The token's access level in each group; null where it cannot be told: for administrators, who need no membership, for job
 * tokens, and where GitLab shows no members. One request where the token's user owns all of them, else one more for each
 * group that is not owned, and one.
 */
export async function getGroupAccess(connection: Connection, groups: readonly string[], signal?: AbortSignal): Promise<ReadonlyMap<string, number | null>> {
  const owned = await unlessRefused(new Set<string>(), () => ownedGroups(connection, signal));
  const others = groups.filter((group) => !owned.has(group.toLowerCase()));
  const levels = new Map<string, number | null>(groups.map((group) => [group, leastAccess.group]));
  if (others.length === 0) return levels;
  const user = await unlessRefused(null, () => currentUser(connection, signal));
  await Promise.all(
    others.map(async (group) => {
      const level = user === null || user.admin ? null : await unlessRefused(null, () => memberLevel(connection, group, user.id, signal));
      levels.set(group, level);
    }),
  );
  return levels;
}

/**
 * Paths in lower case of the groups the user owns, by membership in them or above them: with `min_access_level` GitLab lists
 * direct memberships and all groups below them (its `GroupsFinder`, `self_and_descendants`), but none that the user is in by
 * invitation of another group. The first 100 will do: those and who owns more are asked one by one. Without a token GitLab
 * lists public groups; the attempt itself is refused then.
 */
async function ownedGroups(connection: Connection, signal: AbortSignal | undefined): Promise<ReadonlySet<string>> {
  const answer: unknown = await connection.resource(Groups<false>, signal).all({ minAccessLevel: leastAccess.group, page: 1, perPage: maxPerPage } as never);
  const rows = decode(v.array(v.object({ full_path: v.string() })), answer, 'groups');
  return new Set(rows.map((row) => row.full_path.toLowerCase()));
}

async function currentUser(connection: Connection, signal: AbortSignal | undefined): Promise<{ id: number; admin: boolean }> {
  const answer: unknown = await connection.resource(Users<false>, signal).showCurrentUser();
  const user = decode(v.object({ id: v.number(), is_admin: optional(v.boolean()) }), answer, 'user');
  return { id: user.id, admin: user.is_admin ?? false };
}

/** Inherited and invited memberships count. */
async function memberLevel(connection: Connection, group: string, user: number, signal: AbortSignal | undefined): Promise<number> {
  const answer: unknown = await connection.resource(GroupMembers<false>, signal).show(group, user, { includeInherited: true });
  return decode(v.object({ access_level: v.number() }), answer, `${group} (members)`).access_level;
}
