import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chartShape, type ChartShape } from '../../src/webview/chart';
import type { PreviewChart } from '../../src/webview/protocol';

describe('a chart', () => {
  const cases: readonly (readonly [string, PreviewChart, ChartShape])[] = [
    ['a value below min', { value: 1, min: 2, max: null }, { bar: 41.7, good: { from: 83.3, to: 100 }, marks: [83.3] }],
    ['a value at min', { value: 2, min: 2, max: null }, { bar: 83.3, good: { from: 83.3, to: 100 }, marks: [83.3] }],
    ['a value above max', { value: 10, min: null, max: 5 }, { bar: 83.3, good: { from: 0, to: 41.7 }, marks: [41.7] }],
    ['both bounds', { value: 5, min: 2, max: 10 }, { bar: 41.7, good: { from: 16.7, to: 83.3 }, marks: [16.7, 83.3] }],
    ['no value', { value: null, min: 2, max: null }, { bar: null, good: { from: 83.3, to: 100 }, marks: [83.3] }],
    ['nothing but zero', { value: 0, min: 0, max: null }, { bar: 0, good: { from: 0, to: 100 }, marks: [0] }],
    ['a value below zero', { value: -3, min: 1, max: null }, { bar: 0, good: { from: 83.3, to: 100 }, marks: [83.3] }],
  ];
  for (const [what, chart, shape] of cases) it(`shows ${what}`, () => assert.deepEqual(chartShape(chart), shape));

  it('stays on its scale, and never shows a value on the wrong side of a bound', () => {
    const number = fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }));
    fc.assert(
      fc.property(fc.record({ value: number, min: number, max: number }), (chart) => {
        const { bar, good, marks } = chartShape(chart);
        for (const at of [bar ?? 0, good.from, good.to, ...marks]) assert.ok(at >= 0 && at <= 100);
        if (chart.value !== null && chart.min !== null && bar !== null) assert.ok(chart.value >= chart.min ? bar >= good.from : bar <= good.from);
        if (chart.value !== null && chart.max !== null && bar !== null) assert.ok(chart.value <= chart.max ? bar <= good.to : bar >= good.to);
      }),
    );
  });
});
