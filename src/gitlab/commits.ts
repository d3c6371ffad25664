import { Commits } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decodePage, optional } from './decode';
import { readPages, type ReadOptions, type Rows } from './pagedList';
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
  const target = `${project} (repository/commits)`;
  const commits = connection.resource(Commits<false>, signal);
  const fetchPage = async (page: number, perPage: number) => {
    const answer: unknown = await commits.all(project, { ...range, page, perPage, showExpanded: true });
    const rows = decodePage(commitSchema, answer, target);
    return { ...rows, items: rows.items.map(toCommit) };
  };
  return unlessEmpty({ items: [], ended: true }, () => readPages(target, fetchPage, { ...options, key: ({ sha }) => sha }));
}

function toCommit(commit: v.InferOutput<typeof commitSchema>): ListedCommit {
  return { sha: commit.id, authorName: commit.author_name ?? '', authorEmail: commit.author_email ?? '', committedAt: commit.committed_date ?? commit.created_at };
}

const commitSchema = v.object({
  id: v.string(),
  author_name: optional(v.string()),
  author_email: optional(v.string()),
  /** The committer's date under another name. */
  created_at: v.string(),
  committed_date: optional(v.string()),
});
