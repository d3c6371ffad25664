import type { Badge } from '../core/badge';

export const snippetFormats = ['markdown', 'html'] as const;
export type SnippetFormat = (typeof snippetFormats)[number];

/**
 * A badge as an image for a document in the root of the workspace folder: `path` is the output folder, the link leads to
 * the badge's own or to where its value came from.
 */
export function badgeSnippet(badge: Badge, path: string, format: SnippetFormat): string {
  const image = encodePath(`${path}/${badge.stem}.svg`);
  const link = (badge.status === 'known' ? badge.face.link : undefined) ?? badge.origin.url;
  const text = alternative(badge);
  switch (format) {
    case 'markdown':
      return linked(text, image, link);
    case 'html': {
      const picture = `<img alt="${attribute(text)}" src="${attribute(image)}">`;
      return link ? `<a href="${attribute(link)}">${picture}</a>` : picture;
    }
  }
}

/** A badge on GitLab as Markdown that leads where it does there. */
export function publishedSnippet(name: string, image: string, link: string): string {
  return linked(name, image.replace(/[()\s]/g, percent), link);
}

/** What a badge says, for those who don't see it. */
export function alternative(badge: Badge): string {
  if (badge.status !== 'known') return badge.label;
  const { label, message } = badge.face;
  return label === '' ? message : `${label}: ${message}`;
}

function linked(text: string, image: string, link: string | undefined): string {
  const picture = `![${text.replace(/[\\[\]]/g, '\\$&')}](${image})`;
  return link ? `[${picture}](${link.replace(/[()\s]/g, percent)})` : picture;
}

function encodePath(path: string): string {
  return path
    .split('/')
    .map((segment) => encodeURIComponent(segment).replace(/[!'()*]/g, percent))
    .join('/');
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function attribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
