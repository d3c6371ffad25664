import { Buffer } from 'node:buffer';

const start = 'data:image/svg+xml;base64,';

/** An SVG as a `data:` URI. */
export function svgUri(svg: string): string {
  return `${start}${Buffer.from(svg).toString('base64')}`;
}

/** The SVG that a `data:` URI holds; null for any other URI. */
export function svgOfUri(uri: string): string | null {
  return uri.startsWith(start) ? Buffer.from(uri.slice(start.length), 'base64').toString() : null;
}
