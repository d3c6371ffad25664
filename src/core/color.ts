import { nearest } from './nearest';

/** A colour that badge-maker 6 knows. */
interface Color {
  /** What badge-maker is given: it draws exactly this colour. */
  readonly text: string;
  /** `#rrggbb`, or `#rrggbbaa` where it is not opaque. */
  readonly hex: string;
}

/**
 * Reads a colour as badge-maker 6 does: a name or alias of shields, 3 or 6 hex digits, or, with blanks around if need be, a CSS
 * colour: name, `#` and 3, 4, 6 or 8 digits, `rgb()` or `hsl()` of whole numbers, each with an alpha if wanted. Names and
 * functions are in lower case. Null for everything else, which badge-maker would draw in its default, a green.
 */
export function parseColor(text: string): Color | null {
  const shields = shieldsColors.get(text);
  if (shields !== undefined) return { text, hex: shields };
  if (hexDigits.test(text)) return { text: `#${text.toLowerCase()}`, hex: longHex(text) };

  const css = text.trim();
  const named = cssColors.get(css);
  // `red` with blanks around is the red of CSS to badge-maker, without them it is the red of shields.
  if (named !== undefined) return { text: shieldsColors.has(css) ? named : css, hex: named };
  if (hexColor.test(css)) return { text: css.toLowerCase(), hex: longHex(css.slice(1)) };
  const hex = rgbHex(css) ?? hslHex(css);
  // Between numbers badge-maker takes any blank of Unicode; CSS, and so whoever shows the SVG, only a few.
  return hex === null ? null : { text: css.replace(/\s+/g, ' '), hex };
}

const hexDigits = /^(?:[\da-f]{3}){1,2}$/i;
const hexColor = /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i;
const alpha = String.raw`(0|1|0?\.\d+|\d+%)`;
const rgbForms = [
  ...[String.raw`(\d+)`, String.raw`(\d+%)`].flatMap((part) => [
    new RegExp(String.raw`^rgba?\(\s*${part}\s*,\s*${part}\s*,\s*${part}(?:\s*,\s*${alpha})?\s*\)$`),
    new RegExp(String.raw`^rgba?\(\s*${part}\s+${part}\s+${part}(?:\s*\/\s*${alpha})?\s*\)$`),
  ]),
];
const hslForm = new RegExp(String.raw`^hsla?\(\s*(\d+)(deg|rad|grad|turn)?\s*,\s*(\d+)%\s*,\s*(\d+)%(?:\s*,\s*${alpha})?\s*\)$`);
const degrees = { deg: 1, rad: 180 / Math.PI, grad: 0.9, turn: 360 };

function longHex(digits: string): string {
  const long = digits.length < 6 ? digits.replace(/./g, '$&$&') : digits;
  return `#${long.toLowerCase().replace(/^(.{6})ff$/, '$1')}`;
}

function rgbHex(text: string): string | null {
  for (const form of rgbForms) {
    const [, red, green, blue, opacity] = form.exec(text) ?? [];
    if (red !== undefined && green !== undefined && blue !== undefined) {
      return toHex([red, green, blue].map((part) => (part.endsWith('%') ? parseInt(part) / 100 : parseInt(part) / 255)), opacity);
    }
  }
  return null;
}

function hslHex(text: string): string | null {
  const [, angle, unit, percentSaturation, percentLightness, opacity] = hslForm.exec(text) ?? [];
  if (angle === undefined || percentSaturation === undefined || percentLightness === undefined) return null;
  const hue = ((parseInt(angle) * degrees[(unit ?? 'deg') as keyof typeof degrees]) % 360) / 30;
  const saturation = Math.min(parseInt(percentSaturation) / 100, 1);
  const lightness = Math.min(parseInt(percentLightness) / 100, 1);
  // https://www.w3.org/TR/css-color-4/#hsl-to-rgb
  const chroma = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number): number => {
    const position = (offset + hue) % 12;
    return lightness - chroma * Math.max(-1, Math.min(position - 3, 9 - position, 1));
  };
  return toHex([channel(0), channel(8), channel(4)], opacity);
}

/** Parts from 0 to 1; what is above counts as 1. */
function toHex(channels: readonly number[], opacity = '1'): string {
  const parts = [...channels, opacity.endsWith('%') ? parseInt(opacity) / 100 : parseFloat(opacity)];
  return longHex(parts.map((part) => Math.round(Math.min(part, 1) * 255).toString(16).padStart(2, '0')).join(''));
}

/** Where shields and CSS share a name, the colours differ; badge-maker prefers those of shields. */
const shieldsColors = namedColors(`
  brightgreen 44bb00, green 67ac09, yellowgreen 95991a, yellow d8b800, orange ea7233, red dd4343, blue 007ec6,
  grey 555555, gray 555555, lightgrey 939393, lightgray 939393, success 44bb00, important ea7233, critical dd4343,
  informational 007ec6, inactive 939393`);

/** Whether a colour goes by one of shields' own names, which are what people know badges by. */
export function isShieldsColor(text: string): boolean {
  return shieldsColors.has(text);
}

// https://www.w3.org/TR/css-color-4/#named-colors
const cssColors = namedColors(`
  aliceblue f0f8ff, antiquewhite faebd7, aqua 00ffff, aquamarine 7fffd4, azure f0ffff, beige f5f5dc, bisque ffe4c4,
  black 000000, blanchedalmond ffebcd, blue 0000ff, blueviolet 8a2be2, brown a52a2a, burlywood deb887,
  cadetblue 5f9ea0, chartreuse 7fff00, chocolate d2691e, coral ff7f50, cornflowerblue 6495ed, cornsilk fff8dc,
  crimson dc143c, cyan 00ffff, darkblue 00008b, darkcyan 008b8b, darkgoldenrod b8860b, darkgray a9a9a9,
  darkgreen 006400, darkgrey a9a9a9, darkkhaki bdb76b, darkmagenta 8b008b, darkolivegreen 556b2f, darkorange ff8c00,
  darkorchid 9932cc, darkred 8b0000, darksalmon e9967a, darkseagreen 8fbc8f, darkslateblue 483d8b,
  darkslategray 2f4f4f, darkslategrey 2f4f4f, darkturquoise 00ced1, darkviolet 9400d3, deeppink ff1493,
  deepskyblue 00bfff, dimgray 696969, dimgrey 696969, dodgerblue 1e90ff, firebrick b22222, floralwhite fffaf0,
  forestgreen 228b22, fuchsia ff00ff, gainsboro dcdcdc, ghostwhite f8f8ff, gold ffd700, goldenrod daa520, gray 808080,
  green 008000, greenyellow adff2f, grey 808080, honeydew f0fff0, hotpink ff69b4, indianred cd5c5c, indigo 4b0082,
  ivory fffff0, khaki f0e68c, lavender e6e6fa, lavenderblush fff0f5, lawngreen 7cfc00, lemonchiffon fffacd,
  lightblue add8e6, lightcoral f08080, lightcyan e0ffff, lightgoldenrodyellow fafad2, lightgray d3d3d3,
  lightgreen 90ee90, lightgrey d3d3d3, lightpink ffb6c1, lightsalmon ffa07a, lightseagreen 20b2aa,
  lightskyblue 87cefa, lightslategray 778899, lightslategrey 778899, lightsteelblue b0c4de, lightyellow ffffe0,
  lime 00ff00, limegreen 32cd32, linen faf0e6, magenta ff00ff, maroon 800000, mediumaquamarine 66cdaa,
  mediumblue 0000cd, mediumorchid ba55d3, mediumpurple 9370db, mediumseagreen 3cb371, mediumslateblue 7b68ee,
  mediumspringgreen 00fa9a, mediumturquoise 48d1cc, mediumvioletred c71585, midnightblue 191970, mintcream f5fffa,
  mistyrose ffe4e1, moccasin ffe4b5, navajowhite ffdead, navy 000080, oldlace fdf5e6, olive 808000, olivedrab 6b8e23,
  orange ffa500, orangered ff4500, orchid da70d6, palegoldenrod eee8aa, palegreen 98fb98, paleturquoise afeeee,
  palevioletred db7093, papayawhip ffefd5, peachpuff ffdab9, peru cd853f, pink ffc0cb, plum dda0dd, powderblue b0e0e6,
  purple 800080, rebeccapurple 663399, red ff0000, rosybrown bc8f8f, royalblue 4169e1, saddlebrown 8b4513,
  salmon fa8072, sandybrown f4a460, seagreen 2e8b57, seashell fff5ee, sienna a0522d, silver c0c0c0, skyblue 87ceeb,
  slateblue 6a5acd, slategray 708090, slategrey 708090, snow fffafa, springgreen 00ff7f, steelblue 4682b4, tan d2b48c,
  teal 008080, thistle d8bfd8, tomato ff6347, turquoise 40e0d0, violet ee82ee, wheat f5deb3, white ffffff,
  whitesmoke f5f5f5, yellow ffff00, yellowgreen 9acd32`);

function namedColors(table: string): ReadonlyMap<string, string> {
  return new Map(Array.from(table.matchAll(/(\w+) (\w{6})/g), ([, name, hex]) => [String(name), `#${hex}`]));
}

/** Every colour that has a name: those of shields first, then its aliases, then those of CSS. */
export const colorNames: readonly string[] = [...new Set([...shieldsColors.keys(), ...cssColors.keys()])];

/** The name that was probably meant: at most two typing errors away, one in a short word; case, blanks, `-` and `_` don't count. */
export function nearestColorName(text: string): string | null {
  return nearest(text.replace(/[\s_-]+/g, ''), colorNames);
}
