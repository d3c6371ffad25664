import { GraphQLError } from 'graphql';

export interface PageArgs {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

export interface ConnectionOptions<Row> {
  /** Tells the rows of a list apart, and stays as it is when others come and go: a cursor is made of it. */
  readonly key: (row: Row) => string | number;
  readonly node: (row: Row) => unknown;
  /** Rows that the caller may not see fall out of their page, which is the shorter for it. */
  readonly isVisible?: (row: Row) => boolean;
}

/** Most rows of a page, and as many as there are where nobody says how many. */
export const pageSize = 100;

/** A page of rows. Asking for more than there may be on one gives what there may be. */
export function connection<Row>(rows: readonly Row[], args: PageArgs, { key, node, isVisible = () => true }: ConnectionOptions<Row>): Connection {
  const [first, last] = [clamped(args.first), clamped(args.last)];
  if (first !== null && last !== null) throw new GraphQLError('Can only provide either `first` or `last`, not both');
  const cursorOf = (row: Row): string => encode(String(key(row)));
  const indexOf = (cursor: string): number => {
    const wanted = decode(cursor);
    return rows.findIndex((row) => String(key(row)) === wanted);
  };
  const from = args.after == null ? 0 : indexOf(args.after) + 1;
  const to = args.before == null ? rows.length : Math.max(from, indexOf(args.before));
  const start = last === null ? from : Math.max(from, to - last);
  const end = last === null ? Math.min(to, from + (first ?? pageSize)) : to;
  const page = rows.slice(start, end);
  const shown = page.filter(isVisible);
  const [head, tail] = [page[0], page.at(-1)];
  return {
    count: ({ limit }) => (limit == null || rows.length <= limit ? rows.length : limit + 1),
    nodes: () => shown.map(node),
    edges: () => shown.map((row) => ({ cursor: cursorOf(row), node: node(row) })),
    pageInfo: {
      hasNextPage: end < rows.length,
      hasPreviousPage: start > 0,
      startCursor: head === undefined ? null : cursorOf(head),
      endCursor: tail === undefined ? null : cursorOf(tail),
    },
  };
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

/** Opaque, and of no use in another list. */
function encode(key: string): string {
  return Buffer.from(JSON.stringify({ id: key })).toString('base64url');
}

function decode(cursor: string): string {
  try {
    const { id } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { id: unknown };
    if (typeof id === 'string') return id;
  } catch {
    // Answered below.
  }
  throw new GraphQLError('Please provide a valid cursor');
}
