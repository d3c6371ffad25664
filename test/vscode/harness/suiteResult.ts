import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What came out of a suite of tests. */
export interface SuiteResult {
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  /** What failed first and passed when it was run once more. */
  readonly flaky?: readonly Failure[];
}

interface Failure {
  readonly name: string;
  readonly message: string;
}

/** The file that a suite's result is written to. */
export function resultFile(suite: string): string {
  return path.resolve('out/results', `${suite}.json`);
}

export function writeResult(file: string, result: SuiteResult): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(result));
}

/** Reads a result; a suite that did not finish, or ran no test at all, is a failure. */
export function readResult(suite: string): SuiteResult {
  const file = resultFile(suite);
  if (!existsSync(file)) return failed(suite, 'did not run to its end');
  const result = JSON.parse(readFileSync(file, 'utf8')) as SuiteResult;
  return result.passed + result.failures.length > 0 ? result : failed(suite, 'ran no tests');
}

export function failed(name: string, reason: unknown): SuiteResult {
  const message = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  return { passed: 0, skipped: 0, failures: [{ name, message }] };
}

/**
 * Runs tests, and once more where some failed: a window that is driven while the machine is busy can lose a key, or its extension
 * host. What fails both times has failed; the result names the rest as flaky.
 */
export async function withSecondRun(run: (run: number) => Promise<SuiteResult>): Promise<SuiteResult> {
  const attempt = (number: number) => run(number).catch((error: unknown) => failed('start', error));
  const first = await attempt(1);
  if (first.failures.length === 0) return first;
  console.log('\nOnce more, from a new start:');
  const second = await attempt(2);
  const stillFail = new Set(second.failures.map(({ name }) => name));
  return { ...second, flaky: first.failures.filter(({ name }) => !stillFail.has(name)) };
}

export const passed: SuiteResult = { passed: 1, skipped: 0, failures: [] };

/** Prints every failure, what was flaky, and the last line `N passed, N failed`. Answers the exit code. */
export function summarise(results: Readonly<Record<string, SuiteResult>>): 0 | 1 {
  const all = Object.entries(results);
  const failures = all.flatMap(([suite, result]) => result.failures.map((failure) => ({ suite, ...failure })));
  const flaky = all.flatMap(([suite, result]) => (result.flaky ?? []).map((failure) => ({ suite, ...failure })));
  for (const { suite, name, message } of flaky) console.log(`\nFLAKY ${suite}: ${name}\n${message.replace(/^/gm, '    ')}`);
  for (const { suite, name, message } of failures) console.log(`\nFAILED ${suite}: ${name}\n${message.replace(/^/gm, '    ')}`);
  console.log('');
  for (const [suite, result] of all) {
    const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
    const again = result.flaky?.length ? `, ${result.flaky.length} of them flaky` : '';
    console.log(`${suite}: ${result.passed} passed${again}, ${result.failures.length} failed${skipped}`);
  }
  const passedTests = all.reduce((sum, [, result]) => sum + result.passed, 0);
  console.log(`${passedTests} passed, ${failures.length} failed`);
  return failures.length > 0 || passedTests === 0 ? 1 : 0;
}
