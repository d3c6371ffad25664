/**
 * A URL, or null for a text that is none. In place of `URL.canParse`, which in Node 20 and 22 refuses letters such as ü once it was
 * called some thousand times: V8's fast call hands such a text on in the wrong encoding.
 */
export function parseUrl(text: string, base?: URL): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
