import { Buffer } from 'node:buffer';
import type { BadgeStyle, NamedLogo } from '../core/badge';
import { parseColor } from '../core/color';
import { brightness } from '../core/contrast';
import { builtInLogos, logoSlug } from '../core/logoNames';
import { nearest } from '../core/nearest';
import type { Icon } from './icons';

/** Finds an icon by its slug; null where there is none. */
export type FindIcon = (slug: string) => Promise<Icon | null>;

/** The icons that are built in, and behind them those of `more`. */
export function findIcons(more: FindIcon = () => Promise.resolve(null)): FindIcon {
  return async (slug) => {
    const { builtInIcon } = await import('./icons');
    return builtInIcon(slug) ?? more(slug);
  };
}

/** The logo as a `data:` URI, or what is wrong with its name. */
export async function drawLogo(logo: NamedLogo, style: BadgeStyle, findIcon: FindIcon): Promise<{ readonly uri: string } | { readonly problem: string }> {
  const icon = await findIcon(logoSlug(logo.name));
  if (!icon) return { problem: noLogo(logo.name) };
  const color = logo.color === undefined ? readableColor(icon.hex, style) : (parseColor(logo.color)?.hex ?? readableColor(icon.hex, style));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="${color}"><path d="${icon.path}"/></svg>`;
  return { uri: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
}

/** What is said about a logo that nobody knows. */
export function noLogo(name: string): string {
  const guess = nearest(logoSlug(name), builtInLogos);
  const meant = guess === null ? '' : ` Did you mean "${guess}"?`;
  return `There is no logo "${name.slice(0, 60)}" here, so the badge is drawn without it.${meant} Built in are ${builtInLogos.length} of Simple Icons; the command line knows all where the package simple-icons is installed beside it.`;
}

/** The brand's own colour, unless it would vanish: labels are dark, but light in the style `social`. The bounds are those of shields. */
function readableColor(hex: string, style: BadgeStyle): string {
  const light = brightness(`#${hex}`);
  if (style === 'social') return light >= 0.6 ? '#333' : `#${hex}`;
  return light <= 0.4 ? '#f5f5f5' : `#${hex}`;
}
