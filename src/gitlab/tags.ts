import { Tags } from '@gitbeaker/rest';
import * as v from 'valibot';
import type { Connection } from './connection';
import { decodePage, optional } from './decode';
import { readPages, type ReadOptions, type Rows } from './pagedList';
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
  const target = `${project} (repository/tags)`;
  const tags = connection.resource(Tags<false>, signal);
  const fetchPage = async (page: number, perPage: number) => {
    const answer: unknown = await tags.all(project, { orderBy: 'updated', sort: 'desc', page, perPage, showExpanded: true });
    const rows = decodePage(tagSchema, answer, target);
    return { ...rows, items: rows.items.map(toTag) };
  };
  return unlessEmpty({ items: [], ended: true }, () => readPages(target, fetchPage, { ...options, key: ({ name }) => name }));
}

function toTag({ name, commit, created_at: createdAt, release }: v.InferOutput<typeof tagSchema>): ListedTag {
  const committedAt = commit?.committed_date ?? commit?.created_at ?? null;
  return { name, committedAt, sortedBy: createdAt ?? committedAt, released: release !== null };
}

const tagSchema = v.object({
  name: v.string(),
  commit: optional(v.object({ committed_date: optional(v.string()), created_at: optional(v.string()) })),
  /** Of an annotated tag, since GitLab 17. */
  created_at: optional(v.string()),
  release: optional(v.object({})),
});
