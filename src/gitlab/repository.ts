import { Commits, Repositories, Tags } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decodePage, optional } from './decode';
import { isGitLabError } from './gitlabError';
import { countRows, maxPerPage, searchRowCount } from './rowCount';

export interface Commit {
  readonly sha: string;
  /** ISO 8601, as GitLab sent it, with the offset of whoever committed. */
  readonly createdAt: string;
  readonly webUrl: string | null;
}

interface Tag {
  readonly name: string;
  /** ISO 8601, as GitLab sent it, of the commit it points to. */
  readonly commitCreatedAt: string | null;
  /** Page of that commit. */
  readonly webUrl?: string;
}

/** The head of a branch, or of the default branch; null in an empty repository and where there is no such branch. */
export function getNewestCommit(connection: Connection, project: string, branch?: string, signal?: AbortSignal): Promise<Commit | null> {
  return unlessEmpty(null, async () => {
    const [commit] = (await fetchCommits(connection, project, { page: 1, perPage: 1, ...(branch !== undefined && { refName: branch }) }, signal)).items;
    return commit ? { sha: commit.id, createdAt: commit.created_at, webUrl: commit.web_url } : null;
  });
}

/**
 * Counts the commits of the default branch, exactly, with about 2·log2(commits / 100) requests.
 * For callers below Reporter; the others get the number with the project.
 */
export function countCommits(connection: Connection, project: string, signal?: AbortSignal): Promise<number> {
  const fetchPage = (page: number) => fetchCommits(connection, project, { page, perPage: maxPerPage }, signal);
  return unlessEmpty(0, () => searchRowCount(fetchPage, `${project} (repository/commits)`));
}

/** Counts the different addresses among the authors of the last 2,000 commits, merges left out: GitLab looks no further. */
export function countContributors(connection: Connection, project: string, signal?: AbortSignal): Promise<number> {
  const target = `${project} (repository/contributors)`;
  const repositories = connection.resource(Repositories<false>, signal);
  const fetchPage = async (page: number) => {
    // Its type leaves the pagination out, GitLab does not.
    const options = { page, perPage: maxPerPage, showExpanded: true as const };
    const answer: unknown = await repositories.allContributors(project, options);
    return decodePage(v.unknown(), answer, target);
  };
  return unlessEmpty(0, () => countRows(fetchPage, target));
}

/** The tags with the newest commits, newest first, up to 100. */
export function getNewestTags(connection: Connection, project: string, { first }: { readonly first: number }, signal?: AbortSignal): Promise<readonly Tag[]> {
  return unlessEmpty([], async () => {
    const answer: unknown = await connection.resource(Tags<false>, signal).all(project, { page: 1, perPage: first, showExpanded: true });
    return decodePage(tagSchema, answer, `${project} (repository/tags)`).items.map(({ name, commit }) => {
      const webUrl = commit?.web_url;
      return { name, commitCreatedAt: commit?.created_at ?? null, ...(webUrl && { webUrl }) };
    });
  });
}

async function fetchCommits(connection: Connection, project: string, range: { page: number; perPage: number; refName?: string }, signal?: AbortSignal) {
  const answer: unknown = await connection.resource(Commits<false>, signal).all(project, { ...range, showExpanded: true });
  return decodePage(commitSchema, answer, `${project} (repository/commits)`);
}

/** A project without a repository answers 404 in these words; an unknown project says "404 Project Not Found". */
export async function unlessEmpty<T>(empty: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (isGitLabError(error) && error.reason === 'not-found' && /repository not found/i.test(error.details.answer ?? '')) return empty;
    throw error;
  }
}

const commitSchema = v.object({ id: v.string(), created_at: v.string(), web_url: optional(v.string()) });

const tagSchema = v.object({
  name: v.string(),
  commit: optional(v.object({ created_at: optional(v.string()), web_url: optional(v.string()) })),
});
