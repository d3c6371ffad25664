import { GraphQLError } from 'graphql';

export interface PageArgs {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

interface ConnectionOptions<Row> {
  /** Tells the rows of a list apart, and stays as it is when others come and go: a cursor is made of it. */
  readonly key: (row: Row) => string | number;
  readonly node: (row: Row) => unknown;
  /** Rows that the caller may not see fall out of their page, which is the shorter for it; they are counted all the same. */
  readonly isVisible?: (row: Row) => boolean;
}

/** Most rows of a page, and as many as there are where nobody says how many. */
export const pageSize = 100;

/**
 * A page of rows. Asking for more than there may be on one gives what there may be. Cursors are those of the rows that
 * are shown: a page of hidden ones has none, and may have a next page all the same.
 */
export function connection<Row>(rows: readonly Row[], args: PageArgs, options: ConnectionOptions<Row>): Connection {
  const { key, node, isVisible = () => true } = options;
  const { start, end } = sliceOf(rows, args, options);
  const shown = rows.slice(start, end).flatMap((row, index) => (isVisible(row) ? [{ row, cursor: encode({ id: String(key(row)), at: start + index }) }] : []));
  return {
    count: ({ limit }) => {
      if (limit != null && limit < 1) throw new GraphQLError('limit must be greater than 0');
      return limit == null || rows.length <= limit ? rows.length : limit + 1;
    },
    nodes: () => shown.map(({ row }) => node(row)),
    edges: () => shown.map(({ row, cursor }) => ({ cursor, node: node(row) })),
    pageInfo: { hasNextPage: end < rows.length, hasPreviousPage: start > 0, startCursor: shown[0]?.cursor ?? null, endCursor: shown.at(-1)?.cursor ?? null },
  };
}

/**
 * The same where another service makes the pages and their cursors, which stand for the pages before and after: there is
 * none where there is no such page.
 */
export function externalConnection<Row>(rows: readonly Row[], args: PageArgs, options: ConnectionOptions<Row>): Connection {
  const { start, end } = sliceOf(rows, args, options);
  const cursorOf = (row: Row | undefined, at: number): string | null => (row === undefined ? null : encode({ id: String(options.key(row)), at }));
  const page = connection(rows, args, options);
  return {
    ...page,
    pageInfo: {
      ...page.pageInfo,
      startCursor: start > 0 ? cursorOf(rows[start], start) : null,
      endCursor: end < rows.length ? cursorOf(rows[end - 1], end - 1) : null,
    },
  };
}

function sliceOf<Row>(rows: readonly Row[], args: PageArgs, { key }: ConnectionOptions<Row>): { readonly start: number; readonly end: number } {
  const [first, last] = [clamped(args.first), clamped(args.last)];
  if (first !== null && last !== null) throw new GraphQLError('Can only provide either `first` or `last`, not both');
  // A row that is gone since was where the one behind it is now.
  const place = (cursor: string): { readonly before: number; readonly after: number } => {
    const { id, at } = decode(cursor);
    const index = rows.findIndex((row) => String(key(row)) === id);
    return index < 0 ? { before: at, after: at } : { before: index, after: index + 1 };
  };
  const from = args.after == null ? 0 : place(args.after).after;
  const to = args.before == null ? rows.length : Math.max(from, place(args.before).before);
  return last === null ? { start: from, end: Math.min(to, from + (first ?? pageSize)) } : { start: Math.max(from, to - last), end: to };
}

export interface Connection {
  readonly count: (args: { readonly limit?: number | null }) => number;
  readonly nodes: () => readonly unknown[];
  readonly edges: () => readonly { readonly cursor: string; readonly node: unknown }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

function clamped(asked: number | null | undefined): number | null {
  return asked == null ? null : Math.min(Math.max(0, asked), pageSize);
}

/** Where a row stands in a list. */
interface Place {
  readonly id: string;
  readonly at: number;
}

/** Opaque, and of no use in another list. */
function encode(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function decode(cursor: string): Place {
  try {
    const { id, at } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Partial<Record<string, unknown>>;
    if (typeof id === 'string' && typeof at === 'number') return { id, at };
  } catch {
    // Answered below.
  }
  throw new GraphQLError('Please provide a valid cursor');
}
