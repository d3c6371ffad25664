import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface Desktop {
  readonly executable: string;
  /** A command line tool that starts VS Code and returns, unless it is told to wait; otherwise VS Code itself. */
  readonly isLauncher: boolean;
}

/** The desktop VS Code of this machine: VSCODE_EXECUTABLE_PATH, `code` or `codium` on PATH, or where their installers put them. */
export function findDesktop(env: NodeJS.ProcessEnv = process.env): Desktop | null {
  if (env.VSCODE_EXECUTABLE_PATH) return { executable: env.VSCODE_EXECUTABLE_PATH, isLauncher: false };
  if (process.platform === 'win32') {
    const folders = [path.join(env.LOCALAPPDATA ?? '', 'Programs'), env.ProgramFiles ?? ''];
    return firstThere(
      folders.flatMap((folder) => [path.join(folder, 'Microsoft VS Code/Code.exe'), path.join(folder, 'VSCodium/VSCodium.exe')]),
      false,
    );
  }
  if (process.platform !== 'darwin' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return null;
  // In a terminal of a remote VS Code, `code` talks to that one, which loads no extension from a folder here.
  const onPath = env.VSCODE_IPC_HOOK_CLI
    ? []
    : (env.PATH ?? '').split(path.delimiter).flatMap((folder) => ['code', 'codium'].map((name) => path.join(folder, name)));
  const inApplications = ['Visual Studio Code.app/Contents/Resources/app/bin/code', 'VSCodium.app/Contents/Resources/app/bin/codium'];
  return firstThere([...onPath, ...inApplications.map((file) => path.join('/Applications', file))], true);
}

interface DesktopOptions {
  readonly workspace: string;
  /** Folders of extensions to load. */
  readonly extensions: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** An empty folder for everything that VS Code keeps. */
  readonly dataFolder: string;
}

/** Opens VS Code apart from the user's own settings and extensions; resolves when its window is closed. */
export function openDesktop({ executable, isLauncher }: Desktop, options: DesktopOptions): Promise<void> {
  const userData = path.join(options.dataFolder, 'user');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(path.join(userData, 'User/settings.json'), JSON.stringify(options.settings));
  const child = spawn(
    executable,
    [
      options.workspace,
      ...options.extensions.map((folder) => `--extensionDevelopmentPath=${folder}`),
      ...['--user-data-dir', userData, '--extensions-dir', path.join(options.dataFolder, 'extensions')],
      ...['--new-window', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
      ...(isLauncher ? ['--wait'] : []),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    { stdio: 'ignore' },
  );
  const closeWithUs = (): boolean => child.kill();
  process.once('exit', closeWithUs);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', closeWithUs);
      if (code) reject(new Error(`${executable} ended with ${code}`));
      else resolve();
    });
  });
}

function firstThere(files: readonly string[], isLauncher: boolean): Desktop | null {
  const executable = files.find((file) => existsSync(file));
  return executable === undefined ? null : { executable, isLauncher };
}
