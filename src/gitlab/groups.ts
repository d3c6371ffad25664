import { Groups } from '@gitbeaker/rest';
import * as v from 'valibot';
import { listBadges, type GitLabBadge } from './badges';
import type { Connection } from './connection';
import { decode, decodePage, optional } from './decode';
import { isGitLabError } from './gitlabError';
import { ancestorPaths } from './groupPath';
import { pagedList } from './pagedList';

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

export interface GroupProject {
  readonly id: number;
  /** Full path. */
  readonly path: string;
}

/**
 * The projects of a group that the token may see, archived ones included, those that are only shared with it not: they belong to
 * another group and would be counted twice. Oldest first, so that a project which is added meanwhile moves no other to another page.
 */
export async function listGroupProjects(connection: Connection, group: string, { recursive }: { readonly recursive: boolean }, signal?: AbortSignal): Promise<readonly GroupProject[]> {
  const target = `${group} (projects)`;
  const groups = connection.resource(Groups<false>, signal);
  const rows = await pagedList(
    target,
    async (page, perPage) => {
      // GitLab has no keyset pagination for this list.
      const options = { includeSubgroups: recursive, withShared: false, orderBy: 'id', sort: 'asc', simple: true, page, perPage, showExpanded: true } as const;
      const answer: unknown = await groups.allProjects(group, options);
      return decodePage(v.object({ id: v.number(), path_with_namespace: v.string() }), answer, target);
    },
    maxProjectPages,
  );
  // One that is deleted or moved between two pages shifts the others; what comes twice then is one project all the same.
  return [...new Map(rows.map(({ id, path_with_namespace: path }) => [id, { id, path }])).values()];
}

/** 200,000 projects. */
const maxProjectPages = 2000;

export interface PreviewProject extends GroupProject {
  /** Null in an empty repository, and where the caller may not see the code. */
  readonly defaultBranch: string | null;
}

const previewProjectSchema = v.object({ id: v.number(), path_with_namespace: v.string(), default_branch: optional(v.string()) });

/**
 * The project by which GitLab renders the badges of a group: the newest that is directly in it or shared with it, as far as
 * the token may read. Null where there is none: the placeholders then stay as text.
 */
export async function newestProjectOf(connection: Connection, group: string, signal?: AbortSignal): Promise<PreviewProject | null> {
  const options = { orderBy: 'id', sort: 'desc', simple: true, page: 1, perPage: 1 } as const;
  const answer: unknown = await connection.resource(Groups<false>, signal).allProjects(group, options);
  const [project] = decode(v.array(previewProjectSchema), answer, `${group} (projects)`);
  return project ? { id: project.id, path: project.path_with_namespace, defaultBranch: project.default_branch } : null;
}

async function badgesIfReadable(connection: Connection, path: string, signal: AbortSignal | undefined): Promise<readonly GitLabBadge[]> {
  try {
    return await listBadges(connection, { scope: 'group', path }, {}, signal);
  } catch (error) {
    if (isGitLabError(error) && (error.reason === 'not-found' || error.reason === 'forbidden')) return [];
    throw error;
  }
}
