// All tests of the project, one suite after the other. Prints every failure and ends with `N passed, N failed`; the exit code is 1
// where anything failed, did not finish or ran no test.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { exitOnSignals } from './vscode/harness/processes';
import { failed, passed, readResult, resultFile, summarise, withSecondRun, type SuiteResult } from './vscode/harness/suiteResult';

exitOnSignals();
rmSync('out/results', { recursive: true, force: true });
const results: Record<string, SuiteResult> = {};

await stream('Unit tests', process.execPath, [
  ...['node_modules/mocha/bin/mocha.js', '--config', 'test/.mocharc.json', '--no-color'],
  ...['--reporter', 'out/test/vscode/harness/resultReporter.mjs', '--reporter-option', `dots=1,output=${resultFile('unit')}`],
]);
results.unit = readResult('unit');

await stream('In a real VS Code', process.execPath, ['out/test/vscode/run.mjs']);
for (const suite of ['host', 'beside', 'package', 'e2e']) results[suite] = readResult(suite);

if (process.env.VSCODE_EXECUTABLE_PATH) {
  await stream('In a desktop VS Code', process.execPath, ['out/test/vscode/electron.mjs']);
  results.electron = readResult('electron');
}

// Last: it builds everything anew, as a person would who has just cloned the project.
results.demo = await withSecondRun(async () => {
  const end = await stream('The demo', 'npm', ['start', '--', '--check']);
  return end === 0 ? passed : failed('npm start -- --check', `ended with ${end}`);
});

process.exit(summarise(results));

/** Runs a command with its output on ours; answers how it ended. */
function stream(title: string, command: string, args: readonly string[]): Promise<number | string> {
  console.log(`\n${title}`);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' && command === 'npm' });
    const endWithUs = (): boolean => child.kill();
    process.once('exit', endWithUs);
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      process.off('exit', endWithUs);
      resolve(code ?? signal ?? 'nothing');
    });
  });
}
