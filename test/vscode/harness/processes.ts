import { spawn, type SpawnOptions } from 'node:child_process';

/**
 * Runs a command to its end. Its standard error goes to ours; so does its standard output, unless it is asked for.
 * Rejects where it does not end with 0.
 */
export function run(command: string, args: readonly string[], options: SpawnOptions & { readonly quiet?: boolean } = {}): Promise<string> {
  const { quiet, ...spawnOptions } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', quiet ? 'pipe' : 'inherit'], ...spawnOptions });
    const endWithUs = (): boolean => child.kill();
    process.once('exit', endWithUs);
    let output = '';
    let errors = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      process.off('exit', endWithUs);
      if (code === 0) resolve(output);
      else reject(new Error(`${command} ${args.slice(0, 2).join(' ')} ended with ${code ?? signal}\n${output}${errors}`.trim()));
    });
  });
}

/** Runs npm: the one that started us, where one did. */
export function npm(args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const ownNpm = process.env.npm_execpath;
  if (ownNpm?.endsWith('npm-cli.js')) return run(process.execPath, [ownNpm, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}

/** Lets the `exit` listeners, which stop servers and remove folders, run also when somebody stops us. */
export function exitOnSignals(exitCode = 130): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(exitCode));
}
