import { assertNever } from '../../core/assertNever';
import type { Badge } from '../../core/badge';
import { rowTraits } from '../contributions';
import { statusWords, unknownBadge } from '../messages';
import { oneLine } from '../oneLine';
import type { RowLook } from '../view/rowLook';

/** A badge in a list. */
export function badgeRow(badge: Badge): RowLook {
  const description = oneLine(badge.status === 'known' ? badge.face.message : badge.status === 'unknown' ? unknownBadge(badge.reason) : badge.reason);
  const label = oneLine(badge.label) || badge.stem;
  return {
    label,
    description,
    ...icon(badge.status),
    spoken: badge.status === 'failed' ? `${label}, ${statusWords.failed}: ${description}` : `${label}: ${description}`,
    traits: [rowTraits.badge, ...(badge.status === 'known' ? [rowTraits.drawn] : []), ...(hasSource(badge) ? [rowTraits.source] : [])].join(' '),
  };
}

export function hasSource(badge: Badge): boolean {
  return badge.origin.url !== undefined || badge.origin.file !== undefined;
}

function icon(status: Badge['status']): Pick<RowLook, 'icon' | 'color'> {
  switch (status) {
    case 'known':
      return { icon: 'pass', color: 'testing.iconPassed' };
    case 'unknown':
      return { icon: 'circle-outline' };
    case 'failed':
      return { icon: 'error', color: 'testing.iconFailed' };
    default:
      return assertNever(status);
  }
}
