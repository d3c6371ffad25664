import type { Rows } from './pagedList';
import { GraphQLError } from './graphql';

export interface CursorPage<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
}

/**
 * The rows of a GraphQL list page by page, each from where the one before ended, as far as they are needed: `readOn` is asked
 * after each page. A page may be short, or empty, and still not be the last.
 */
export async function readCursorPages<T>(fetchPage: (after: string | null) => Promise<CursorPage<T>>, readOn: (rows: readonly T[]) => boolean = () => true): Promise<Rows<T>> {
  const rows: T[] = [];
  const cursors = new Set<string | null>([null]);
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo } = await fetchPage(after);
    rows.push(...nodes);
    if (!pageInfo.hasNextPage || !readOn(rows)) return { items: rows, ended: !pageInfo.hasNextPage };
    after = pageInfo.endCursor ?? null;
    if (cursors.has(after) || cursors.size >= maxPages) throw new GraphQLError('failed', 'A list of GraphQL does not end: it seems to give the same page again and again.');
    cursors.add(after);
  }
}

/** 100,000 rows of 100 a page. */
const maxPages = 1000;
