import type { WrittenBadge } from '../app/write';
import type { Snapshot } from '../core/snapshot';

/** What the process answers to its caller; the help text names them too. */
export const exitCodes = {
  done: 0,
  /** Done, but something failed, or with `--strict` is unknown. */
  incomplete: 1,
  /** Wrong usage, or a configuration that cannot be read as a whole. */
  usage: 2,
  /** GitLab could not be used at all: unreachable, 401. */
  noGitLab: 3,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command line that makes no sense; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function exitCodeOf(snapshot: Snapshot, written: readonly WrittenBadge[], strict: boolean): ExitCode {
  if (snapshot.unusable !== undefined) return exitCodes.noGitLab;
  const failed = written.some(({ status }) => status === 'failed') || snapshot.problems.some(({ severity }) => severity === 'error');
  const missing = strict && written.some(({ status }) => status === 'unknown');
  return failed || missing ? exitCodes.incomplete : exitCodes.done;
}
