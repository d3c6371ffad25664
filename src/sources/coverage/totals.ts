import { PlacedError } from '../placedError';

/** How much of something was executed. `total` may be 0: there was nothing to execute. */
export interface Share {
  readonly covered: number;
  readonly total: number;
}

export interface CoverageTotals {
  /** Of a Go profile: statements. */
  readonly lines: Share;
  /** Null where the report counts none. */
  readonly branches: Share | null;
}

/** Takes a report piece by piece. Both throw PlacedError where it is not what it should be. */
export interface CoverageReader {
  write(text: string): void;
  end(): CoverageTotals;
}

/** A report that is no XML is not what it should be. */
export class CoverageError extends PlacedError {
  override readonly name = 'CoverageError';
}

export const nothing: Share = { covered: 0, total: 0 };

export function add(one: Share, other: Share): Share {
  return { covered: one.covered + other.covered, total: one.total + other.total };
}

/** How often something was executed; null where that is no number. Programs count beyond what one holds exactly, and GCC has written negative ones. */
export function hitsOf(text: string | undefined): number | null {
  return text !== undefined && /^\s*-?\d+(?:\.\d+)?(?:e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : null;
}

/** A count as reports write it; undefined where nothing is written, null where it is no count (`NaN`, `-1`, `many`). */
export function countOf(text: string | undefined): number | null | undefined {
  const digits = text?.trim().replaceAll(',', '') ?? '';
  if (digits === '') return undefined;
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}
