import assert from 'node:assert/strict';
import { age } from '../../src/webview/age';

describe('the age of a value', () => {
  const now = Date.parse('2026-03-10T12:00:00Z');
  const cases: [string, string][] = [
    ['2026-03-10T12:00:30Z', 'just now'],
    ['2026-03-10T11:59:01Z', 'just now'],
    ['2026-03-10T11:59:00Z', '1 minute ago'],
    ['2026-03-10T11:57:00Z', '3 minutes ago'],
    ['2026-03-10T11:00:01Z', '59 minutes ago'],
    ['2026-03-10T11:00:00Z', '1 hour ago'],
    ['2026-03-09T12:00:00Z', 'yesterday'],
    ['2026-03-01T12:00:00Z', '9 days ago'],
    ['soon', ''],
  ];
  for (const [at, expected] of cases) it(`of ${at} is ${expected || 'empty'}`, () => assert.equal(age(at, now), expected));
});
