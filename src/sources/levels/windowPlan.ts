import type { Dated, Window } from '../../core/levels/facts';
import type { CountDemand } from '../../core/levels/demand';
import { endOf } from '../../core/levels/range';
import type { TimeRange } from '../../gitlab/commits';

/** How far back a kind of thing has to be read, for demands of which there is at least one. */
export interface WindowPlan {
  /** From the earliest moment that was asked for to the end of the demand's `now`, ISO 8601 in UTC. */
  readonly range: TimeRange;
  /** The same in whole days of UTC: what GitLab is asked for, so that a later run asks for the same and its cache is of use. */
  readonly days: TimeRange;
  /** Rows for a page: enough for one, where a few answer all. */
  readonly perPage: number;
  /** See `isAnswered`. */
  isAnswered(items: readonly Dated[], readBackTo: number): boolean;
  /** The window of all that was read, newest first. */
  window<T extends Dated>(items: readonly T[], complete: boolean): Window<T>;
}

export function planWindow(demands: readonly CountDemand[], now: string): WindowPlan {
  const until = endOf(now);
  const since = Math.min(...demands.map((demand) => Date.parse(demand.since)));
  return {
    range: { since: isoTime(since), until: isoTime(until) },
    days: { since: isoTime(Math.floor(since / dayMs) * dayMs), until: isoTime(Math.ceil(until / dayMs) * dayMs) },
    perPage: Math.min(maxPerPage, Math.max(minPerPage, ...demands.map(({ enough }) => enough ?? Infinity))),
    isAnswered: (items, readBackTo) => isAnswered(demands, now, items, readBackTo),
    window: (items, complete) => {
      const dated = items.map((item) => ({ item, time: Date.parse(item.at) })).filter(({ time }) => time >= since && time <= until);
      return { items: dated.sort((a, b) => b.time - a.time).map(({ item }) => item), since: isoTime(since), complete };
    },
  };
}

/**
 * Whether every demand is answered, either by the number of items or because all back to its moment were read. `readBackTo` is
 * the date of the oldest row that was read, in milliseconds; Infinity where nothing is known of that.
 */
export function isAnswered(demands: readonly CountDemand[], now: string, items: readonly Dated[], readBackTo: number): boolean {
  const times = items.map(({ at }) => Date.parse(at)).filter((time) => time <= endOf(now));
  return demands.every(({ since, enough }) => {
    const from = Date.parse(since);
    return readBackTo < from || times.filter((time) => time >= from).length >= (enough ?? Infinity);
  });
}

const dayMs = 24 * 60 * 60 * 1000;
const maxPerPage = 100;
/** GitLab's own page. A few rows more than asked for cost nothing, and some of them may not count. */
const minPerPage = 20;

function isoTime(time: number): string {
  return new Date(time).toISOString();
}
