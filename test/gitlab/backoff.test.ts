import assert from 'node:assert/strict';
import { backoffMs, requestedWaitMs } from '../../src/gitlab/backoff';

describe('requestedWaitMs', () => {
  const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
  const now = Date.parse(date) / 1000;
  const cases: [headers: Record<string, string>, waitMs: number | undefined][] = [
    [{}, undefined],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '45' }, 45_000],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT' }, 10_000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 23:59:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'ratelimit-remaining': '0', 'ratelimit-reset': String(now + 30) }, 30_000],
    [{ 'ratelimit-remaining': '0', 'ratelimit-reset': String(now - 30) }, 0],
    [{ 'ratelimit-remaining': '1', 'ratelimit-reset': String(now + 30) }, undefined],
    [{ 'ratelimit-remaining': '0' }, undefined],
    [{ 'retry-after': '5', 'ratelimit-remaining': '0', 'ratelimit-reset': String(now + 30) }, 5000],
  ];
  for (const [headers, waitMs] of cases) {
    it(`${JSON.stringify(headers)} asks for ${waitMs ?? 'nothing'}`, () => assert.equal(requestedWaitMs(new Headers({ date, ...headers })), waitMs));
  }
});

describe('backoffMs', () => {
  for (const [attempt, longest] of [[1, 100], [2, 200], [3, 400], [5, 1600]] as const) {
    it(`waits between ${longest / 2} and ${longest} ms after attempt ${attempt} on a base of 100`, () => {
      for (let round = 0; round < 100; round++) {
        const wait = backoffMs(attempt, 100);
        assert(wait >= longest / 2 && wait <= longest);
      }
    });
  }
});
