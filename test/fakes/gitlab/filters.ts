import type { Time } from './data';
import type { Params } from './params';

/** Whether a time lies between two bounds, in milliseconds since the epoch; both are in. */
export function isBetween(time: Time, after: number | null, before: number | null): boolean {
  if (after === null && before === null) return true;
  const at = Date.parse(time);
  return (after === null || at >= after) && (before === null || at <= before);
}

/** Within `created_after` … `updated_before`, as issues and merge requests have them. */
export function isInRange(each: { readonly createdAt: Time; readonly updatedAt: Time }, params: Params): boolean {
  return (
    isBetween(each.createdAt, params.time('created_after'), params.time('created_before')) &&
    isBetween(each.updatedAt, params.time('updated_after'), params.time('updated_before'))
  );
}

/** Sorted by a key, `asc` or `desc`; equal ones stay as they are, or turn round with the rest. */
export function ordered<Row>(rows: readonly Row[], key: (row: Row) => string | number, direction: string | null): Row[] {
  const keyed = rows.map((row) => ({ row, at: key(row) })).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  if (direction === 'desc') keyed.reverse();
  return keyed.map((each) => each.row);
}
