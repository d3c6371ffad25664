import type { Fetch } from '../gitlab/transport';

/** A successful answer from the open web. */
export interface PublicAnswer {
  /** The body, decoded as UTF-8. */
  readonly text: string;
  /** In lower case, without parameters; empty where the server names none. */
  readonly contentType: string;
}

/**
 * Downloads a public page. No token, cookie or other credential ever goes along, whichever host it is.
 * Rejects with PublicFetchError, or with the signal's reason when cancelled.
 */
export type FetchPublic = (url: string, signal: AbortSignal) => Promise<PublicAnswer>;

/** A public page could not be had; the message names it without its query, which may hold secrets. */
export class PublicFetchError extends Error {
  override readonly name = 'PublicFetchError';
}

export interface PublicFetchBounds {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
}

/** Generous for a badge, which has 2 KB and comes from a cache. */
export const publicFetchBounds: PublicFetchBounds = { timeoutMs: 15_000, maxBytes: 1024 * 1024, maxRedirects: 5 };

/** `fetch` is called at each download, so that a proxy which the editor installs later counts. */
export function createFetchPublic(fetch: Fetch, bounds: PublicFetchBounds = publicFetchBounds): FetchPublic {
  return async (url, signal) => {
    signal.throwIfAborted();
    const timeout = AbortSignal.timeout(bounds.timeoutMs);
    const either = AbortSignal.any([signal, timeout]);
    try {
      return await download(fetch, url, bounds, either);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof PublicFetchError) throw error;
      if (timeout.aborted) throw new PublicFetchError(`no answer within ${bounds.timeoutMs / 1000} s (${publicName(url)})`);
      throw new PublicFetchError(`could not be reached: ${networkReason(error)} (${publicName(url)})`);
    }
  };
}

/** A URL without user, password, query and fragment, for messages. */
export function publicName(url: string): string {
  const parsed = parseUrl(url);
  if (!parsed) return url.slice(0, 80).replace(/[?#].*$/s, '');
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}

async function download(fetch: Fetch, start: string, bounds: PublicFetchBounds, signal: AbortSignal): Promise<PublicAnswer> {
  let url = publicUrl(start);
  for (let redirects = 0; redirects <= bounds.maxRedirects; redirects += 1) {
    const response = await fetch(url.href, {
      redirect: 'manual',
      credentials: 'omit',
      headers: { accept: 'image/svg+xml, */*;q=0.1' },
      signal,
    });
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      url = publicUrl(location, url);
      continue;
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new PublicFetchError(`answered ${response.status} (${publicName(url.href)})`);
    }
    const contentType = (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
    return { text: await readBounded(response, bounds.maxBytes, url.href), contentType: contentType.trim().toLowerCase() };
  }
  throw new PublicFetchError(`redirects more than ${bounds.maxRedirects} times (${publicName(start)})`);
}

function publicUrl(text: string, base?: URL): URL {
  const url = parseUrl(text, base);
  if (!url) throw new PublicFetchError(`is not a URL: ${publicName(text)}`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new PublicFetchError(`leads to ${url.protocol}, only http and https are followed (${publicName(base?.href ?? text)})`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new PublicFetchError(`holds a user name or password, which is never sent (${publicName(url.href)})`);
  }
  return url;
}

function parseUrl(text: string, base?: URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

async function readBounded(response: Response, maxBytes: number, url: string): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    bytes += piece.value.byteLength;
    if (bytes > maxBytes) {
      await reader?.cancel();
      throw new PublicFetchError(`sent more than ${Math.floor(maxBytes / 1024)} KiB (${publicName(url)})`);
    }
    pieces.push(piece.value);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

/** The code of the innermost cause says what happened; the messages above it only say that fetch failed. */
function networkReason(error: unknown): string {
  let reason = 'the connection failed';
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') reason = cause.code;
  }
  return reason;
}
