// Tests in a real VS Code: the host suite inside its extension host, then the end-to-end suite, which drives its window.
// OLDEST=1 in the environment takes the oldest VS Code we support. Arguments: `host` or `e2e` runs only that suite.
import { rmSync } from 'node:fs';
import Mocha from 'mocha';
import { globSync } from 'tinyglobby';
import { runHostTests } from './harness/hostTests';
import { exitOnSignals } from './harness/processes';
import { ResultReporter } from './harness/resultReporter';
import { failed, passed, readResult, resultFile, summarise, writeResult, type SuiteResult } from './harness/suiteResult';
import { packageVsix } from './harness/vsix';
import { startHostFixture } from './hostFixture';

exitOnSignals();
process.setSourceMapsEnabled(true);
const only = process.argv[2];
const results: Record<string, SuiteResult> = {};
if (only !== 'e2e') await record('host', runHostSuite);
if (only !== 'host') {
  await record('package', async () => {
    await packageVsix();
    return passed;
  });
  await record('e2e', runE2eSuite);
}
process.exit(summarise(results));

async function record(suite: string, run: () => Promise<SuiteResult>): Promise<void> {
  console.log(`\n${suite}`);
  const result = await run().catch((error: unknown) => failed(suite, error instanceof Error ? (error.stack ?? error.message) : String(error)));
  results[suite] = result;
  writeResult(resultFile(suite), result);
}

async function runHostSuite(): Promise<SuiteResult> {
  const fixture = await startHostFixture();
  try {
    return await runHostTests({ suite: 'host', workspace: fixture.workspace.path, env: fixture.env });
  } finally {
    await fixture.stop();
  }
}

async function runE2eSuite(): Promise<SuiteResult> {
  const output = resultFile('e2e');
  rmSync(output, { force: true });
  const mocha = new Mocha({ timeout: 120_000, slow: 20_000, reporter: ResultReporter, reporterOptions: { output } });
  for (const file of globSync('out/test/vscode/e2e/*.e2e.mjs', { absolute: true }).sort()) mocha.addFile(file);
  await mocha.loadFilesAsync();
  await new Promise<number>((resolve) => void mocha.run(resolve));
  return readResult('e2e');
}
