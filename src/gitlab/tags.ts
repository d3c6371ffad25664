import { Tags } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { optional, time } from './decode';
import { type Paging, readRows, type ReadOptions, type Rows } from './pagedList';
import { unlessEmpty } from './repository';

export interface ListedTag {
  readonly name: string;
  /** ISO 8601, as GitLab sent it; null where GitLab does not show the commit. */
  readonly committedAt: string | null;
  /** What the list is sorted by: an annotated tag goes by its own date, though its commit may be years older. */
  readonly sortedBy: string | null;
  readonly released: boolean;
}

/** The tags of a project, newest first by their own date, or by their commit's where they have none. */
export function listTags(
  connection: Connection,
  project: string,
  options: Pick<ReadOptions<ListedTag>, 'readOn' | 'perPage'>,
  signal?: AbortSignal,
): Promise<Rows<ListedTag>> {
  const tags = connection.resource(Tags<false>, signal);
  const call = (paging: Paging) => tags.all(project, { orderBy: 'updated', sort: 'desc', ...paging });
  return unlessEmpty({ items: [], ended: true }, () => readRows(`${project} (repository/tags)`, tagSchema, call, { ...options, key: ({ name }) => name }));
}

const tagSchema = v.pipe(
  v.object({
    name: v.string(),
    commit: optional(v.object({ committed_date: optional(time), created_at: optional(time) })),
    /** Of an annotated tag, since GitLab 16.11. */
    created_at: optional(time),
    release: optional(v.object({})),
  }),
  v.transform(({ name, commit, created_at: createdAt, release }): ListedTag => {
    const committedAt = commit?.committed_date ?? commit?.created_at ?? null;
    return { name, committedAt, sortedBy: createdAt ?? committedAt, released: release !== null };
  }),
);
