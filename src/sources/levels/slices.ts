import type { TimeRange } from '../../gitlab/commits';

/** The range in equal slices, oldest first. They meet: what is dated where two do is in both. */
export function slicesOf({ since, until }: TimeRange, count: number): readonly TimeRange[] {
  const start = Date.parse(since);
  const length = (Date.parse(until) - start) / count;
  const bound = (index: number) => new Date(Math.round(start + index * length)).toISOString();
  return Array.from({ length: count }, (_, index) => ({ since: bound(index), until: bound(index + 1) }));
}
