import { parseUrl } from '../config/parseUrl';
import { cacheKey, type HttpCache } from '../gitlab/httpCache';
import type { Fetch } from '../gitlab/transport';

/** A successful answer from the open web. */
export interface PublicAnswer {
  /** The body, decoded as UTF-8. */
  readonly text: string;
  readonly bytes: Uint8Array;
  /** In lower case, without parameters; empty where the server names none. */
  readonly contentType: string;
}

/**
 * Downloads a public page. No token, cookie or other credential ever goes along, whichever host it is.
 * Rejects with PublicFetchError, or with the signal's reason when cancelled.
 */
export type FetchPublic = (url: string, signal: AbortSignal, options?: PublicFetchOptions) => Promise<PublicAnswer>;

interface PublicFetchOptions {
  /** What a picture is asked for with, if nothing else is said. */
  readonly accept?: string | undefined;
  /** In place of the bound for all. */
  readonly maxBytes?: number | undefined;
  /** Fails where a redirect leads to another host, instead of following it. */
  readonly stayOnHost?: boolean | undefined;
}

/** A public page could not be had; the message names it without its query, which may hold secrets. */
export class PublicFetchError extends Error {
  override readonly name = 'PublicFetchError';
}

interface PublicFetchBounds {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly maxRedirects: number;
}

/** Generous for a badge, which has 2 KB and comes from a cache. */
export const publicFetchBounds: PublicFetchBounds = { timeoutMs: 15_000, maxBytes: 1024 * 1024, maxRedirects: 5 };

/**
 * `fetch` is called at each download, so that a proxy which the editor installs later counts. With a cache, what a server gave
 * a tag for is asked for again by that tag.
 */
export function createFetchPublic(fetch: Fetch, bounds: PublicFetchBounds = publicFetchBounds, cache?: HttpCache): FetchPublic {
  return async (url, signal, options = {}) => {
    signal.throwIfAborted();
    const timeout = AbortSignal.timeout(bounds.timeoutMs);
    const either = AbortSignal.any([signal, timeout]);
    try {
      return await download({ fetch, bounds, cache, options, signal: either }, url);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof PublicFetchError) throw error;
      if (timeout.aborted) throw new PublicFetchError(`gave no answer within ${bounds.timeoutMs / 1000} s (${publicName(url)})`);
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

interface Download {
  readonly fetch: Fetch;
  readonly bounds: PublicFetchBounds;
  readonly cache: HttpCache | undefined;
  readonly options: PublicFetchOptions;
  readonly signal: AbortSignal;
}

async function download({ fetch, bounds, cache, options, signal }: Download, start: string): Promise<PublicAnswer> {
  const { accept = 'image/svg+xml, */*;q=0.1', maxBytes = bounds.maxBytes, stayOnHost = false } = options;
  let url = publicUrl(start);
  for (let redirects = 0; redirects <= bounds.maxRedirects; redirects += 1) {
    const key = cache && cacheKey({ url, accept, token: undefined });
    const cached = key === undefined ? undefined : await cache?.get(key);
    const response = await fetch(url.href, {
      redirect: 'manual',
      credentials: 'omit',
      headers: { accept, ...(cached && { 'if-none-match': cached.etag }) },
      signal,
    });
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      url = nextUrl(url, location, stayOnHost);
      continue;
    }
    if (response.status === 304 && cached) {
      await response.body?.cancel();
      return { text: cached.body, bytes: Buffer.from(cached.body), contentType: mediaType(cached.headers['content-type']) };
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new PublicFetchError(`answered ${response.status} (${publicName(url.href)})`);
    }
    const contentType = response.headers.get('content-type') ?? '';
    const bytes = await readBounded(response, maxBytes, url.href);
    const text = new TextDecoder().decode(bytes);
    const etag = response.headers.get('etag');
    // The cache keeps texts: a picture in pixels would not come back as it was.
    const mayKeep = etag !== null && !/\bno-store\b/i.test(response.headers.get('cache-control') ?? '') && Buffer.from(text).equals(bytes);
    if (key !== undefined && mayKeep) await cache?.set(key, { etag, headers: { 'content-type': contentType }, body: text });
    return { text, bytes, contentType: mediaType(contentType) };
  }
  throw new PublicFetchError(`redirects more than ${bounds.maxRedirects} times (${publicName(start)})`);
}

function mediaType(header = ''): string {
  return (header.split(';', 1)[0] ?? '').trim().toLowerCase();
}

function nextUrl(from: URL, location: string, stayOnHost: boolean): URL {
  const to = publicUrl(location, from);
  if (!stayOnHost || (to.hostname === from.hostname && (to.protocol === 'https:' || from.protocol === 'http:'))) return to;
  throw new PublicFetchError(`redirects to ${to.origin}, and this file may come from no other place than it says: if that is its right address, write it (${publicName(from.href)})`);
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

async function readBounded(response: Response, maxBytes: number, url: string): Promise<Uint8Array> {
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
  return Buffer.concat(pieces);
}

/** The code of the innermost cause says what happened; the messages above it only say that fetch failed. */
function networkReason(error: unknown): string {
  let reason = 'the connection failed';
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') reason = cause.code;
  }
  return reason;
}
