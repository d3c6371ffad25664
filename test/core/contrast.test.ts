import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { brightness, textContrast } from '../../src/core/contrast';

describe('brightness', () => {
  for (const [hex, value] of [['#000000', 0], ['#ffffff', 1], ['#ff0000', 0.3], ['#00ff00', 0.59], ['#0000ff', 0.11]] as const) {
    it(`of ${hex} is ${value}`, () => assert.equal(brightness(hex), value));
  }
});

describe('the contrast of a text', () => {
  for (const [hex, ratio, what] of [
    ['#000000', 21, 'white on black'],
    ['#ffffff', 12.63, 'dark on white'],
    ['#767676', 4.54, 'white on the grey that WCAG likes to name'],
    ['#b2b2b2', 5.96, 'dark just above the bound of badge-maker'],
    ['#b1b1b1', 2.14, 'white at the bound of badge-maker: 0.69'],
    ['#ffffff00', 12.63, 'dark on what cannot be seen'],
    ['#00000080', 4, 'white on half of black'],
  ] as const) {
    it(`is ${ratio} : 1 for ${what}`, () => assert.equal(Math.round(textContrast(hex) * 100) / 100, ratio));
  }
});
