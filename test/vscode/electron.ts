// The host suite in a desktop VS Code: VSCODE_EXECUTABLE_PATH, else one that @vscode/test-electron downloads into .vscode-test.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { hostTestsModule } from './harness/hostTests';
import { exitOnSignals } from './harness/processes';
import { quietSettings } from './harness/server';
import { failed, readResult, resultFile, summarise, type SuiteResult } from './harness/suiteResult';
import { temporaryFolder } from './harness/temporaryFolder';
import { startHostFixture } from './hostFixture';

exitOnSignals();
process.exit(summarise({ electron: await runElectronSuite() }));

async function runElectronSuite(): Promise<SuiteResult> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return failed('start', 'A desktop VS Code needs a display: run this with xvfb-run, or use `npm run test:vscode`, which needs none.');
  }
  let executable: string;
  try {
    executable = process.env.VSCODE_EXECUTABLE_PATH ?? (await downloadAndUnzipVSCode({ version: process.env.OLDEST ? '1.100.3' : 'stable' }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed('start', `VS Code could not be downloaded (${reason}). Name an installed one in VSCODE_EXECUTABLE_PATH, or use \`npm run test:vscode\`.`);
  }

  const output = resultFile('electron');
  rmSync(output, { force: true });
  const data = temporaryFolder();
  const userData = path.join(data.path, 'user');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(path.join(userData, 'User/settings.json'), JSON.stringify(quietSettings));
  const fixture = await startHostFixture();
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: process.cwd(),
      extensionTestsPath: hostTestsModule,
      extensionTestsEnv: { ...fixture.env, BADGESMITH_TEST_RESULT: output },
      launchArgs: [
        fixture.workspace.path,
        ...['--user-data-dir', userData, '--extensions-dir', path.join(data.path, 'extensions')],
        ...['--disable-workspace-trust', '--skip-welcome', '--skip-release-notes', '--disable-gpu'],
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
  } catch (error) {
    // With failed tests in the result this says nothing new.
    const result = readResult('electron');
    return result.failures.length > 0 ? result : failed('electron', error instanceof Error ? error.message : String(error));
  } finally {
    await fixture.stop();
    data.remove();
  }
  return readResult('electron');
}
