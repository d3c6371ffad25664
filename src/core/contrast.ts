/** How bright a colour `#rrggbb` looks, from 0 to 1 in hundredths, as badge-maker reckons it: https://www.w3.org/TR/AERT/#color-contrast */
export function brightness(hex: string): number {
  const [red, green, blue] = channels(hex);
  return Math.round((299 * red + 587 * green + 114 * blue) / 10) / 100;
}

/**
 * The contrast of the text on a badge's part in this colour, `#rrggbb` or `#rrggbbaa`, from 1 to 21:
 * https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. badge-maker writes in white, on bright parts in #333. What shines through a colour
 * that is not opaque is taken for white.
 */
export function textContrast(hex: string): number {
  const part = opaque(hex);
  const text = brightness(part) <= brightThreshold ? '#ffffff' : '#333333';
  const [darker = 0, lighter = 0] = [luminance(part), luminance(text)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Where badge-maker changes from white to dark text. */
const brightThreshold = 0.69;

/** What WCAG asks of large texts and of what is no text: https://www.w3.org/TR/WCAG22/#contrast-minimum */
export const leastContrast = 3;

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function opaque(hex: string): string {
  if (hex.length < 9) return hex;
  const alpha = parseInt(hex.slice(7), 16) / 255;
  const mixed = channels(hex).map((channel) => Math.round((channel * alpha + 1 - alpha) * 255).toString(16).padStart(2, '0'));
  return `#${mixed.join('')}`;
}

function channels(hex: string): readonly [red: number, green: number, blue: number] {
  const at = (start: number) => parseInt(hex.slice(start, start + 2), 16) / 255;
  return [at(1), at(3), at(5)];
}
