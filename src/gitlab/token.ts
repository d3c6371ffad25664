import { GitLabError } from './gitlabError';

/** `private`: personal, project or group access token. `job`: CI_JOB_TOKEN. `oauth`: from a sign-in in the browser. */
export interface Token {
  readonly kind: 'private' | 'job' | 'oauth';
  readonly value: string;
}

/** The header that carries a token. Throws GitLabError where the text can be no token. */
export function authHeader(token: Token): readonly [name: string, value: string] {
  // Checked here because fetch refuses such a value with an error that quotes it.
  if (!/^[\x21-\x7e]+$/.test(token.value)) {
    throw new GitLabError('unauthorized', 'The token is empty or holds blanks, line breaks or letters no token has: copy it again from GitLab.');
  }
  switch (token.kind) {
    case 'private':
      return ['PRIVATE-TOKEN', token.value];
    case 'job':
      return ['JOB-TOKEN', token.value];
    case 'oauth':
      return ['Authorization', `Bearer ${token.value}`];
  }
}
