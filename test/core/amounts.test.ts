import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { countText, sizeText } from '../../src/core/amounts';

describe('an amount', () => {
  for (const [count, text] of [[0, '0'], [9, '9'], [999, '999'], [1000, '1k'], [1250, '1.2k'], [9999, '9.9k'], [10_000, '10k'], [999_999, '999k'], [1_000_000, '1M'], [3_460_000, '3.4M']] as const) {
    it(`of ${count} reads ${text}`, () => assert.equal(countText(count), text));
  }
  for (const [bytes, text] of [[0, '0 B'], [1023, '1023 B'], [1024, '1 KiB'], [1536, '1.5 KiB'], [10 * 1024 + 1000, '10 KiB'], [1024 ** 2 - 1, '1023 KiB'], [1024 ** 2, '1 MiB'], [1.99 * 1024 ** 3, '1.9 GiB'], [1024 ** 6, '1024 PiB']] as const) {
    it(`of ${bytes} bytes reads ${text}`, () => assert.equal(sizeText(bytes), text));
  }
});
