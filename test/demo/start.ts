// The demo (`npm start`): a GitLab with data of its own on 127.0.0.1, a clone of its project, and a VS Code that is signed in.
//   (nothing)   the desktop VS Code of this machine, where there is one, else as --browser
//   --browser   a VS Code to open in any browser; its address is printed
//   --check     the same without a window: looks whether the badges are there, saves screenshots and ends with 0 or 1
import path from 'node:path';
import { demoTokens, fillDemo } from '../fakes/gitlab/demo';
import { startFakeGitLab } from '../fakes/gitlab/server';
import { exitOnSignals } from '../vscode/harness/processes';
import { quietSettings, startServer } from '../vscode/harness/server';
import { temporaryFolder } from '../vscode/harness/temporaryFolder';
import { findServer } from '../vscode/harness/testBed';
import { packageFolder, vsixFile } from '../vscode/harness/vsix';
import { checkDemo } from './check';
import { makeDemoWorkspace } from './demoWorkspace';
import { findDesktop, openDesktop } from './desktop';

const longestMs = 8 * 60 * 60_000;
const longestCheckMs = 5 * 60_000;
const companion = path.resolve('test/demo/companion');

const options = new Set(process.argv.slice(2));
// Servers, windows and folders are ended and removed when the process exits, so whatever ends the demo is an exit.
exitOnSignals(options.has('--check') ? 130 : 0);
exitWithParent();

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error('The demo failed:', error);
  process.exit(1);
}

async function main(): Promise<void> {
  const gitlab = await startFakeGitLab();
  fillDemo(gitlab.data, { now: new Date(), url: gitlab.url });
  const workspace = makeDemoWorkspace(gitlab.url);
  const settings = { 'badgesmithDemo.instance': gitlab.url, 'badgesmithDemo.token': demoTokens.maintainer };
  console.log(`Demo GitLab: ${gitlab.url} with the project acme/shop, cloned to ${workspace.path}`);

  if (options.has('--check')) {
    exitAfter(longestCheckMs, 'The check took too long.');
    await checkDemo({ workspace: workspace.path, settings, vsix: await packageExtensions() });
    return;
  }

  exitAfter(longestMs, 'The demo has run for eight hours and ends.');
  const desktop = options.has('--browser') ? null : findDesktop();
  if (desktop) {
    console.log(`Opening ${desktop.executable}. The demo ends with its window, or with Ctrl+C.`);
    const dataFolder = temporaryFolder().path;
    const opened = { workspace: workspace.path, extensions: [process.cwd(), companion], settings: { ...quietSettings, ...settings }, dataFolder };
    try {
      await openDesktop(desktop, opened);
      return;
    } catch (error) {
      console.error(`${error instanceof Error ? error.message : String(error)}: taking the VS Code in the browser.`);
    }
  }
  const server = await startServer(await findServer(), { vsix: await packageExtensions(), settings });
  console.log(`Open this address in a browser (who has it can run programs here). Ctrl+C ends the demo.\n\n  ${server.url(workspace.path)}\n`);
  await new Promise(() => {});
}

/** Both extensions as files to install: VS Code's server loads them from folders only in a mode that hides notifications. */
async function packageExtensions(): Promise<readonly string[]> {
  const companionFile = path.join(temporaryFolder().path, 'companion.vsix');
  await Promise.all([packageFolder(process.cwd(), vsixFile), packageFolder(companion, companionFile)]);
  return [vsixFile, companionFile];
}

function exitAfter(milliseconds: number, message: string): void {
  setTimeout(() => {
    console.error(message);
    process.exit(options.has('--check') ? 1 : 0);
  }, milliseconds);
}

/** Ends the demo when npm is killed in a way that it can't pass on. */
function exitWithParent(): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.exit(1), 1000).unref();
}
