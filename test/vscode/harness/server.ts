import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { serverEnvironment } from './serverEnvironment';
import { temporaryFolder } from './temporaryFolder';
import type { ServerInstallation } from './testBed';
import { installVsix } from './vsix';

export interface ServerOptions {
  /** Extensions to install. */
  readonly vsix?: readonly string[];
  /** User settings, over those that keep VS Code quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the server and its extension hosts, over ours. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Needed to load an extension under development and run its tests. It hides notifications, and modal dialogs answer themselves:
   * tests of the user interface go without it.
   */
  readonly testDriver?: boolean;
  /** Opens folders in Restricted Mode; otherwise every folder is trusted. */
  readonly restrictedMode?: boolean;
}

export interface VsCodeServer {
  /** `http://localhost:PORT`. */
  readonly origin: string;
  /** Address of the workbench on a folder or a `.code-workspace` file. Its secret lets everyone who has it run code here. */
  url(workspace: string, payload?: readonly (readonly [string, string])[]): string;
  stop(): Promise<void>;
}

/** Settings that keep VS Code quiet: no tips, no look-ups in the network, no AI, nothing that covers what is tested. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.openRepositoryInParentFolders': 'never',
  'git.autofetch': false,
  'files.autoSave': 'off',
  'window.dialogStyle': 'custom',
};

/** Ends the server when the pipe on its standard input closes, which happens however our process ends. */
const endWithParent = 'data:text/javascript,process.stdin.on("close",()=>process.exit()).resume()';

const startTimeoutMs = 60_000;

/** Starts a VS Code server on a free port, with its own empty data folders. */
export async function startServer(installation: ServerInstallation, options: ServerOptions = {}): Promise<VsCodeServer> {
  const folder = temporaryFolder();
  const userData = path.join(folder.path, 'user');
  const extensions = path.join(folder.path, 'extensions');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(
    path.join(userData, 'User/settings.json'),
    JSON.stringify({
      ...quietSettings,
      'security.workspace.trust.enabled': options.restrictedMode === true,
      'security.workspace.trust.startupPrompt': 'never',
      ...options.settings,
    }),
  );
  for (const file of options.vsix ?? []) await installVsix(installation, file, extensions);

  const token = randomBytes(16).toString('hex');
  const tokenFile = path.join(folder.path, 'connection-token');
  writeFileSync(tokenFile, token, { mode: 0o600 });

  const child = spawn(
    installation.node,
    [
      ...['--import', endWithParent, installation.server],
      ...['--host', '127.0.0.1', '--port', '0', '--connection-token-file', tokenFile, '--accept-server-license-terms'],
      ...['--server-data-dir', path.join(folder.path, 'server'), '--user-data-dir', userData, '--extensions-dir', extensions],
      ...['--telemetry-level', 'off', ...(options.restrictedMode ? [] : ['--disable-workspace-trust'])],
      ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
    ],
    { env: { ...serverEnvironment(), ...options.env }, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const killWithUs = (): boolean => child.kill('SIGKILL');
  process.prependOnceListener('exit', killWithUs); // before its folder is removed
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
    process.off('exit', killWithUs);
    folder.remove();
  };

  try {
    const origin = `http://localhost:${await portOf(child)}`;
    return {
      origin,
      url: (workspace, payload = []) => {
        const address = new URL(origin);
        address.searchParams.set('tkn', token);
        address.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', workspace);
        if (payload.length > 0) address.searchParams.set('payload', JSON.stringify(payload));
        return address.href;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The port that a server says it listens on, once it has started. */
function portOf(server: ChildProcessByStdio<Writable, Readable, Readable>): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (what: string): void => {
      clearTimeout(late);
      reject(new Error(`The VS Code server ${what}:\n${output}`));
    };
    const late = setTimeout(() => fail(`did not start within ${startTimeoutMs / 1000} s`), startTimeoutMs);
    const read = (text: string): void => {
      output += text;
      const port = /Extension host agent started/.test(output) && /listening on (\d+)/.exec(output)?.[1];
      if (!port) return;
      clearTimeout(late);
      for (const stream of [server.stdout, server.stderr]) stream.off('data', read).resume();
      resolve(Number(port));
    };
    for (const stream of [server.stdout, server.stderr]) stream.setEncoding('utf8').on('data', read);
    server.once('error', (error) => fail(`could not be started: ${error.message}`));
    server.once('exit', (code) => fail(`ended with ${code}`));
  });
}
