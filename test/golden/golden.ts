import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Compares a text with a file under test/golden, by its path there. With `UPDATE_GOLDEN=1` in the environment the file is written
 * instead: look at the difference before you commit it.
 */
export function assertGolden(name: string, actual: string): void {
  assertFile(path.join('test/golden', name), actual);
}

/** As assertGolden, for a generated file that stands elsewhere; the path is relative to the root of the repository. */
export function assertFile(file: string, actual: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  assert.ok(existsSync(file), `${file} is missing: run the tests with UPDATE_GOLDEN=1 to make it.`);
  assert.equal(actual, readFileSync(file, 'utf8'), `${file} differs: run the tests with UPDATE_GOLDEN=1 to rewrite it.`);
}
