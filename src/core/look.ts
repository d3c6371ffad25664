import type { BadgeFace, BadgeStyle } from './badge';

/** Colours by value: the step with the greatest `from` that is ≤ the value decides; below all steps the first one does. */
export type ColorThresholds = readonly { readonly from: number; readonly color: string }[];

/** What is wrong with an entry of the configuration. */
export interface Mistake {
  /** A sentence. */
  readonly problem: string;
  /** Line and column, from 1: `3:12`. */
  readonly at: string;
}

/** A badge that is written wrong: it says so instead of what it was to say. */
export interface BrokenBadge {
  readonly label: string;
  readonly mistake: Mistake;
}

/** Why a badge is unknown. The place comes last, since rows of a tree are cut. */
export function mistakeIn(file: string, { problem, at }: Mistake): string {
  return `${problem} (${file}:${at})`;
}

/** How a badge looks besides its texts and its colour. */
export interface BadgeLook {
  readonly labelColor?: string;
  readonly style?: BadgeStyle;
  /** A `data:image/…` URI, or the name of a logo. */
  readonly logo?: string;
  /** Of a logo by name. */
  readonly logoColor?: string;
  readonly logoSize?: 'auto';
  /** As that of the face. */
  readonly cacheSeconds?: number;
}

/** The face as it is to look; what `look` does not say stays. */
export function withLook(face: BadgeFace, { labelColor, style, logo, logoColor, logoSize, cacheSeconds }: BadgeLook): BadgeFace {
  const { logo: _, namedLogo: __, ...rest } = face;
  const picture = logo === undefined ? face : logoOf(logo);
  return {
    ...rest,
    ...(labelColor !== undefined && { labelColor }),
    ...(style !== undefined && { style }),
    ...(picture.logo !== undefined && { logo: picture.logo }),
    ...(picture.namedLogo && { namedLogo: { ...picture.namedLogo, ...(logoColor !== undefined && { color: logoColor }) } }),
    ...(logoSize !== undefined && { logoSize }),
    ...(cacheSeconds !== undefined && { cacheSeconds }),
  };
}

/** A `data:` URI is the picture itself, anything else a name. */
function logoOf(text: string): Pick<BadgeFace, 'logo' | 'namedLogo'> {
  return text.startsWith('data:') ? { logo: text } : { namedLogo: { name: text } };
}
