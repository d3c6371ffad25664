import type { MarkupFormat } from './format';
import { documentUrl, percent } from './url';

/** An image in a document. */
export interface ImageToWrite {
  /** What is read out and shown where the picture is not. */
  readonly alt: string;
  readonly url: string;
  /** Where a click leads. */
  readonly link?: string | undefined;
}

/** Whether images stand in a row, as on one line, or need lines of their own. */
type Arrangement = 'row' | 'lines';

/** The images in their order, as markup of the format; those whose URL must not stand in a document are left out. Lines end with LF. */
export function writeImages(images: readonly ImageToWrite[], format: MarkupFormat, arrangement: Arrangement = 'row'): string {
  const written = images.flatMap((image) => writeImage(image, format) ?? []);
  if (standsAlone(format)) return written.join('\n\n');
  // In Textile a line break would be one on the page, too.
  return written.join(arrangement === 'row' || format === 'textile' ? ' ' : '\n');
}

/** Whether an image is a block of its own, with blank lines around it, rather than a part of a line. */
export function standsAlone(format: MarkupFormat): boolean {
  return format === 'restructuredtext' || format === 'org';
}

/** Null where the image has no URL that may stand in a document. A link that may not is left out. */
export function writeImage({ alt, url, link }: ImageToWrite, format: MarkupFormat): string | null {
  const image = documentUrl(url);
  if (image === null) return null;
  const target = link === undefined ? null : documentUrl(link);
  const text = plain(alt);
  const picture = altWriters[format](text);
  const source = writeUrl(image, format);
  const href = target === null ? null : writeUrl(target, format);
  switch (format) {
    case 'markdown':
      // A tag alone on its line would make HTML of the lines below it, so a picture without a link leads to itself.
      if (!isPlainAlt(text, format)) return inAnchor(`<img alt="${tagAlt(text)}" src="${writeUrl(image, 'html')}">`, writeUrl(target ?? image, 'html'));
      return href === null ? `![${picture}](${source})` : `[![${picture}](${source})](${href})`;
    case 'html':
      return inAnchor(`<img alt="${picture}" src="${source}">`, href);
    case 'asciidoc':
      return `image:${source}["${picture}"${href === null ? '' : `,link="${href}"`}]`;
    case 'restructuredtext':
      return [`.. image:: ${source}`, ...(picture === '' ? [] : [`   :alt: ${picture}`]), ...(href === null ? [] : [`   :target: ${href}`])].join('\n');
    case 'org':
      return `${picture === '' ? '' : `#+ATTR_HTML: :alt ${picture}\n`}[[${href ?? source}]${href === null ? '' : `[${source}]`}]`;
    case 'textile':
      if (!isPlainAlt(text, format)) return inAnchor(`<img alt="${tagAlt(text)}" src="${writeUrl(image, 'html')}">`, target === null ? null : writeUrl(target, 'html'));
      return `!${source}${picture === '' ? '' : `(${picture})`}!${href === null ? '' : `:${href}`}`;
    case 'rdoc':
      // A picture stands in the label of a link only.
      return `{<img src="${source}" alt="${picture}">}[${href ?? source}]`;
  }
}

function inAnchor(picture: string, href: string | null): string {
  return href === null ? picture : `<a href="${href}">${picture}</a>`;
}

/**
 * Whether the format's own form can hold a text so that every reader shows it; where it cannot, tags are written, which are taken over
 * as they are. VS Code's Markdown preview (markdown-it) drops every escaped character from the text of an image.
 */
export function isPlainAlt(alt: string, format: MarkupFormat): boolean {
  const text = plain(alt);
  if (format === 'markdown') return !/[\\[\]<*`~|$]|&#?\w+;|(?<![a-z0-9])_|_(?![a-z0-9])/i.test(text);
  return format !== 'textile' || !/[^\p{L}\p{N} .,:;%/-]/u.test(text);
}

/** On one line and without what no reader sees: control characters, halves of pairs, and marks that turn the direction of reading. */
function plain(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, '')
    .trim();
}

/** The text of an image as it is written within its markup; for text that `plain` has seen. */
const altWriters: Readonly<Record<MarkupFormat, (text: string) => string>> = {
  // Only what needs no escape.
  markdown: (text) => text,
  html: reference(/[&<>"'`]/g),
  // Quotes, attributes and replacements are looked for before the macro, also within it.
  asciidoc: reference(/[^\p{L}\p{N} ,.:%/-]|:(?=\/\/)|\.(?=\.)|-(?=-)/gu),
  restructuredtext: (text) => text,
  // The value of an attribute ends where the next one starts: ` :name`.
  org: (text) => text.replace(/(^| ):/g, '$1\u2236'),
  textile: (text) => text,
  rdoc: reference(/[&<>"'`{}[\]\\]|(?<![a-z0-9])[_*+]|[_*+](?![a-z0-9])/gi),
};

/** Within a tag that stands among other markup, whose marks must not be taken for it. */
const tagAlt = reference(/[&<>"'`|$[\]\\]/g);

/** Characters as numeric references. */
function reference(pattern: RegExp): (text: string) => string {
  return (text) => text.replace(pattern, (character) => `&#${character.codePointAt(0) ?? 0};`);
}

/** A URL of `documentUrl` within the markup of a format. */
export function writeUrl(url: string, format: MarkupFormat, isTag = false): string {
  if (isTag && format !== 'rdoc') return writeUrl(url, 'html');
  switch (format) {
    case 'markdown':
      return url.replace(/&(?=#?\w+;)/g, '&amp;');
    case 'html':
      return url.replace(/&/g, '&amp;');
    case 'asciidoc':
      return url.replace(/[*`^~{}+]|(?<![a-z0-9])_|_(?![a-z0-9])|(?<=#.*)#/gi, percent).replace(/&(?=#?\w+;)/g, '%26').replace(/\.(?=\.\.)|-(?=-)/g, percent);
    case 'restructuredtext':
      // A word that ends in an underscore would be a name of a link.
      return url.replace(/[*`|]|_$/g, percent);
    case 'org':
      return url;
    case 'textile':
      return url.replace(/[!*@~^]|(?<![a-z0-9])[_+]|[_+](?![a-z0-9])/gi, percent).replace(/[.,;:?]$/, percent);
    case 'rdoc':
      return url.replace(/[*`~^]|(?<![a-z0-9])[_+]|[_+](?![a-z0-9])/gi, percent).replace(/&/g, '&amp;');
  }
}

/** The text of an image as it is written within its markup: that of the format, or a tag. */
export function writeAlt(alt: string, format: MarkupFormat, isTag = false): string {
  return (isTag && format !== 'rdoc' ? tagAlt : altWriters[format])(plain(alt));
}
