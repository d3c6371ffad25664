// Tests in a real VS Code: the host suite inside its extension host, then the end-to-end suite, which drives its window.
// OLDEST=1 in the environment takes the oldest VS Code we support. Arguments: `host` or `e2e` runs only that suite, `e2e preview push` only those files.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { globSync } from 'tinyglobby';
import { besideTestsModule, runHostTests } from './harness/hostTests';
import { exitOnSignals } from './harness/processes';
import { ResultReporter } from './harness/resultReporter';
import { failed, passed, readResult, resultFile, summarise, withSecondRun, writeResult, type SuiteResult } from './harness/suiteResult';
import { temporaryFolder } from './harness/temporaryFolder';
import { packageFolder, packageVsix } from './harness/vsix';
import { makeWorkspace } from './harness/workspace';
import { startHostFixture } from './hostFixture';

exitOnSignals();
process.setSourceMapsEnabled(true);
const [only, ...files] = process.argv.slice(2);
const results: Record<string, SuiteResult> = {};
if (only !== 'e2e') await record('host', () => withSecondRun(runHostSuite));
if (only !== 'e2e') await record('beside', () => withSecondRun(runBesideSuite));
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
  const result = await run().catch((error: unknown) => failed(suite, error));
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

/** Where other extensions look after YAML and TOML. */
async function runBesideSuite(): Promise<SuiteResult> {
  const workspace = makeWorkspace({ shop: { files: { 'README.md': '# Shop\n' } } });
  const packages = temporaryFolder();
  try {
    const vsix = [await makeStandIn(packages.path, 'redhat.vscode-yaml', 'yaml.validate'), await makeStandIn(packages.path, 'tamasfe.even-better-toml', 'evenBetterToml.schema.enabled')];
    return await runHostTests({ suite: 'beside', workspace: workspace.path, tests: besideTestsModule, vsix });
  } finally {
    workspace.remove();
    packages.remove();
  }
}

/** Packages an extension of an id that has a setting, wakes up at the start and does nothing. */
async function makeStandIn(parent: string, id: string, setting: string): Promise<string> {
  const [publisher, name] = id.split('.');
  const folder = path.join(parent, id);
  mkdirSync(folder);
  const configuration = { title: id, properties: { [setting]: { type: 'boolean', default: true } } };
  const manifest = { publisher, name, version: '1.0.0', engines: { vscode: '^1.100.0' }, main: './main.js', activationEvents: ['onStartupFinished'], contributes: { configuration } };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'main.js'), 'exports.activate = () => {};');
  writeFileSync(path.join(folder, 'README.md'), 'Stands for another extension in tests.');
  const file = path.join(parent, `${id}.vsix`);
  await packageFolder(folder, file);
  return file;
}

async function runE2eSuite(): Promise<SuiteResult> {
  const wanted = files.length === 0 ? '*' : `{${files.join()},}`;
  const all: SuiteResult[] = [];
  for (const file of globSync(`out/test/vscode/e2e/${wanted}.e2e.mjs`, { absolute: true }).sort()) all.push(await withSecondRun((run) => runE2eFile(file, run)));
  const result: SuiteResult = {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    skipped: all.reduce((sum, { skipped }) => sum + skipped, 0),
    failures: all.flatMap(({ failures }) => failures),
    flaky: all.flatMap(({ flaky }) => flaky ?? []),
  };
  return all.length > 0 ? result : failed('e2e', `no file ${wanted}.e2e.ts`);
}

/** `run` makes the module another one, so that it registers its tests anew. */
async function runE2eFile(file: string, run: number): Promise<SuiteResult> {
  const suite = path.basename(file, '.mjs');
  const output = resultFile(suite);
  rmSync(output, { force: true });
  const mocha = new Mocha({ timeout: 120_000, slow: 20_000, reporter: ResultReporter, reporterOptions: { output } });
  mocha.addFile(file);
  const load = mocha.loadFilesAsync.bind(mocha) as (options: { esmDecorator: (module: string) => string }) => Promise<void>; // not in its types
  await load({ esmDecorator: (module) => `${module}?${run}` });
  await new Promise<number>((resolve) => void mocha.run(resolve));
  mocha.dispose();
  return readResult(suite);
}
