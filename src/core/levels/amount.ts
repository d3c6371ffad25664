import { isRole, roleName } from '../accessLevel';
import type { Threshold } from './definition';
import type { CheckUnit } from './result';
import { numberText } from './words';

/** Above every access level: GitLab's own number for "No one" is 0, though nothing is stricter. */
export const noOne = 100;

/** A value in the unit of its check: `3`, `7 days`, `60 %`, `push by Maintainer`. The bounds are those of `numberText`. */
export function amountText(value: number, unit: CheckUnit, ...bounds: readonly (number | null)[]): string {
  if (unit === 'access level') return value === 0 ? accessLevelName(value) : `push by ${accessLevelName(value)}`;
  return `${numberText(value, ...bounds)}${unitText(unit, value)}`;
}

/** The same for a bound, with all its digits: `7 days`, `Maintainer`. */
export function boundText(bound: number, unit: CheckUnit): string {
  return unit === 'access level' ? accessLevelName(bound) : amountText(bound, unit, bound);
}

/** The unit behind a value. Counts need none: the name of the check says what is counted. */
export function unitText(unit: CheckUnit, value: number): string {
  if (unit === 'days') return value === 1 ? ' day' : ' days';
  return unit === 'percent' ? ' %' : '';
}

/** What a threshold with a bound asks for: `needs 2`, `needs at most 7 days`, `needs 2 to 4`, `needs Maintainer or higher`. */
export function needsText({ min, max }: Pick<Threshold, 'min' | 'max'>, unit: CheckUnit): string {
  if (max === null) return `needs ${boundText(min ?? 0, unit)}${unit === 'access level' && min !== noOne ? ' or higher' : ''}`;
  if (min === null) return `needs at most ${boundText(max, unit)}`;
  return min === max ? `needs exactly ${boundText(min, unit)}` : `needs ${unit === 'access level' ? boundText(min, unit) : min} to ${boundText(max, unit)}`;
}

/** The role of an access level; the ends of the scale are ours. A number that is no role, which a bound may be, stays one: `level 35`. */
export function accessLevelName(level: number): string {
  if (level === 0) return 'unprotected';
  if (level === noOne) return 'no one';
  return isRole(level) ? roleName(level) : `level ${level}`;
}
