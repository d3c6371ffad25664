import { Groups } from '@gitbeaker/rest';
import * as v from 'valibot';
import { listBadges, type GitLabBadge } from './badges';
import type { Connection } from './connection';
import { decode } from './decode';
import { isGitLabError } from './gitlabError';
import { ancestorPaths } from './groupPath';

/**
 * Which group owns each badge that a project inherits, by the badge's id: GitLab does not say it with the badge, so the lists
 * of the groups above are asked, side by side. Left out are badges of groups that the token may not read.
 */
export async function findOwners(connection: Connection, projectPath: string, badges: readonly GitLabBadge[], signal?: AbortSignal): Promise<ReadonlyMap<number, string>> {
  const inherited = new Set(badges.filter((badge) => badge.kind === 'group').map((badge) => badge.id));
  const owners = new Map<number, string>();
  if (inherited.size === 0) return owners;
  await Promise.all(
    ancestorPaths(projectPath).map(async (path) => {
      for (const { id } of await badgesIfReadable(connection, path, signal)) if (inherited.has(id)) owners.set(id, path);
    }),
  );
  return owners;
}

/**
 * The project by which GitLab renders the badges of a group: the newest that is directly in it or shared with it, as far as
 * the token may read. Null where there is none: the placeholders then stay as text.
 */
export async function newestProjectOf(connection: Connection, group: string, signal?: AbortSignal): Promise<string | null> {
  const options = { orderBy: 'id', sort: 'desc', simple: true, page: 1, perPage: 1 } as const;
  const answer: unknown = await connection.resource(Groups<false>, signal).allProjects(group, options);
  const [project] = decode(v.array(v.object({ path_with_namespace: v.string() })), answer, `${group} (projects)`);
  return project?.path_with_namespace ?? null;
}

async function badgesIfReadable(connection: Connection, path: string, signal: AbortSignal | undefined): Promise<readonly GitLabBadge[]> {
  try {
    return await listBadges(connection, { scope: 'group', path }, {}, signal);
  } catch (error) {
    if (isGitLabError(error) && (error.reason === 'not-found' || error.reason === 'forbidden')) return [];
    throw error;
  }
}
