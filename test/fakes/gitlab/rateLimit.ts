import { json, type Answer } from './answer';

/** The throttle in front of everything (Rack::Attack), by caller. */
export interface RateLimit {
  readonly limit: number;
  /** Seconds; 60 by default. */
  readonly windowSeconds?: number;
  /** Whether a 429 says when to come back; true by default. */
  readonly retryAfter?: boolean;
  /** Whether answers say how much is left; true by default. */
  readonly headers?: boolean;
}

/** The limit of single calls inside the application, with a JSON body and no RateLimit headers. */
export interface ApplicationRateLimit {
  /** Tested against the path below /api/v4. */
  readonly path: RegExp;
  readonly limit: number;
  /** Seconds; 60 by default. */
  readonly windowSeconds?: number;
}

/** Counts requests in windows that begin at multiples of their length, as Rack::Attack does. */
export class RateCounter {
  readonly #counts = new Map<string, { readonly window: number; count: number }>();

  /** How many requests this key made in the present window, this one included, and when the window ends. */
  count(key: string, windowSeconds: number, now: Date): { readonly observed: number; readonly resetSeconds: number } {
    const window = Math.floor(now.getTime() / 1000 / windowSeconds);
    const before = this.#counts.get(key);
    const entry = before?.window === window ? before : { window, count: 0 };
    entry.count += 1;
    this.#counts.set(key, entry);
    return { observed: entry.count, resetSeconds: (window + 1) * windowSeconds };
  }
}

export interface Throttled {
  /** For every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** The 429, where the limit is passed. */
  readonly refusal: Answer | null;
}

export function throttle(counter: RateCounter, rule: RateLimit, caller: { readonly key: string; readonly authenticated: boolean }, now: Date): Throttled {
  const seconds = rule.windowSeconds ?? 60;
  const { observed, resetSeconds } = counter.count(`throttle ${caller.key}`, seconds, now);
  const headers = {
    // Always told per minute, whatever the window.
    'RateLimit-Limit': String(Math.round((rule.limit * 60) / seconds)),
    'RateLimit-Name': caller.authenticated ? 'throttle_authenticated_api' : 'throttle_unauthenticated_api',
    'RateLimit-Observed': String(observed),
    'RateLimit-Remaining': String(Math.max(0, rule.limit - observed)),
    'RateLimit-Reset': String(resetSeconds),
  };
  const shown = rule.headers === false ? {} : headers;
  if (observed <= rule.limit) return { headers: shown, refusal: null };
  const wait = Math.max(1, Math.ceil(resetSeconds - now.getTime() / 1000));
  const reset = rule.headers === false ? {} : { 'RateLimit-ResetTime': new Date(resetSeconds * 1000).toUTCString() };
  const retry = rule.retryAfter === false ? {} : { 'Retry-After': String(wait) };
  return { headers: shown, refusal: { status: 429, headers: { 'Content-Type': 'text/plain', ...reset, ...retry }, body: 'Retry later\n' } };
}

export function tooManyCalls(): Answer {
  return json({ message: { error: 'This endpoint has been requested too many times. Try again later.' } }, 429);
}
