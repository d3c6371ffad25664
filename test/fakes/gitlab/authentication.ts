import type { IncomingHttpHeaders } from 'node:http';
import { json, refuse, Refusal, unauthorized } from './answer';
import type { FakeData, FakeToken, FakeUser } from './data';

/** Who sent a request: a user by a token, or nobody. */
export interface Caller {
  readonly user: FakeUser | null;
  readonly token: FakeToken | null;
  /** Throws 401 where nobody is signed in. */
  requireUser(): FakeUser;
}

export type CredentialKind = 'private-token' | 'job-token' | 'bearer' | 'query';

interface Credential {
  readonly kind: CredentialKind;
  /** What GitLab takes it for. */
  readonly as: 'personal' | 'job' | 'any';
  readonly value: string;
}

/** The secret a request carries, if any, by GitLab's precedence. */
export function credentialOf(headers: IncomingHttpHeaders, given: ReadonlyMap<string, unknown>): Credential | null {
  const bearer = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer) return { kind: 'bearer', as: 'any', value: bearer };
  const header = (name: string): string | null => (typeof headers[name] === 'string' && headers[name] !== '' ? headers[name] : null);
  const query = (name: string): string | null => {
    const value = given.get(name);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const personal = header('private-token');
  if (personal) return { kind: 'private-token', as: 'personal', value: personal };
  const job = header('job-token');
  if (job) return { kind: 'job-token', as: 'job', value: job };
  const inQuery = query('private_token') ?? query('access_token');
  if (inQuery) return { kind: 'query', as: 'any', value: inQuery };
  const jobInQuery = query('job_token');
  return jobInQuery ? { kind: 'query', as: 'job', value: jobInQuery } : null;
}

/** Throws the 401 of a token that is unknown, expired or revoked, and the 403 of one that lacks a scope. */
export function authenticate(
  data: FakeData,
  now: Date,
  request: {
    readonly method: string;
    readonly headers: IncomingHttpHeaders;
    readonly given: ReadonlyMap<string, unknown>;
    readonly scopes?: readonly string[] | 'any';
    readonly jobToken?: boolean;
  },
): Caller {
  const credential = credentialOf(request.headers, request.given);
  if (!credential || (credential.as === 'job' && !request.jobToken)) return callerOf(null);
  const token = data.tokens.find((candidate) => candidate.value === credential.value && fits(candidate, credential.as));
  if (!token) throw unauthorized();
  if (token.kind === 'job') {
    if (token.revoked) throw unauthorized();
    return request.jobToken ? callerOf(token) : callerOf(null);
  }
  if (isExpired(token, now)) throw invalidToken('Token is expired. You can either do re-authorization or token refresh.');
  if (token.revoked) throw invalidToken('Token was revoked. You have to re-authorize from the user.');
  if (request.scopes !== 'any') {
    const sufficient = [...(request.method === 'GET' ? ['api', 'read_api'] : ['api']), ...(request.scopes ?? [])];
    if (!token.scopes.some((scope) => sufficient.includes(scope))) throw insufficientScope(sufficient);
  }
  if (token.user.state === 'blocked') throw refuse(403, '403 Forbidden - Your account has been blocked.');
  return callerOf(token);
}

export function isExpired(token: FakeToken, now: Date): boolean {
  return token.expiresAt !== null && token.expiresAt <= now.toISOString().slice(0, 10);
}

function fits(token: FakeToken, as: Credential['as']): boolean {
  return as === 'any' || (as === 'job') === (token.kind === 'job');
}

function callerOf(token: FakeToken | null): Caller {
  const user = token?.user ?? null;
  return {
    user,
    token,
    requireUser() {
      if (!user) throw unauthorized();
      return user;
    },
  };
}

function invalidToken(description: string): Refusal {
  return new Refusal(
    json({ error: 'invalid_token', error_description: description }, 401, {
      'WWW-Authenticate': `Bearer realm="Protected by OAuth 2.0", error="invalid_token", error_description="${description}"`,
    }),
  );
}

function insufficientScope(scopes: readonly string[]): Refusal {
  const description = 'The request requires higher privileges than provided by the access token.';
  return new Refusal(
    json({ error: 'insufficient_scope', error_description: description, scope: scopes.join(' ') }, 403, {
      'WWW-Authenticate': `Bearer realm="Protected by OAuth 2.0", error="insufficient_scope", error_description="${description}", scope="${scopes.join(' ')}"`,
    }),
  );
}
