import { run } from './processes';

/** An installed VS Code server. */
export interface ServerInstallation {
  /** The Node that it runs on. */
  readonly node: string;
  /** Its main script. */
  readonly server: string;
}

/** A VS Code server, and the browser to drive it. */
export interface TestBed extends ServerInstallation {
  readonly chromium: string;
}

/** Finds the VS Code server, and installs it first where it is missing. With OLDEST=1 in the environment it is the oldest VS Code we support. */
export async function findServer(): Promise<ServerInstallation> {
  return JSON.parse(await run(process.execPath, ['test/install.mjs', '--server', '--print'])) as ServerInstallation;
}

/** Also finds or installs the browser. */
export async function findTestBed(): Promise<TestBed> {
  return JSON.parse(await run(process.execPath, ['test/install.mjs', '--vscode', '--print'])) as TestBed;
}
