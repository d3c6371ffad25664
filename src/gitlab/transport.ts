import { setMaxListeners } from 'node:events';
import { parseUrl } from '../config/parseUrl';
import { backoffMs, requestedWaitMs, sleep } from './backoff';
import { discardBody, readBounded } from './boundedBody';
import { describeTarget, errorFromAnswer } from './errorAnswer';
import { GitLabError, isGitLabError } from './gitlabError';
import { cacheKey, type CachedAnswer, type HttpCache } from './httpCache';
import { networkFailure, timedOut } from './networkError';
import { createRateLimiter, type RateLimiter } from './rateLimiter';
import { authHeader, type Token } from './token';

/** As much of `fetch` as is used. Give a function that looks `globalThis.fetch` up when called: VS Code replaces it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface TransportOptions {
  /** Canonical address, see `normalizeInstance`. */
  readonly instance: string;
  readonly token?: Token | undefined;
  readonly fetch: Fetch;
  /** Without one, nothing is kept. */
  readonly cache?: HttpCache | undefined;
  /** Shared by all transports to one origin; without one, the transport has its own. */
  readonly limiter?: RateLimiter | undefined;
  readonly log?: { debug(message: string): void } | undefined;
  readonly userAgent?: string | undefined;
  readonly retry?:
    | {
        /** Tries of one request, the first included; 5 by default. */
        readonly attempts?: number;
        /** The longest wait GitLab may ask for, 60,000 by default. Beyond it a request fails at once. */
        readonly maxWaitMs?: number;
        /** About the first wait where GitLab asks for none, 500 by default. It doubles each time. */
        readonly baseMs?: number;
      }
    | undefined;
  /** Largest body that is accepted, after decompression; 10 MiB by default. */
  readonly maxBodyBytes?: number | undefined;
  /** For one try, redirects and body included; 30,000 by default. */
  readonly timeoutMs?: number | undefined;
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface TransportRequestBase {
  readonly method: Method;
  /** Text to stand behind the `?`, already encoded. */
  readonly query?: string | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly responseType: 'json' | 'text';
  /** The media type asked for, where it is another than the response type's. */
  readonly accept?: string | undefined;
  readonly maxBodyBytes?: number | undefined;
  /**
   * What to do with a redirect to another origin: `refuse` (default) fails with `redirected`, `withoutToken` follows it
   * (GET only), for files that an instance keeps in an object storage.
   */
  readonly foreignRedirects?: 'refuse' | 'withoutToken' | undefined;
  /** Whether it may be sent again after a failure that may have been carried out; by default the method decides. */
  readonly mayRepeat?: ((error: GitLabError) => boolean) | undefined;
  /** For one try; by default that of the transport. */
  readonly timeoutMs?: number | undefined;
  /** What it is about in messages; by default its path. */
  readonly target?: string | undefined;
  /** Sends a personal token as `Authorization: Bearer`. */
  readonly bearer?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** `path` is relative to `<instance>/api/v4/`, `url` is absolute and under the instance. Both are encoded already. */
export type TransportRequest = TransportRequestBase & ({ readonly path: string; readonly url?: never } | { readonly url: string; readonly path?: never });

interface TransportAnswer {
  readonly status: number;
  /** With names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** A text, or what the JSON held; null where the answer has no body. */
  readonly body: unknown;
}

export interface Transport {
  /** Requests that went out to the instance so far; retries, redirects and 304 answers count. */
  readonly requests: number;
  /** Rejects with GitLabError, or with the signal's reason when aborted. */
  request(request: TransportRequest): Promise<TransportAnswer>;
}

/** Talks HTTP to one GitLab instance: limits, retries, caches, and keeps the token on the instance's origin. */
export function createTransport(options: TransportOptions): Transport {
  const { instance, token, cache, log, userAgent = 'badgesmith', timeoutMs = 30_000 } = options;
  const { attempts = 5, maxWaitMs = 60_000, baseMs = 500 } = options.retry ?? {};
  const limiter = options.limiter ?? createRateLimiter();
  const root = new URL(`${instance}/`);
  let requests = 0;

  async function request(wanted: TransportRequest): Promise<TransportAnswer> {
    const call = prepare(wanted);
    for (let attempt = 1, answerLost = false; ; attempt++) {
      const release = await limiter.acquire({ maxPauseMs: maxWaitMs, signal: call.signal });
      let failure: FailedAttempt;
      try {
        return await exchange(call);
      } catch (error) {
        if (!(error instanceof FailedAttempt)) throw error;
        failure = error;
      } finally {
        release();
      }
      // The earlier try did delete it, only its answer was lost: what was asked for is done.
      if (answerLost && call.method === 'DELETE' && failure.error.reason === 'not-found') return { status: 204, headers: {}, body: null };
      await beforeNextAttempt(call, failure, attempt);
      answerLost ||= failure.again === 'if-idempotent';
    }
  }

  /** Waits as long as is due; rejects where there should be no other try. */
  async function beforeNextAttempt(call: Call, failure: FailedAttempt, attempt: number): Promise<void> {
    const { error, again, waitMs } = failure;
    const throttled = error.reason === 'rate-limited';
    // Where one is refused the others would be as well, so they all wait.
    if (throttled && waitMs !== undefined) limiter.pauseUntil(Date.now() + Math.min(waitMs, longestPauseMs));
    const mayRepeat = again === 'always' || (again === 'if-idempotent' && (call.mayRepeat?.(error) ?? idempotent.has(call.method)));
    if (!mayRepeat || attempt >= attempts || (waitMs ?? 0) > maxWaitMs) throw error;
    // Limits count by the minute, so without a word of when to come back it takes longer than after an error.
    const backoff = backoffMs(attempt, throttled && waitMs === undefined ? 4 * baseMs : baseMs);
    const delay = Math.max(waitMs ?? 0, backoff);
    log?.debug(`${error.message} Try ${attempt + 1} of ${attempts} in ${Math.round(delay)} ms.`);
    if (throttled) limiter.pauseUntil(Date.now() + delay);
    else await sleep(delay, call.signal);
  }

  function prepare(wanted: TransportRequest): Call {
    wanted.signal?.throwIfAborted();
    const url = new URL(wanted.url ?? `api/v4/${wanted.path}`, root);
    if (wanted.query !== undefined) url.search = wanted.query;
    if (!isUnder(root, url)) throw new Error(`A request to ${url.origin} does not belong to ${instance}.`);
    const accept = wanted.accept ?? (wanted.responseType === 'json' ? 'application/json' : '*/*');
    // Node warns of a leak at 11 listeners of a signal; here many requests share one, and all of them take theirs off again.
    if (wanted.signal) setMaxListeners(0, wanted.signal);
    const publicHeaders = { accept, 'user-agent': userAgent };
    const headers = {
      ...publicHeaders,
      ...(token && Object.fromEntries([authHeader(wanted.bearer && token.kind === 'private' ? { ...token, kind: 'oauth' } : token)])),
      ...(wanted.body !== undefined && { 'content-type': 'application/json' }),
    };
    return {
      ...wanted,
      url,
      accept,
      headers,
      publicHeaders,
      target: wanted.target ?? describeTarget(url, instance),
      timeoutMs: wanted.timeoutMs ?? timeoutMs,
      maxBytes: wanted.maxBodyBytes ?? options.maxBodyBytes ?? 10 * 1024 * 1024,
    };
  }

  /** One try: asks, follows redirects, reads the body. Rejects with FailedAttempt, or with the signal's reason when aborted. */
  async function exchange(call: Call): Promise<TransportAnswer> {
    const key = cache && call.method === 'GET' ? cacheKey({ url: call.url, accept: call.accept, token }) : undefined;
    const cached = key === undefined ? undefined : await cache?.get(key);
    const timer = startTimer(call.timeoutMs, call.signal);
    const started = Date.now();
    try {
      const { response, foreign } = await send(call, cached, timer.signal);
      const answer = await receive(call, response, foreign, cached);
      log?.debug(`${call.method} ${call.url.pathname} ${response.status} in ${Date.now() - started} ms`);
      const body = call.responseType === 'json' ? parseJson(call, answer) : answer.text;
      if (key !== undefined && !foreign && answer.keep) await cache?.set(key, answer.keep);
      return { status: answer.status, headers: answer.headers, body };
    } catch (error) {
      call.signal?.throwIfAborted();
      if (error instanceof FailedAttempt) throw error;
      if (isGitLabError(error)) throw new FailedAttempt(error, 'never');
      if (timer.signal.aborted) throw new FailedAttempt(timedOut(root.origin, call.timeoutMs), 'never');
      const failure = networkFailure(error, root.origin);
      throw new FailedAttempt(failure.error, failure.transient ? 'if-idempotent' : 'never');
    } finally {
      timer.stop();
    }
  }

  /** Sends the request and follows redirects; the token never follows to another origin. */
  async function send(call: Call, cached: CachedAnswer | undefined, signal: AbortSignal): Promise<{ response: Response; foreign: boolean }> {
    const ownHeaders = { ...call.headers, ...(cached && { 'if-none-match': cached.etag }) };
    let url = call.url;
    // Once away from the instance the token stays off, also where the way leads back.
    let foreign = false;
    for (let redirects = 0; ; redirects++) {
      if (!foreign) requests++;
      const response = await options.fetch(url.href, {
        method: call.method,
        headers: foreign ? call.publicHeaders : ownHeaders,
        redirect: 'manual',
        signal,
        ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      });
      if (!isRedirect(response)) return { response, foreign };
      await discardBody(response);
      if (redirects === maxRedirects) throw new GitLabError('redirected', `${root.origin} redirects ${call.target} in circles.`, { status: response.status });
      url = nextUrl(call, response, url);
      foreign ||= url.origin !== root.origin;
    }
  }

  function nextUrl(call: Call, response: Response, from: URL): URL {
    const { status } = response;
    const location = response.headers.get('location');
    const to = location === null ? null : parseUrl(location, from);
    if (!to) throw new GitLabError('redirected', `GitLab redirects ${call.target}, but does not say where to.`, { status });
    if (to.pathname.endsWith('/users/sign_in')) {
      throw new GitLabError('unauthorized', `GitLab asks for a sign-in for ${call.target}: it is private, or the token is not accepted there.`, { status });
    }
    if (isUnder(root, to)) {
      if (call.method === 'GET' || call.method === 'HEAD') return to;
      throw new GitLabError('redirected', `GitLab redirects ${call.target}: it was moved. Use its new path.`, { status });
    }
    const isDownload = call.foreignRedirects === 'withoutToken' && call.method === 'GET';
    const isSafe = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');
    if (isDownload && isSafe && to.origin !== root.origin) return to;
    throw new GitLabError('redirected', `${root.origin} redirects ${call.target} to ${to.origin}, where the token must not go. If that is the instance's right address, use it.`, { status });
  }

  /** The text of a success, fresh or from the cache; everything else rejects. */
  async function receive(call: Call, response: Response, foreign: boolean, cached: CachedAnswer | undefined): Promise<Received> {
    const { status } = response;
    const waitMs = foreign ? undefined : requestedWaitMs(response.headers);
    // A long pause is left to the server to ask for: it may be another limit than the one of the next request.
    if ((response.ok || status === 304) && waitMs !== undefined && waitMs <= maxWaitMs) limiter.pauseUntil(Date.now() + waitMs);
    if (status === 304 && cached) {
      await discardBody(response);
      const headers = refreshed(cached.headers, response.headers);
      const changed = JSON.stringify(headers) !== JSON.stringify(cached.headers);
      return { status: 200, headers, text: cached.body, ...(changed && { keep: { ...cached, headers } }) };
    }
    if (!response.ok) throw await failedAttempt(call, response, foreign, waitMs);
    const headers = Object.fromEntries(response.headers);
    const { text, complete } = await readBounded(response, call.maxBytes);
    if (!complete) {
      throw new GitLabError('too-large', `The answer for ${call.target} is larger than ${formatBytes(call.maxBytes)}, so it was not read.`, { status });
    }
    const etag = response.headers.get('etag');
    const mayKeep = status === 200 && etag && !/\bno-store\b/i.test(headers['cache-control'] ?? '');
    return { status, headers, text, ...(mayKeep && { keep: { etag, headers: kept(headers), body: text } }) };
  }

  async function failedAttempt(call: Call, response: Response, foreign: boolean, waitMs: number | undefined): Promise<FailedAttempt> {
    const { status } = response;
    const { text } = await readBounded(response, maxErrorBytes);
    const error = errorFromAnswer({
      status,
      contentType: response.headers.get('content-type') ?? '',
      text,
      target: foreign ? `${call.target} at ${new URL(response.url).host}` : call.target,
      token: token && !foreign ? token.kind : null,
      fromApi: call.responseType === 'json',
      retryAt: (status === 429 || status === 503) && waitMs !== undefined ? Date.now() + waitMs : undefined,
    });
    const again = status === 429 ? 'always' : transientStatuses.has(status) ? 'if-idempotent' : 'never';
    return new FailedAttempt(error, again, waitMs);
  }

  return {
    get requests() {
      return requests;
    },
    request,
  };
}

interface Call extends TransportRequestBase {
  readonly url: URL;
  readonly accept: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What another origin may get: no token. */
  readonly publicHeaders: Readonly<Record<string, string>>;
  readonly target: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** What the cache should hold of it. */
  readonly keep?: CachedAnswer;
}

/** `always`: it was not carried out. `if-idempotent`: nobody knows, so only a request that may run twice is repeated. */
type Again = 'always' | 'if-idempotent' | 'never';

/** Never leaves this file: the error inside does. */
class FailedAttempt extends Error {
  constructor(
    readonly error: GitLabError,
    readonly again: Again,
    readonly waitMs?: number,
  ) {
    super(error.message);
  }
}

const idempotent: ReadonlySet<Method> = new Set<Method>(['GET', 'HEAD', 'PUT', 'DELETE']);
const transientStatuses: ReadonlySet<number> = new Set([500, 502, 503, 504]);
const maxRedirects = 5;

/** However long a server asks to be left alone, a person may ask it again after this time. */
const longestPauseMs = 15 * 60_000;

/** Enough for any message of GitLab's; error pages of proxies are longer. */
const maxErrorBytes = 64 * 1024;

const paginationHeaders = ['link', 'x-total', 'x-total-pages', 'x-page', 'x-per-page', 'x-next-page', 'x-prev-page', 'x-next-cursor', 'x-prev-cursor'];

/** Left out are cookies above all. */
function kept(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name === 'content-type' || paginationHeaders.includes(name)));
}

/**
 * A tag covers the body only: a list can keep its first page and grow behind it. So the pagination comes from the 304
 * where it has any, as a whole, since GitLab leaves X-Total out once the list is long.
 */
function refreshed(cached: Readonly<Record<string, string>>, fresh: Headers): Record<string, string> {
  const paged = paginationHeaders.some((name) => fresh.has(name));
  const old = Object.entries(cached).filter(([name]) => !paged || !paginationHeaders.includes(name));
  return { ...Object.fromEntries(old), ...kept(Object.fromEntries(fresh)) };
}

function parseJson(call: Call, answer: Received): unknown {
  if (call.method === 'HEAD' || (answer.text === '' && (answer.status === 204 || call.method !== 'GET'))) return null;
  try {
    return JSON.parse(answer.text);
  } catch {
    const what = /^\s*</.test(answer.text) ? 'a web page' : 'no JSON';
    throw new GitLabError('not-gitlab', `The answer for ${call.target} is ${what}, so it does not come from GitLab's API. Check the address, and the proxies on the way.`, {
      status: answer.status,
    });
  }
}

/** `opaqueredirect` is what browsers make of a redirect that is not to be followed. */
function isRedirect(response: Response): boolean {
  return [301, 302, 303, 307, 308].includes(response.status) || response.type === 'opaqueredirect';
}

function isUnder(root: URL, url: URL): boolean {
  return url.origin === root.origin && url.pathname.startsWith(root.pathname) && url.username === '' && url.password === '';
}

/** Aborts its signal after a time, or with the caller's signal. Stopped, it leaves nothing behind. */
function startTimer(ms: number, signal: AbortSignal | undefined): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(), ms);
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    stop() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}

function formatBytes(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round((bytes / (1024 * 1024)) * 10) / 10} MiB` : `${bytes} bytes`;
}
