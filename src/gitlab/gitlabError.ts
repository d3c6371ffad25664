export type GitLabErrorReason =
  /** 401: the token is missing, wrong, expired or revoked. */
  | 'unauthorized'
  /** 403: the role is too low, or the feature is off. */
  | 'forbidden'
  /** 403 with `insufficient_scope`: the token lacks a scope. */
  | 'insufficient-scope'
  /** 404: it is not there, or this token may not see it. */
  | 'not-found'
  /** 400, 409, 412, 422: GitLab refused what was sent. */
  | 'refused'
  /** 429 after the retries, or a wait longer than we are ready to wait. */
  | 'rate-limited'
  /** 5xx after the retries. */
  | 'server-error'
  /** No connection, name not found, certificate refused, timed out. */
  | 'unreachable'
  /** The answer is not what GitLab's API sends: HTML, broken JSON, a payload of another shape. */
  | 'not-gitlab'
  /** The answer redirects to another origin, where the token must not go. */
  | 'redirected'
  /** The answer is larger than the bound. */
  | 'too-large';

/** An expected failure of GitLab or the way to it. It holds no request, no header and no token; check `reason`, never the text. */
export class GitLabError extends Error {
  override readonly name = 'GitLabError';
  constructor(
    readonly reason: GitLabErrorReason,
    message: string,
    readonly details: {
      /** HTTP status, where there was an answer. */
      readonly status?: number;
      /** GitLab's own words: `message` or `error_description` of the body. */
      readonly answer?: string;
      /** Messages by field, from a 400 with a message object. */
      readonly fields?: Readonly<Record<string, readonly string[]>>;
      /** Scopes that would do, from `insufficient_scope`. */
      readonly scopes?: readonly string[];
      /** When GitLab will answer again, milliseconds since the epoch. */
      readonly retryAt?: number;
    } = {},
  ) {
    super(message);
  }
}

/** Works across bundles, where `instanceof` does not. */
export function isGitLabError(error: unknown): error is GitLabError {
  return error instanceof Error && error.name === 'GitLabError';
}

/** Whether GitLab itself cannot be used (no way to it, no token that counts), so that any other request would end alike. */
export function isUnusable(reason: GitLabErrorReason): boolean {
  return reason === 'unauthorized' || reason === 'unreachable' || reason === 'not-gitlab' || reason === 'redirected';
}

/** Whether a request that ended so may have been carried out all the same: no answer, a broken one, or an error behind which the work was done. */
export function mayBeCarriedOut(reason: GitLabErrorReason): boolean {
  return reason === 'unreachable' || reason === 'server-error' || reason === 'not-gitlab' || reason === 'too-large';
}

/** What GitLab tells, for advice that can do without it. */
export async function unlessRefused<T, U>(otherwise: U, ask: () => Promise<T>): Promise<T | U> {
  try {
    return await ask();
  } catch (error) {
    if (isGitLabError(error)) return otherwise;
    throw error;
  }
}
