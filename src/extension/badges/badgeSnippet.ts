import type { Badge } from '../../core/badge';
import { encodePath } from '../../core/markup/url';
import { writeImage } from '../../core/markup/write';

/** What a badge is copied as. */
type SnippetFormat = 'markdown' | 'html';

/**
 * A badge as an image for a document in the root of the workspace folder: `path` is the output folder, the link leads to
 * the badge's own or to where its value came from.
 */
export function badgeSnippet(badge: Badge, path: string, format: SnippetFormat): string {
  return writeImage({ alt: alternative(badge), url: encodePath(`${path}/${badge.stem}.svg`), link: badgeLink(badge) }, format) ?? '';
}

/** A badge on GitLab as Markdown that leads where it does there. */
export function publishedSnippet(name: string, image: string, link: string): string {
  return writeImage({ alt: name, url: image, link }, 'markdown') ?? '';
}

/** Where a badge leads. */
function badgeLink(badge: Badge): string | undefined {
  return (badge.status === 'known' ? badge.face.link : undefined) ?? badge.origin.url;
}

/** What a badge says, for those who don't see it. */
export function alternative(badge: Badge): string {
  if (badge.status !== 'known') return badge.label;
  const { label, message } = badge.face;
  return label === '' ? message : `${label}: ${message}`;
}
