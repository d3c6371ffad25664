/** What a check without a time range looks back on. */
const defaultDays = 30;

/**
 * A time without its fraction of a second, in UTC. GraphQL gives no finer ones and REST does, and both are to say the same: so a
 * range starts with a whole second and holds the whole of its last one, see `endOf`.
 */
export function wholeSecond(at: string): string {
  return new Date(Math.floor(Date.parse(at) / 1000) * 1000).toISOString();
}

/** The last millisecond of a range that ends at a moment. */
export function endOf(moment: string): number {
  return Date.parse(moment) + 999;
}

/**
 * Where the range of a check starts: so many calendar months before `now` in UTC, on the month's last day where it is shorter
 * (31 March − 1 month is 28 or 29 February); null: 30 days. `now` is any ISO 8601 time; the result is one in UTC. The range
 * includes its start.
 */
export function rangeStart(months: number | null, now: string): string {
  const start = new Date(wholeSecond(now));
  if (months === null) {
    start.setUTCDate(start.getUTCDate() - defaultDays);
    return start.toISOString();
  }
  const day = start.getUTCDate();
  // On the first, the month can be changed without spilling over into the next one.
  start.setUTCDate(1);
  start.setUTCMonth(start.getUTCMonth() - months);
  start.setUTCDate(Math.min(day, daysOfMonth(start)));
  return start.toISOString();
}

function daysOfMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
