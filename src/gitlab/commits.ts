import { Commits } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { optional, time } from './decode';
import { readCursorPages } from './cursorPages';
import { isGraphQLError } from './graphql';
import { type Paging, readRows, type ReadOptions, type Rows } from './pagedList';
import { type AskProject, nodesSchema, pageInfoSchema } from './projectQuery';
import type { Ask } from './queryBatch';
import { unlessEmpty } from './repository';

/** A commit of the default branch, merges included. */
export interface ListedCommit {
  readonly sha: string;
  readonly authorName: string;
  /** As it is written in the commit. */
  readonly authorEmail: string;
  /** ISO 8601, as GitLab sent it, with the offset of whoever committed. */
  readonly committedAt: string;
  /** The author's account; null where GitLab knows none, undefined where it does not tell it: REST never does. */
  readonly authorUsername?: string | null;
}

/** Moments, ISO 8601, both included. */
export interface TimeRange {
  readonly since: string;
  readonly until: string;
}

/** The commits of the default branch by date of commit, newest first; none in an empty repository. */
export function listCommits(
  connection: Connection,
  project: string,
  range: TimeRange,
  options: Pick<ReadOptions<ListedCommit>, 'readOn' | 'perPage'>,
  signal?: AbortSignal,
): Promise<Rows<ListedCommit>> {
  const commits = connection.resource(Commits<false>, signal);
  const call = (paging: Paging) => commits.all(project, { ...range, ...paging });
  return unlessEmpty({ items: [], ended: true }, () => readRows(`${project} (repository/commits)`, commitSchema, call, { ...options, key: ({ sha }) => sha }));
}

/** What the server needs for `queryCommits`. */
export const authoredCommits = 'commits with the accounts of their authors';

/** Asks, once, whether the server has `queryCommits`, so that it need not be tried in vain; true where the server does not tell. */
export async function hasAuthoredCommits(ask: Ask, features: Map<string, boolean>): Promise<boolean> {
  const known = features.get(authoredCommits);
  if (known !== undefined) return known;
  try {
    const type = await ask({ feature: 'introspection', field: '__type(name: "Repository") { fields { name } }', variables: {}, points: 3, schema: v.nullable(typeSchema) });
    const has = type?.fields?.some(({ name }) => name === 'commits') ?? true;
    features.set(authoredCommits, has);
    return has;
  } catch (error) {
    if (isGraphQLError(error)) return true;
    throw error;
  }
}

/**
 * The same over GraphQL, which names the authors' accounts: since GitLab 18.5 or so, and 26 points a page. `branch` is the default
 * one, and what is asked for in several ranges goes side by side.
 */
export async function queryCommits(ask: AskProject, branch: string, { since, until }: TimeRange, readOn?: (rows: readonly ListedCommit[]) => boolean): Promise<Rows<ListedCommit>> {
  return readCursorPages(async (after) => {
    const { repository } = await ask({
      feature: authoredCommits,
      field: `repository { commits(ref: $ref, committedAfter: $since, committedBefore: $until, first: 100, after: $after) {
        nodes { sha authorName authorEmail committedDate author { username } } pageInfo { hasNextPage endCursor } } }`,
      variables: { ref: ['String!', branch], since: ['Time', since], until: ['Time', until], after: ['String', after] },
      points: 26,
      schema: v.object({ repository: v.object({ commits: v.object({ nodes: nodesSchema(commitNodeSchema), pageInfo: pageInfoSchema }) }) }),
    });
    return repository.commits;
  }, readOn);
}

const commitSchema = v.pipe(
  v.object({
    id: v.string(),
    author_name: optional(v.string()),
    author_email: optional(v.string()),
    /** The committer's date under another name. */
    created_at: time,
    committed_date: optional(time),
  }),
  v.transform(
    (commit): ListedCommit => ({
      sha: commit.id,
      authorName: commit.author_name ?? '',
      authorEmail: commit.author_email ?? '',
      committedAt: commit.committed_date ?? commit.created_at,
    }),
  ),
);

const typeSchema = v.object({ fields: v.nullish(v.array(v.object({ name: v.string() }))) });

const commitNodeSchema = v.pipe(
  v.object({
    sha: v.string(),
    authorName: optional(v.string()),
    authorEmail: optional(v.string()),
    committedDate: time,
    author: optional(v.object({ username: v.string() })),
  }),
  v.transform(
    ({ sha, authorName, authorEmail, committedDate, author }): ListedCommit => ({
      sha,
      authorName: authorName ?? '',
      authorEmail: authorEmail ?? '',
      committedAt: committedDate,
      authorUsername: author?.username ?? null,
    }),
  ),
);
