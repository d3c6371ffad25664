/**
 * A link or image as it may stand in a document of any format: without control characters, and with everything percent-encoded that is
 * no plain character of a URL or would end it in one of the formats. Null for anything but http, https and relative paths:
 * `javascript:` and `data:` are no addresses of badges, however they are written.
 */
export function documentUrl(text: string): string | null {
  // Browsers drop tabs and line breaks inside a URL, and control characters around it.
  const url = text.replace(/[\t\r\n]/g, '').trim();
  if (url === '' || /[\p{Cc}\p{Cs}]/u.test(url) || url.startsWith('//') || url.startsWith('\\')) return null;
  const scheme = /^([^/?#]*?):/.exec(url)?.[1];
  if (scheme !== undefined && !/^https?$/i.test(scheme)) return null;
  return url.replace(/%(?![0-9a-f]{2})|[^\w\-.~:/?#@!$&*+,;=%]/giu, percent);
}

/** Keeps slashes; a segment may hold any character. */
export function encodePath(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(segment).replace(/[!'()*]/g, percent))
    .join('/');
}

/** One character as UTF-8, percent-encoded. */
export function percent(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x80 ? `%${code.toString(16).toUpperCase().padStart(2, '0')}` : encodeURIComponent(character);
}
