/** How high badges draw a logo, in pixels, and as how wide unless it may be wider. */
const height = 14;

/** A logo that is wider still has to do with this. */
const maxWidth = 8 * height;

/** How wide a picture is where it is drawn as high as logos are: never narrower than high. Of forms that do not tell it is as wide as high. */
export function logoWidth(uri: string): number {
  const base64 = uri.slice(uri.indexOf(',') + 1);
  const ratio = uri.startsWith('data:image/svg+xml') ? ratioOfSvg(atob(base64)) : uri.startsWith('data:image/png') ? ratioOfPng(atob(base64.slice(0, 44))) : null;
  return ratio !== null && Number.isFinite(ratio) ? Math.round(Math.min(maxWidth, Math.max(height, ratio * height)) * 100) / 100 : height;
}

/** By the size, or else the view box, of its root. */
function ratioOfSvg(svg: string): number | null {
  const root = /<svg\b[^>]*>/.exec(svg.slice(0, 4096))?.[0] ?? '';
  const length = (name: string) => Number(new RegExp(`\\s${name}\\s*=\\s*["']\\s*(\\d+(?:\\.\\d+)?)(?:px)?\\s*["']`).exec(root)?.[1] ?? NaN);
  const sized = length('width') / length('height');
  if (Number.isFinite(sized)) return sized;
  const box = /\sviewBox\s*=\s*["']([^"']*)["']/.exec(root)?.[1]?.trim().split(/[\s,]+/).map(Number) ?? [];
  return box.length === 4 ? (box[2] ?? NaN) / (box[3] ?? NaN) : null;
}

/** Width and height are the first fields behind the signature: https://www.w3.org/TR/png-3/#11IHDR */
function ratioOfPng(bytes: string): number | null {
  const number = (at: number) => Array.from({ length: 4 }, (_, index) => bytes.charCodeAt(at + index)).reduce((sum, byte) => sum * 256 + byte, 0);
  return bytes.startsWith('\x89PNG') ? number(16) / number(20) : null;
}
