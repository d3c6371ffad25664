import { isOnBadgeHost } from '../../core/badgeHosts';
import { type Badge } from '../../core/badge';
import { readImage, type ReadImage } from '../../core/imageSources';
import { findBlock, type FoundBlock } from '../../core/markup/block';
import type { MarkupFormat } from '../../core/markup/format';
import { liveText, type LiveText } from '../../core/markup/live';
import { findImages, type FoundImage } from '../../core/markup/scan';
import type { ReadmeValues } from './values';

/** A document that was read once; everything about it is asked of this. */
export interface ReadmeDocument {
  readonly text: string;
  readonly format: MarkupFormat;
  readonly live: LiveText;
  readonly images: readonly FoundImage[];
  readonly block: FoundBlock;
}

/** Longer texts are not looked at while they are typed: nobody writes them by hand. In UTF-16 units. */
export const maxReadmeLength = 4_000_000;

export function readReadme(text: string, format: MarkupFormat): ReadmeDocument {
  const live = liveText(text, format);
  return { text, format, live, images: findImages(text, format, live), block: findBlock(text, format, live) };
}

/** An image that is a badge: of this project, or of a host of badges. */
export interface BadgeImage {
  readonly image: FoundImage;
  /** Null for one of another host. */
  readonly own: ReadImage | null;
}

/** The badges among the images. Others are nobody's business. */
export function badgesIn({ images }: ReadmeDocument, values: ReadmeValues): readonly BadgeImage[] {
  return images.flatMap((image): readonly BadgeImage[] => {
    const own = ownBadge(image, values);
    return own || isOnBadgeHost(image.url) ? [{ image, own }] : [];
  });
}

/** What the image says of a badge of this project: one that GitLab draws, a file in the folder of the badges, or an artifact of one of its jobs. */
function ownBadge({ url }: FoundImage, { place }: ReadmeValues): ReadImage | null {
  const read = readImage(url.replace(/^http:/i, place.instance.startsWith('https:') ? 'https:' : 'http:'), place);
  if (!read || (read.project !== null && read.project.toLowerCase() !== place.project.toLowerCase())) return null;
  return read.kind !== 'generated' || read.folder === place.path || read.source?.startsWith('artifact') ? read : null;
}

/** The generated badge that an image shows; null where it is not known. */
export function badgeOf({ own }: BadgeImage, { badges, place }: ReadmeValues): Badge | null {
  if (!own) return null;
  const stem = own.kind !== 'generated' ? own.kind : own.folder === place.path ? own.stem : null;
  return badges?.find((badge) => badge.stem === stem) ?? null;
}

/** The alternative text of a badge: what stays true when its value changes. A picture that GitLab serves anew would give the lie to a number. */
export function altOf(badge: Badge): string {
  const words = badge.stem.replace(/[_-]+/g, ' ');
  if (badge.status !== 'known') return badge.label || words;
  const { label, message } = badge.face;
  const isFixed = badge.origin.kind === 'static' || badge.origin.kind === 'link';
  if (label === '') return isFixed ? message : words;
  return isFixed && message !== '' ? `${label}: ${message}` : label;
}
