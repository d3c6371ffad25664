/**
 * How long an answer asks to wait, in milliseconds: `Retry-After` (seconds or an HTTP date), else `RateLimit-Reset` where nothing is left.
 * Undefined where it does not ask. Times are taken relative to the answer's own `Date`, so a wrong clock here does no harm.
 */
export function requestedWaitMs(headers: Headers): number | undefined {
  const retryAfter = headers.get('retry-after')?.trim();
  if (retryAfter) {
    if (/^\d+(\.\d+)?$/.test(retryAfter)) return Number(retryAfter) * 1000;
    // Date.parse takes "-1" for a date as well.
    const date = /^[A-Za-z]{3}/.test(retryAfter) ? Date.parse(retryAfter) : NaN;
    if (!Number.isNaN(date)) return Math.max(0, date - serverTime(headers));
  }
  const remaining = headers.get('ratelimit-remaining')?.trim();
  const reset = headers.get('ratelimit-reset')?.trim();
  if (remaining === '0' && reset && /^\d+$/.test(reset)) return Math.max(0, Number(reset) * 1000 - serverTime(headers));
  return undefined;
}

/** Grows twofold with each failed attempt (from 1), with a random half of it so that clients do not come back all at once. */
export function backoffMs(attempt: number, baseMs: number): number {
  return baseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
}

/** Rejects with the signal's reason as soon as it is aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      clearTimeout(timer);
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

function serverTime(headers: Headers): number {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}
