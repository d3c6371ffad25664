import assert from 'node:assert/strict';
import { colorFor } from '../../src/core/threshold';

const steps = [
  { from: 0, color: 'red' },
  { from: 60, color: 'yellow' },
  { from: 80, color: 'green' },
];

describe('colorFor', () => {
  const cases: [number, string][] = [
    [-0.1, 'red'],
    [0, 'red'],
    [59.99, 'red'],
    [60, 'yellow'],
    [79.99, 'yellow'],
    [80, 'green'],
    [Infinity, 'green'],
    [-Infinity, 'red'],
    [NaN, 'red'],
  ];
  for (const [value, color] of cases) {
    it(`is ${color} at ${value}`, () => assert.equal(colorFor(value, steps), color));
    it(`is ${color} at ${value} whatever the order of the steps`, () => assert.equal(colorFor(value, [...steps].reverse()), color));
  }

  it('is the only step everywhere', () => {
    for (const value of [4, 5, 6]) assert.equal(colorFor(value, [{ from: 5, color: 'blue' }]), 'blue');
  });

  it('has no colour without steps', () => assert.equal(colorFor(1, []), undefined));
});
