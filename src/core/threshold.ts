import type { ColorThresholds } from './look';

/**
 * The colour for a value: the step with the greatest `from` that is ≤ the value decides, below all steps the lowest one.
 * The steps may stand in any order; undefined where there are none.
 */
export function colorFor(value: number, thresholds: ColorThresholds): string | undefined {
  const descending = [...thresholds].sort((a, b) => b.from - a.from);
  return (descending.find((step) => step.from <= value) ?? descending.at(-1))?.color;
}
