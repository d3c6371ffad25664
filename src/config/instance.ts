import { parseUrl } from './parseUrl';

/**
 * The canonical address of an instance: `https://host[:port][/root]`, host in lower case, default port and slash at the end
 * dropped, `/api/v4` at the end dropped. A text without a scheme is taken as https.
 * Null for what is no plain http or https address: another scheme, user info, a query, a fragment.
 */
export function normalizeInstance(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > maxLength || /[\s\\]/.test(trimmed)) return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  const url = parseUrl(address);
  if (!url) return null;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  // `?` and `#` are looked for in the text, because an empty query or fragment leaves no trace in the parsed form.
  if (url.username || url.password || /[?#@]/.test(address)) return null;
  const root = url.pathname.replace(/\/+$/, '').replace(/\/api\/v4$/, '').replace(/\/+$/, '');
  return url.origin + root;
}

/** Far longer than any address. Cutting slashes off a text of millions of them would take minutes. */
const maxLength = 2048;
