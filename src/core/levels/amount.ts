import { roleName } from '../accessLevel';
import type { Threshold } from './definition';
import type { CheckUnit } from './result';
import { numberText } from './words';

/** Above every access level: GitLab's own number for "No one" is 0, though nothing is stricter. */
export const noOne = 100;

/** A value in the unit of its check: `3`, `7 days`, `60 %`, `40 (Maintainer)`. The bounds are those of `numberText`. */
export function amountText(value: number, unit: CheckUnit, ...bounds: readonly (number | null)[]): string {
  return unit === 'access level' ? accessLevel(value) : `${numberText(value, ...bounds)}${unitText(unit, value)}`;
}

/** The same for a bound, with all its digits. */
export function boundText(bound: number, unit: CheckUnit): string {
  return amountText(bound, unit, bound);
}

/** The unit behind a value. Counts need none: the name of the check says what is counted. */
export function unitText(unit: CheckUnit, value: number): string {
  if (unit === 'days') return value === 1 ? ' day' : ' days';
  return unit === 'percent' ? ' %' : '';
}

/** What a threshold with a bound asks for: `needs 2`, `needs at most 7 days`, `needs 2 to 4`. */
export function needsText({ min, max }: Pick<Threshold, 'min' | 'max'>, unit: CheckUnit): string {
  if (max === null) return `needs ${boundText(min ?? 0, unit)}`;
  if (min === null) return `needs at most ${boundText(max, unit)}`;
  return min === max ? `needs exactly ${boundText(min, unit)}` : `needs ${min} to ${boundText(max, unit)}`;
}

/** GitLab's number and its name; the ends of the scale are ours. */
function accessLevel(level: number): string {
  if (level === 0) return '0 (unprotected)';
  return `${level} (${level === noOne ? 'no one' : roleName(level)})`;
}
