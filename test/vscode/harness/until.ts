import { setTimeout as wait } from 'node:timers/promises';

const lookEveryMs = 50;

/** Waits until a condition holds; for what nobody announces, such as a file that another process writes. */
export async function until(condition: () => boolean | Promise<boolean>, what: string, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}`);
    await wait(lookEveryMs);
  }
}
