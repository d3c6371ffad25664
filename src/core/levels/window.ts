import type { Dated, Window } from './facts';
import { endOf } from './range';
import { dayText } from './words';

/** The stretch of time that a check looks at, both ends included; ISO 8601 in UTC. */
export interface CheckRange {
  readonly from: string;
  readonly to: string;
}

/** What a window holds of a range. */
export interface Excerpt<T> {
  readonly items: readonly T[];
  /** Why there may be more of them in the range, and what to do; null where these are all. */
  readonly gap: string | null;
}

/** The items of a window that lie in the range, in their order. */
export function excerpt<T extends Dated>(window: Window<T>, { from, to }: CheckRange): Excerpt<T> {
  const start = Date.parse(from);
  const end = endOf(to);
  const times = timesOf(window);
  const items: T[] = [];
  let oldest = Infinity;
  window.items.forEach((item, index) => {
    const time = times[index] ?? NaN;
    oldest = Math.min(oldest, time);
    if (time >= start && time <= end) items.push(item);
  });
  const reachesBack = Date.parse(window.since) <= start;
  // Newest first: once one is older than the range, all that lie in it are known, even where counting stopped.
  if ((reachesBack && window.complete) || oldest < start) return { items, gap: null };
  const known = reachesBack ? `for lower thresholds, with which the newest ${window.items.length} were enough` : `for a shorter range, since ${dayText(window.since, to)}`;
  return { items, gap: `the facts were fetched ${known}: evaluate again` };
}

/** A definition is judged again at every keystroke, and most of the work would be reading dates. */
const knownTimes = new WeakMap<Window<Dated>, Float64Array>();

function timesOf(window: Window<Dated>): Float64Array {
  let times = knownTimes.get(window);
  if (!times) {
    times = Float64Array.from(window.items, (item) => Date.parse(item.at));
    knownTimes.set(window, times);
  }
  return times;
}
