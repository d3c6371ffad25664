import { createInterface } from 'node:readline/promises';
import type { Surroundings } from './surroundings';

/**
 * Asks on the terminal; undefined where standard input or standard error is none. Only `y` and `yes` are a yes; an input that
 * ends, as by Ctrl+D, is a no. The terminal is left as it is, so that Ctrl+C stays the signal that interrupts every other work.
 */
export function terminalConfirm({ stdin, stderr }: Pick<NodeJS.Process, 'stdin' | 'stderr'>): Surroundings['confirm'] {
  if (!stdin.isTTY || !stderr.isTTY) return undefined;
  return async (question, signal) => {
    const lines = createInterface({ input: stdin, output: stderr, terminal: false });
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    try {
      const answer = await Promise.race([lines.question(`${question} [y/N] `, { signal }), ended]);
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      lines.close();
    }
  };
}
