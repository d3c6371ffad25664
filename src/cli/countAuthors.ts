import { execFile } from 'node:child_process';
import type { Log } from '../app/ports';
import type { CountAuthors } from '../sources/gitlab/requests';
import type { Environment } from './environment';
import { gitEnvironment } from './gitRemote';

/** A repository with a million commits takes seconds. */
const timeoutMs = 60_000;
const maxOutputBytes = 64 * 1024 * 1024;

/**
 * Counts the addresses of the authors of a commit and all before it, in the checkout the command line runs in: merges left out, as GitLab
 * does, and `.mailmap` applied. Null where there is no git, no such commit, or only a part of the history, which the log then says.
 */
export function createCountAuthors(cwd: string, env: Environment, log: Log): CountAuthors {
  return async (sha, signal) => {
    if (!/^[\da-f]{7,64}$/.test(sha)) return null;
    const git = (...args: string[]) => run(args, cwd, env, signal);
    const isShallow = await git('rev-parse', '--is-shallow-repository');
    if (isShallow === null || (await git('cat-file', '-e', `${sha}^{commit}`)) === null) return null;
    if (isShallow.trim() !== 'false') {
      log.warn('contributors: GitLab looks at the last 2,000 commits only, and the checkout holds a part of the history. Fetch all of it to count everybody: GIT_DEPTH: 0 in the job.');
      return null;
    }
    const authors = await git('shortlog', '--summary', '--email', '--no-merges', sha, '--');
    if (authors === null) return null;
    return new Set(Array.from(authors.matchAll(/<([^<>\n]*)>$/gm), ([, address]) => address?.toLowerCase())).size;
  };
}

function run(args: readonly string[], cwd: string, env: Environment, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve, reject) => {
    execFile('git', args, { cwd, env: gitEnvironment(env), timeout: timeoutMs, maxBuffer: maxOutputBytes, signal, windowsHide: true }, (error, stdout) => {
      if (signal.aborted) reject(signal.reason as Error);
      else resolve(error ? null : stdout);
    });
  });
}
