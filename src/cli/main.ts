#!/usr/bin/env node
import { version } from '../../package.json';
import { findIcons } from '../sources/logos';
import { terminalConfirm } from './confirm';
import { installedIcons } from './installedIcons';
import { run } from './run';

/** The composition root of the command line. */
async function main(): Promise<void> {
  const interruption = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interruption.abort());
  // A reader such as `head` may close the pipe early, which is no failure of ours and stops no work.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => {});
  const confirm = terminalConfirm(process);
  process.exitCode = await run(
    process.argv.slice(2),
    {
      env: process.env,
      cwd: process.cwd(),
      stdout: process.stdout,
      stderr: process.stderr,
      ...(confirm && { confirm }),
      findIcon: findIcons(installedIcons(__filename)),
      loadDraw: async () => (await import('../drawing/draw')).draw,
      now: () => new Date(),
      version,
    },
    interruption.signal,
  );
}

void main();
