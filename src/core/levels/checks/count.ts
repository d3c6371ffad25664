import type { Fact } from '../../fact';
import type { Dated, Window } from '../facts';
import { unmeasured, valueOf, type Measurement } from '../measurement';
import type { Evidence } from '../result';
import { excerpt, type CheckRange, type Excerpt } from '../window';
import { dayText } from '../words';

/** What one fact gives to a count. */
interface Part<T> extends Excerpt<T> {
  /** Whether the fact says anything. */
  readonly known: boolean;
}

/** The items of a fact that lie in the range. `what` names the fact: `the tags`. */
export function readPart<T extends Dated>(fact: Fact<Window<T>> | null, what: string, range: CheckRange): Part<T> {
  const window = valueOf(fact, what);
  return 'reason' in window ? { items: [], gap: window.reason, known: false } : { ...excerpt(window.value, range), known: true };
}

/** A count over the parts: a lower bound where one of them is unknown or does not reach back far enough. `noun` is one and many. */
export function measureCount(
  count: number,
  noun: readonly [one: string, many: string],
  parts: readonly Part<Dated>[],
  range: CheckRange,
  evidence: readonly Evidence[],
): Measurement {
  const gap = [...new Set(parts.map((part) => part.gap).filter((text) => text !== null))].join('; ');
  if (!parts.some((part) => part.known)) return unmeasured(gap, { range });
  const [one, many] = noun;
  return {
    kind: 'measured',
    value: count,
    ...(gap !== '' && { gap }),
    say: (value, number) => `${value} ${number === 1 ? one : many} since ${dayText(range.from, range.to)}`,
    range,
    sample: count,
    evidence,
  };
}
