import { decoded } from '../core/percent';
import { GitLabError, type GitLabErrorReason } from './gitlabError';
import type { Token } from './token';

/** An answer that is no success, as far as an error may know it. */
interface ErrorAnswer {
  readonly status: number;
  readonly contentType: string;
  /** The body, cut after some length. */
  readonly text: string;
  /** What was asked for, in words: `acme/shop (releases)`. */
  readonly target: string;
  /** The token that was sent, null without one: the advice is another for each. */
  readonly token: Token['kind'] | null;
  /** Whether JSON was asked for, so that a web page cannot come from GitLab's API. */
  readonly fromApi: boolean;
  readonly retryAt?: number | undefined;
}

/** Reads an error answer of any of GitLab's shapes. */
export function errorFromAnswer(answer: ErrorAnswer): GitLabError {
  const body = readBody(answer);
  const { reason, advice } = judge(answer, body);
  return new GitLabError(reason, `GitLab answered ${answer.status} for ${answer.target}: ${advice}`, {
    status: answer.status,
    ...(body.words && { answer: body.words }),
    ...(body.fields && { fields: body.fields }),
    ...(body.scopes && { scopes: body.scopes }),
    ...(answer.retryAt !== undefined && { retryAt: answer.retryAt }),
  });
}

/** What a request is about, in words and without its query: `acme/shop (repository/commits)`, `user`. */
export function describeTarget(url: URL, instance: string): string {
  const root = new URL(instance).pathname.replace(/\/$/, '');
  const path = url.pathname.startsWith(`${root}/`) ? url.pathname.slice(root.length + 1) : url.pathname.slice(1);
  const [kind, id, ...rest] = path.replace(/^api\/v4\//, '').split('/').map(decoded);
  if ((kind !== 'projects' && kind !== 'groups') || id === undefined) return [kind, id, ...rest].filter(Boolean).join('/') || instance;
  const name = /^\d+$/.test(id) ? `${kind.slice(0, -1)} ${id}` : id;
  return rest.length > 0 ? `${name} (${rest.join('/')})` : name;
}

interface Judgement {
  readonly reason: GitLabErrorReason;
  readonly advice: string;
}

function judge(answer: ErrorAnswer, body: Body): Judgement {
  const { status, token, retryAt } = answer;
  if (status === 401) return { reason: 'unauthorized', advice: unauthorizedAdvice(body, token) };
  if (status === 429) return { reason: 'rate-limited', advice: `too many requests. ${tryAgain(retryAt)}` };
  if (status >= 500) return { reason: 'server-error', advice: `the server is in trouble. ${tryAgain(retryAt)}` };
  if (status < 400 || (answer.fromApi && /\bhtml\b/i.test(answer.contentType))) {
    return { reason: 'not-gitlab', advice: "that is no answer of GitLab's API. Check the address, and the proxies on the way." };
  }
  if (body.scopes) return { reason: 'insufficient-scope', advice: scopeAdvice(body.scopes) };
  if (status === 403) {
    return {
      reason: 'forbidden',
      advice: token ? 'the role of the token is too low for this, or the feature is off.' : 'this needs a token, or the feature is off.',
    };
  }
  if (status === 404 || status === 410) {
    return {
      reason: 'not-found',
      advice: token ? 'it is not there, or this token may not see it.' : 'it is not there, or it is private and needs a token.',
    };
  }
  return { reason: 'refused', advice: body.words || 'it refused the request.' };
}

function unauthorizedAdvice(body: Body, token: ErrorAnswer['token']): string {
  if (!token) return 'this needs a token. Sign in, or give a token.';
  // The error code is `invalid_token` for both: only the description tells them apart.
  if (/\bexpired\b/i.test(body.words)) return 'the token has expired. Make a new one on GitLab and sign in with it.';
  if (/\brevoked\b/i.test(body.words)) return 'the token was revoked. Make a new one on GitLab and sign in with it.';
  if (token === 'job') return 'a job token is not accepted for this, or its job is over. Use an access token.';
  return 'the token is not valid here. Check that it is whole and made on this instance.';
}

function scopeAdvice(scopes: readonly string[]): string {
  if (scopes.length === 0) return 'the token lacks a scope. `read_api` reads, `api` writes.';
  return `the token needs ${scopes.length > 1 ? 'one of the scopes' : 'the scope'} ${scopes.join(', ')}. Make a new token with it.`;
}

function tryAgain(retryAt: number | undefined): string {
  return retryAt === undefined ? 'Try again later.' : `Try again after ${new Date(retryAt).toISOString()}.`;
}

interface Body {
  /** GitLab's own words; empty where there are none. */
  readonly words: string;
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  readonly scopes?: readonly string[];
}

/**
 * The shapes: `{message: "…"}`, `{message: {field: ["…"]}}`, `{error, error_description?, scope?}`, GraphQL's
 * `{errors: [{message}]}`, and plain text.
 * The words of a web page are of no use to anybody.
 */
function readBody({ text, contentType }: ErrorAnswer): Body {
  const json = parseObject(text);
  if (!json) return { words: /^text\/plain\b/i.test(contentType) ? shorten(text) : '' };
  const { message, error, error_description: description, scope, errors } = json;
  const fields = readFields(message);
  const words = [message, description, error, firstMessage(errors)].find((value) => typeof value === 'string') ?? (fields ? fieldsInWords(fields) : '');
  // `insufficient_granular_scope` is the same for tokens with fine-grained permissions, which have no scopes to name.
  const lacksScope = typeof error === 'string' && /^insufficient_(granular_)?scope$/.test(error);
  return {
    words: shorten(words),
    ...(fields && { fields }),
    ...(lacksScope && { scopes: typeof scope === 'string' ? scope.split(/[\s,]+/).filter(Boolean) : [] }),
  };
}

function firstMessage(errors: unknown): unknown {
  const [first] = (Array.isArray(errors) ? errors : []) as readonly unknown[];
  return typeof first === 'object' && first !== null && 'message' in first ? first.message : undefined;
}

function readFields(message: unknown): Record<string, readonly string[]> | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const entries = Array.isArray(message) ? [['base', message] as const] : Object.entries(message);
  return Object.fromEntries(entries.map(([field, texts]) => [field, [texts].flat().filter((text) => typeof text === 'string')]));
}

function fieldsInWords(fields: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(fields)
    .map(([field, texts]) => (field === 'base' || field === 'error' ? texts.join(', ') : `${field} ${texts.join(', ')}`))
    .join('; ');
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
