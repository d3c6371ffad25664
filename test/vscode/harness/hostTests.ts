import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { launchBrowser, newProfile } from './browser';
import { startServer } from './server';
import { failed, readResult, resultFile, type SuiteResult } from './suiteResult';
import { testLine } from './testLine';
import { findTestBed } from './testBed';

interface HostTestOptions {
  /** Folder or `.code-workspace` file to open. */
  readonly workspace: string;
  /** Name of the suite, for its result file. */
  readonly suite: string;
  /** Environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** The extension under development; the project by default. */
  readonly extension?: string;
  /** Further extensions to install. */
  readonly vsix?: readonly string[];
  /** The CommonJS module whose `run` runs the tests. */
  readonly tests?: string;
}

export const hostTestsModule = path.resolve('out/test/vscode/host/index.js');
export const besideTestsModule = path.resolve('out/test/vscode/host/beside/index.js');

const timeoutMs = 5 * 60_000;
/** Until the first line of the tests: now and then VS Code does not get the connection to its extension host. */
const startTimeoutMs = 2 * 60_000;

/** Runs tests inside the extension host of a VS Code, with the extension loaded from its folder. */
export async function runHostTests(options: HostTestOptions): Promise<SuiteResult> {
  const output = resultFile(options.suite);
  rmSync(output, { force: true });
  const bed = await findTestBed();
  const server = await startServer(bed, { testDriver: true, ...(options.vsix && { vsix: options.vsix }), env: { ...options.env, BADGESMITH_TEST_RESULT: output } });
  try {
    const browser = await launchBrowser(bed);
    try {
      const log: string[] = [];
      const print = (line: string): void => {
        log.push(line);
        if (!line.startsWith(testLine)) return;
        clearTimeout(notStarted);
        console.log(line.slice(testLine.length));
      };
      const page = await (await newProfile(browser, server)).newPage();
      let end: (problem: string | null) => void = () => {};
      const ended = new Promise<string | null>((resolve) => (end = resolve));
      const late = setTimeout(() => end(`gave no result within ${timeoutMs / 60_000} minutes`), timeoutMs);
      const notStarted = setTimeout(() => end(`started no tests within ${startTimeoutMs / 60_000} minutes`), startTimeoutMs);
      page.once('crash', () => end('crashed the page'));
      // VS Code calls these: for each line on the consoles of the window and the extension host, and when `run` has settled.
      await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => print(format(...args)));
      await page.exposeFunction('codeAutomationExit', (code: number) => end(code === 0 ? null : `ended with ${code}`));
      const remote = (file: string): string => `vscode-remote://${new URL(server.origin).host}${file}`;
      await page.goto(
        server.url(options.workspace, [
          ['extensionDevelopmentPath', remote(options.extension ?? process.cwd())],
          ['extensionTestsPath', remote(options.tests ?? hostTestsModule)],
        ]),
      );
      const problem = await ended;
      clearTimeout(late);
      clearTimeout(notStarted);
      const result = readResult(options.suite);
      // The exit code and the result file must agree.
      if (existsSync(output) && (problem === null || result.failures.length > 0)) return result;
      return failed(options.suite, `The extension host ${problem ?? 'ended without a result'}. Its console and the window's:\n${log.slice(-50).join('\n')}`);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}
