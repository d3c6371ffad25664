import { execFile } from 'node:child_process';
import type { RunCommand } from '../sources/templateBadges';
import type { Environment } from './environment';

/** Long enough for a tool that has to look through a repository. */
const timeoutMs = 60_000;

/** A badge shows one line of it. */
const maxOutputBytes = 1024 * 1024;

/** A command ended badly; the message says how, without what it printed: that may be a secret of its own. */
class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * Runs programs in a folder, without a shell. They get the variables of the environment except those that hold a secret, by their name or
 * by their value: CI_REPOSITORY_URL has the job's token in it.
 */
export function createRunCommand(cwd: string, env: Environment, secrets: readonly string[]): RunCommand {
  const isSecret = (name: string, value: string) => secretName.test(name) || secrets.some((secret) => value.includes(secret));
  const childEnv = Object.fromEntries(Object.entries(env).filter(([name, value]) => value !== undefined && !isSecret(name, value)));
  return ([program = '', ...args], signal) =>
    new Promise((resolve, reject) => {
      const child = execFile(program, args, { cwd, env: childEnv, timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: maxOutputBytes, signal, windowsHide: true }, (error, stdout) => {
        if (signal.aborted) reject(signal.reason as Error);
        else if (error) reject(new CommandError(whyNot(error)));
        else resolve(stdout);
      });
      // One that reads its input would wait for it until its time is up.
      child.stdin?.end();
    });
}

const secretName = /TOKEN|PASSWORD|PASSWD|SECRET|CREDENTIAL|PRIVATE|_JWT|_KEY$/i;

function whyNot({ code, killed }: { readonly code?: string | number | null; readonly killed?: boolean }): string {
  if (code === 'ENOENT') return 'there is no such program.';
  if (code === 'EACCES') return 'it may not be run.';
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `it printed more than ${maxOutputBytes / 1024 ** 2} MiB.`;
  if (killed) return `it did not end within ${timeoutMs / 1000} s.`;
  return typeof code === 'number' ? `it ended with the exit code ${code}.` : 'it could not be run.';
}
