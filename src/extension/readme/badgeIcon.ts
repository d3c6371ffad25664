import type { Badge } from '../../core/badge';
import { parseColor } from '../../core/color';

/**
 * A badge as the icon of a row, which is 16 pixels wide: its two halves in their colours. The texts stand beside it; drawn in
 * that size nobody could read them.
 */
export function badgeIcon(badge: Badge | null): string {
  const face = badge?.status === 'known' ? badge.face : null;
  const right = color(face?.color) ?? (badge?.status === 'failed' ? '#d64045' : badge === null ? '#fc6d26' : '#9f9f9f');
  const left = face?.label === '' ? right : (color(face?.labelColor) ?? '#555');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><clipPath id="a"><rect y="3" width="16" height="10" rx="3"/></clipPath><g clip-path="url(#a)"><path fill="${left}" d="M0 3h8v10H0z"/><path fill="${right}" d="M8 3h8v10H8z"/><path fill="#fff" fill-opacity=".85" d="M2 7h4v2H2zm8 0h4v2h-4z"/></g></svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

function color(text: string | undefined): string | null {
  return text === undefined ? null : (parseColor(text)?.hex ?? null);
}
