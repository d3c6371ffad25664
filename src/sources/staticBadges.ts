import type { Badge } from '../core/badge';
import { parseColor } from '../core/color';
import type { StaticBadgeDefinition, Written } from '../core/definition';
import type { Origin } from '../core/fact';
import { type BrokenBadge, mistakeIn, withLook } from '../core/look';
import { stemOf } from '../core/stem';
import { unknownColor } from './unknownColor';

/**
 * One badge for each definition, in their order. `place` names where they were written, e.g. `.gitlab/badges.yaml`.
 * A badge whose label names no file goes by `static:` and its number, which no file can be called.
 */
export function staticBadges(definitions: readonly Written<StaticBadgeDefinition | BrokenBadge>[], place: string, at: string): readonly Badge[] {
  return definitions.map(({ value }, index) => {
    const { label } = value;
    const origin: Origin = { kind: 'static', text: `static badge ${JSON.stringify(label)} of ${place}`, at };
    const stem = stemOf(label);
    const failed = (reason: string): Badge => ({
      status: 'failed',
      stem: 'stem' in stem ? stem.stem : `static:${index + 1}`,
      label,
      origin,
      reason,
    });
    if (!('stem' in stem)) return failed(`The label ${JSON.stringify(label)} cannot name a file: ${stem.problem}.`);
    if ('mistake' in value) return { status: 'unknown', stem: stem.stem, label, origin, reason: mistakeIn(place, value.mistake) };
    const { message, color, link, label: _, ...look } = value;
    if (message.trim() === '') return failed(`The badge "${label}" has no message.`);
    if (!parseColor(color)) return failed(unknownColor(color));
    return {
      status: 'known',
      stem: stem.stem,
      label,
      origin,
      face: withLook({ label, message, color, ...(link !== undefined && { link }) }, look),
    };
  });
}
