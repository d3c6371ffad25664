import { createInterface } from 'node:readline/promises';
import type { Surroundings } from './surroundings';

/** Asks on the terminal; undefined where standard input or standard error is none. Only `y` and `yes` are a yes. */
export function terminalConfirm({ stdin, stderr }: Pick<NodeJS.Process, 'stdin' | 'stderr'>): Surroundings['confirm'] {
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  return async (question, signal) => {
    const terminal = createInterface({ input: stdin, output: stderr });
    try {
      return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `, { signal })).trim());
    } finally {
      terminal.close();
    }
  };
}
