import assert from 'node:assert/strict';
import { failed, withSecondRun, type SuiteResult } from './suiteResult';

const all: SuiteResult = { passed: 2, skipped: 0, failures: [] };
const one: SuiteResult = { passed: 1, skipped: 0, failures: [{ name: 'a', message: 'too late' }] };

describe('a second run', () => {
  const cases: readonly (readonly [title: string, runs: readonly (SuiteResult | Error)[], result: SuiteResult])[] = [
    ['is not made where all passed', [all], all],
    ['tells what failed in the first one alone', [one, all], { ...all, flaky: one.failures }],
    ['leaves failed what fails again', [one, one], { ...one, flaky: [] }],
    ['counts what it alone finds', [{ ...one, failures: [{ name: 'b', message: 'too early' }] }, one], { ...one, flaky: [{ name: 'b', message: 'too early' }] }],
    ['follows a start that failed', [new Error('no window'), all], { ...all, flaky: failed('start', 'no window').failures }],
  ];
  for (const [title, runs, result] of cases) {
    it(title, async () => {
      const left = [...runs];
      const given = await withSecondRun(() => {
        const next = left.shift();
        if (!next) throw new Error('a third run');
        if (next instanceof Error) next.stack = next.message;
        return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
      });
      assert.deepEqual(given, result);
      assert.deepEqual(left, []);
    });
  }
});
