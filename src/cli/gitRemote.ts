import { execFile } from 'node:child_process';
import type { Environment } from './environment';

/** What git needs to find itself and its settings. All else stays here: no token reaches a child process. */
const passedOn = /^(PATH|PATHEXT|HOME|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA|SYSTEMROOT|XDG_CONFIG_HOME|TMPDIR|TEMP|TMP|GIT_DIR|GIT_WORK_TREE|GIT_CEILING_DIRECTORIES|GIT_CONFIG_GLOBAL|GIT_CONFIG_SYSTEM|GIT_CONFIG_NOSYSTEM)$/i;

const timeoutMs = 10_000;

/**
 * The address of the current branch's remote, `insteadOf` applied, as git itself would use it; else that of `origin`, else of
 * the first remote there is. Null without git, repository or remote. Nothing is sent to a network.
 */
export async function readGitRemote(folder: string, env: Environment, signal: AbortSignal): Promise<string | null> {
  const git = (...args: string[]) => run(args, folder, env, signal);
  const current = await git('ls-remote', '--get-url');
  // Git repeats the name `origin` where it knows no address for it.
  if (current !== null && current !== 'origin') return current;
  const [first] = (await git('remote'))?.split(/\r?\n/) ?? [];
  return first ? git('ls-remote', '--get-url', '--', first) : null;
}

/** The variables that a git gets: no token is among them. */
export function gitEnvironment(env: Environment): Record<string, string | undefined> {
  return { ...Object.fromEntries(Object.entries(env).filter(([name]) => passedOn.test(name))), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
}

function run(args: readonly string[], cwd: string, env: Environment, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve, reject) => {
    execFile('git', args, { cwd, env: gitEnvironment(env), timeout: timeoutMs, maxBuffer: 1024 * 1024, signal, windowsHide: true }, (error, stdout) => {
      if (signal.aborted) reject(signal.reason as Error);
      else resolve(error ? null : stdout.trim() || null);
    });
  });
}
