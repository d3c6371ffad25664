import type { BadgeFace, KnownBadge } from '../core/badge';
import type { BadgeOverride } from '../core/definition';
import { logoOf } from '../core/logoNames';
import { colorFor } from '../core/threshold';

/** A badge as the user wants it to look, and what could not be done about that. */
export interface Overridden {
  readonly badge: KnownBadge;
  readonly problem: string | null;
}

/** Applies an override; `colorIsFixed` where the badge itself forbids another colour (`isError` of an endpoint file). */
export function override(badge: KnownBadge, { label, color, style, logo }: BadgeOverride, colorIsFixed: boolean): Overridden {
  if (badge.svg !== undefined) return { badge, problem: 'it comes as a finished picture, which is not drawn anew' };
  let problem: string | null = null;
  const face: { -readonly [key in keyof BadgeFace]: BadgeFace[key] } = { ...badge.face };
  if (label !== undefined) face.label = label;
  if (style !== undefined) face.style = style;
  if (logo !== undefined) {
    delete face.logo;
    delete face.namedLogo;
    Object.assign(face, logoOf(logo));
  }
  if (color !== undefined && colorIsFixed) {
    problem = 'its file says isError, so its color stays';
  } else if (typeof color === 'string') {
    face.color = color;
  } else if (color !== undefined) {
    const value = badge.value ?? numberOf(face.message);
    const byValue = value === null ? undefined : colorFor(value, color);
    if (byValue === undefined) problem = `its message "${face.message}" is no number, so its color stays`;
    else face.color = byValue;
  }
  return { badge: { ...badge, label: face.label || badge.stem, face }, problem };
}

/** The number a message consists of, whatever unit follows: `87%`, `12.34s`, `412 passed`; null for `5 March 2021`. */
function numberOf(message: string): number | null {
  const digits = /^\s*([+-]?\d+(?:\.\d+)?)[^\d]*$/.exec(message)?.[1];
  return digits === undefined ? null : Number(digits);
}
