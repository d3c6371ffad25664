import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { median, widthErrors, type WidthRecord } from '../bench/widths';
import { words } from './words';

/** Measured in Chromium: `npm run bench -- widths --write`. */
const record = JSON.parse(readFileSync('test/drawing/measuredWidths.json', 'utf8')) as WidthRecord;
const all = widthErrors(record);
const reference = all.filter(({ isReference, errors }) => isReference && errors.length > 0);

describe(`text widths against Chromium ${record.browser} of ${record.date}`, () => {
  it('were measured for every language, most of them in the fonts that a badge names', () => {
    assert.deepEqual(all.map(({ language }) => language), Object.keys(words));
    assert.ok(all.every(({ errors }) => errors.length > 0));
    assert.ok(reference.length >= 28, String(reference.length));
  });

  it('are 3 % off in the middle and 10 % at the worst', () => {
    const errors = reference.flatMap((each) => each.errors);
    assert.ok(median(errors) <= 0.03, String(median(errors)));
    assert.ok(Math.max(...errors) <= 0.1, String(Math.max(...errors)));
  });

  for (const { language, errors } of reference) it(`are 5 % off in the middle for ${language}`, () => assert.ok(median(errors) <= 0.05, errors.join()));
  for (const { language, errors, fonts } of all) {
    if (errors.length > 0 && !reference.some((each) => each.language === language)) it(`are 10 % off at the worst for ${language} in ${fonts.join(' and ')}`, () => assert.ok(Math.max(...errors) <= 0.1, errors.join()));
  }
});
