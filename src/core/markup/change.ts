import type { Range } from '../problem';
import type { MarkupFormat } from './format';
import type { FoundImage } from './scan';
import { documentUrl } from './url';
import { writeAlt, writeImage, writeUrl, type ImageToWrite } from './write';

export interface MarkupEdit {
  readonly range: Range;
  readonly text: string;
}

/** The edits that make an image say something else, without touching what else its markup holds, such as a size. None where it says so already. */
export function changeImage(image: FoundImage, wanted: Partial<ImageToWrite>, format: MarkupFormat): readonly MarkupEdit[] {
  const edits: MarkupEdit[] = [];
  const { alt, link } = wanted;
  const url = wanted.url === undefined ? null : documentUrl(wanted.url);
  if (url !== null && !sameUrl(image.url, url, format)) edits.push({ range: image.urlRange, text: writeUrl(url, format) });
  const href = link === undefined ? null : documentUrl(link);
  if (href !== null && image.link && !sameUrl(image.link.url, href, format)) edits.push({ range: image.link.range, text: writeUrl(href, format) });
  if (alt !== undefined && writeAlt(image.alt, format) !== writeAlt(alt, format)) {
    // The short form of Textile cannot hold every text.
    if (format === 'textile' && image.altPlace.before !== ' alt="' && !/^[\p{L}\p{N} .,:;%/-]*$/u.test(alt)) return wholeImage(image, wanted, format);
    edits.push({ range: image.altPlace.range, text: `${image.altPlace.before}${writeAlt(alt, format)}${image.altPlace.after}` });
  }
  return edits;
}

/** Whether two addresses are written alike in a document. */
function sameUrl(one: string, other: string, format: MarkupFormat): boolean {
  return writeUrl(documentUrl(one) ?? one, format) === writeUrl(documentUrl(other) ?? other, format);
}

function wholeImage(image: FoundImage, wanted: Partial<ImageToWrite>, format: MarkupFormat): readonly MarkupEdit[] {
  const text = writeImage({ alt: image.alt, url: image.url, link: image.link?.url, ...wanted }, format);
  return text === null ? [] : [{ range: image.range, text }];
}
