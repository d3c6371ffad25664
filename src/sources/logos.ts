import type { BadgeStyle, NamedLogo } from '../core/badge';
import { parseColor } from '../core/color';
import { brightness } from '../core/contrast';
import { builtInLogos, logoSlug } from '../core/logoNames';
import { nearest } from '../core/nearest';
import type { Icon } from './icons';
import { sanitizeSvg } from './sanitizeSvg';
import { svgOfUri, svgUri } from './svgUri';
import { XmlError } from './xml';

/** Finds an icon by its slug; null where there is none. */
export type FindIcon = (slug: string) => Promise<Icon | null>;

/** The icons that are built in, and behind them those of `more`. */
export function findIcons(more: FindIcon = () => Promise.resolve(null)): FindIcon {
  return async (slug) => {
    const { builtInIcon } = await import('./icons');
    return builtInIcon(slug) ?? more(slug);
  };
}

/** The logo as a `data:` URI, or what is wrong with its name; `exists`: Simple Icons has it, and only here it is missing. */
export async function drawLogo(logo: NamedLogo, style: BadgeStyle, findIcon: FindIcon): Promise<{ readonly uri: string } | { readonly problem: string; readonly exists: boolean }> {
  const slug = logoSlug(logo.name);
  const icon = await findIcon(slug);
  if (!icon) {
    const { isIcon } = await import('./icons');
    const exists = isIcon(slug);
    return { problem: noLogo(logo.name, exists), exists };
  }
  const color = logo.color === undefined ? readableColor(icon.hex, style) : (parseColor(logo.color)?.hex ?? readableColor(icon.hex, style));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="${color}"><path d="${icon.path}"/></svg>`;
  return { uri: svgUri(svg) };
}

/** Why a `data:` URI is no picture for a badge; null where nothing is against it. Only an SVG could hold what runs or loads. */
export function whyUnsafe(uri: string): string | null {
  const svg = svgOfUri(uri);
  if (svg === null) return null;
  try {
    const { removed } = sanitizeSvg(svg);
    return removed.length === 0 ? null : `The logo holds ${removed.join(', ')}: it may run no script and load nothing from elsewhere. Remove it from the SVG.`;
  } catch (error) {
    if (error instanceof XmlError) return `The logo is no SVG: line ${error.line}, column ${error.column}: ${error.problem}`;
    throw error;
  }
}

/** What is said about a logo that is not here. */
function noLogo(name: string, exists: boolean): string {
  const where = `Built in are ${builtInLogos.length} of Simple Icons; the command line knows all where the package simple-icons is installed beside it.`;
  if (exists) return `The logo "${name.slice(0, 60)}" is not built in, so the badge is drawn without it. ${where}`;
  const guess = nearest(logoSlug(name), builtInLogos);
  return `There is no logo "${name.slice(0, 60)}".${guess === null ? '' : ` Did you mean "${guess}"?`} ${where}`;
}

/** The brand's own colour, unless it would vanish: labels are dark, but light in the style `social`. The bounds are those of shields. */
function readableColor(hex: string, style: BadgeStyle): string {
  const light = brightness(`#${hex}`);
  if (style === 'social') return light >= 0.6 ? '#333' : `#${hex}`;
  return light <= 0.4 ? '#f5f5f5' : `#${hex}`;
}
