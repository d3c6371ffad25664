import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { GitLabError, type GitLabErrorReason } from '../../src/gitlab/gitlabError';

/** A token as GitLab makes them, not one of anybody's. */
export const secret = 'glpat-TESTONLYxxxxxxxxxxxx';

/** The GitLabError a promise rejects with; fails if it has another reason or shows the token. */
export async function rejection(promise: Promise<unknown>, reason: GitLabErrorReason): Promise<GitLabError> {
  const error = await promise.then(
    (value) => assert.fail(`resolved to ${inspect(value)}`),
    (thrown: unknown) => thrown,
  );
  assert(error instanceof GitLabError, inspect(error));
  assert.equal(error.reason, reason, error.message);
  const shown = inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error) + String(error.stack);
  assert(!shown.includes(secret), 'the error shows the token');
  return error;
}

/** Milliseconds a promise takes to settle, either way. */
export async function settleTime(promise: Promise<unknown>): Promise<number> {
  const started = Date.now();
  await promise.catch(() => {});
  return Date.now() - started;
}
