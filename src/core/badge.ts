import type { Origin } from './fact';

export const badgeStyles = ['flat', 'flat-square', 'plastic', 'for-the-badge', 'social'] as const;
export type BadgeStyle = (typeof badgeStyles)[number];
export const defaultStyle: BadgeStyle = 'flat';

/** What a badge shows. Colours are names, aliases or CSS colours that `parseColor` of color.ts accepts. */
export interface BadgeFace {
  /** May be empty: the badge then has one part only. */
  readonly label: string;
  readonly message: string;
  readonly color: string;
  readonly labelColor?: string;
  readonly style?: BadgeStyle;
  /** An image as a `data:image/…;base64,…` URI. */
  readonly logo?: string;
  /** A logo of Simple Icons that was asked for; `logo` is its picture, where there is one. */
  readonly namedLogo?: NamedLogo;
  /** The picture keeps its shape where it is wider than it is high; else it has to fit a square. */
  readonly logoSize?: 'auto';
  /** Where a click on the badge leads, http or https. */
  readonly link?: string;
  /** It says that something is wrong, and nobody may give it another colour. */
  readonly isError?: true;
  /** How long shields may keep it, where it shows the JSON file of the badge. */
  readonly cacheSeconds?: number;
}

export interface NamedLogo {
  /** A slug, or a name that becomes one by `logoSlug`. */
  readonly name: string;
  /** As for `color`; without it the brand's own, as far as it can be seen. */
  readonly color?: string;
}

interface BadgeIdentity {
  /** File name without its ending; unique within a snapshot. */
  readonly stem: string;
  /** What a person calls it; the face's label, or the stem where there is no face. */
  readonly label: string;
  readonly origin: Origin;
}

/** Known: it has a face to draw, or (link badges) comes as a finished, sanitised picture. */
export interface KnownBadge extends BadgeIdentity {
  readonly status: 'known';
  readonly face: BadgeFace;
  /** What colours by value go by, where the message does not say it as a number: the days of an age, the exact count of `1.2k`. */
  readonly value?: number;
  /** The finished SVG of a link badge; absent where the face is drawn by us. */
  readonly svg?: string;
}

/** The origin has no answer, which is not an error: the reason says why and what would help. */
interface UnknownBadge extends BadgeIdentity {
  readonly status: 'unknown';
  readonly reason: string;
}

/** What should work did not: the reason says what happened and what to do. */
export interface FailedBadge extends BadgeIdentity {
  readonly status: 'failed';
  readonly reason: string;
}

export type Badge = KnownBadge | UnknownBadge | FailedBadge;
