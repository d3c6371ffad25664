import type { BadgeFace, KnownBadge } from '../core/badge';
import type { BadgeOverride } from '../core/definition';
import { withLook } from '../core/look';
import { numberIn } from '../core/template/value';
import { colorFor } from '../core/threshold';

/** A badge as the user wants it to look, and what could not be done about that. */
interface Overridden {
  readonly badge: KnownBadge;
  readonly problem: string | null;
}

/** Applies an override. */
export function override(badge: KnownBadge, { label, color, ...look }: BadgeOverride): Overridden {
  if (badge.svg !== undefined) return { badge, problem: 'it comes as a finished picture, which is not drawn anew' };
  let problem: string | null = null;
  const face: { -readonly [key in keyof BadgeFace]: BadgeFace[key] } = { ...withLook(badge.face, look) };
  if (label !== undefined) face.label = label;
  if (color !== undefined && face.isError) {
    problem = 'its file says isError, so its color stays';
  } else if (typeof color === 'string') {
    face.color = color;
  } else if (color !== undefined) {
    const value = badge.value ?? numberIn(face.message);
    const byValue = value === null ? undefined : colorFor(value, color);
    if (byValue === undefined) problem = `its message "${face.message}" is no number, so its color stays`;
    else face.color = byValue;
  }
  return { badge: { ...badge, label: face.label || badge.stem, face }, problem };
}
