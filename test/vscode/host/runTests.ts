import path from 'node:path';
import { readdirSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import { ResultReporter } from '../harness/resultReporter';
import { testLine } from '../harness/testLine';

/** Runs every `*.test.js` of a folder inside the extension host, and rejects where a test fails. */
export async function runTests(folder: string): Promise<void> {
  const output = process.env.BADGESMITH_TEST_RESULT;
  if (!output) throw new Error('BADGESMITH_TEST_RESULT names no file for the result.');
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, color: false, reporter: ResultReporter, reporterOptions: { output } });
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(path.join(folder, file));
  }

  Mocha.reporters.Base.consoleLog = (...values: unknown[]) => console.log(format(...values).replace(/^/, testLine));
  const failures = await new Promise<number>((resolve) => void mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
