import type { PreviewChart } from './protocol';

/** Where the parts of a chart lie on a scale from 0 to 100. */
export interface ChartShape {
  /** End of the bar that starts at 0; null where there is no value. */
  readonly bar: number | null;
  /** Where a value passes. */
  readonly good: { readonly from: number; readonly to: number };
  /** The bounds. */
  readonly marks: readonly number[];
}

/** So much of the scale stays free beyond the largest of value and bounds. */
const headroom = 0.2;

export function chartShape({ value, min, max }: PreviewChart): ChartShape {
  const largest = Math.max(value ?? 0, min ?? 0, max ?? 0);
  const end = largest > 0 ? largest * (1 + headroom) : 1;
  const place = (at: number) => Math.round((Math.max(0, at) / end) * 1000) / 10;
  return {
    bar: value === null ? null : place(value),
    good: { from: min === null ? 0 : place(min), to: max === null ? 100 : place(max) },
    marks: [min, max].flatMap((bound) => (bound === null ? [] : [place(bound)])),
  };
}
