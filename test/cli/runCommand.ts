import { run } from '../../src/cli/run';
import type { Surroundings } from '../../src/cli/surroundings';
import type { ExitCode } from '../../src/cli/exitCodes';

export interface CommandRun {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a test wants to be different from an empty environment at a fixed moment. */
export type Given = Pick<Surroundings, 'cwd' | 'now'> & Partial<Surroundings> & { readonly signal?: AbortSignal | undefined };

/** Runs the command line in this process, and answers its exit code and what it printed. */
export async function runCommand(args: readonly string[], { signal = new AbortController().signal, env, ...given }: Given): Promise<CommandRun> {
  let stdout = '';
  let stderr = '';
  const code = await run(
    args,
    {
      env: { PATH: process.env['PATH'], ...env },
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      fetch: (url, init) => fetch(url, init),
      loadDraw: () => Promise.reject(new Error('Nothing is drawn here.')),
      version: '1.2.3',
      ...given,
    },
    signal,
  );
  return { code, stdout, stderr };
}
