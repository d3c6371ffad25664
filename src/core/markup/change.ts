import type { Range } from '../problem';
import type { MarkupFormat } from './format';
import type { FoundImage } from './scan';
import { documentUrl } from './url';
import { isPlainAlt, writeAlt, writeImage, writeUrl, type ImageToWrite } from './write';

export interface MarkupEdit {
  readonly range: Range;
  readonly text: string;
}

/** The edits that make an image say something else, without touching what else its markup holds, such as a size. None where it says so already. */
export function changeImage(image: FoundImage, wanted: Partial<ImageToWrite>, format: MarkupFormat): readonly MarkupEdit[] {
  const { altPlace, isTag, link } = image;
  const edits: MarkupEdit[] = [];
  const replaceUrl = (range: Range, now: string, text: string | undefined): void => {
    const url = text === undefined ? null : documentUrl(text);
    const written = url === null ? null : writeUrl(url, format, isTag);
    if (written !== null && writeUrl(documentUrl(now) ?? now, format, isTag) !== written) edits.push({ range, text: written });
  };
  replaceUrl(image.urlRange, image.url, wanted.url);
  if (link) replaceUrl(link.range, link.url, wanted.link);
  const { alt } = wanted;
  if (alt !== undefined && writeAlt(image.alt, format) !== writeAlt(alt, format)) {
    if (!isTag && !isPlainAlt(alt, format)) return wholeImage(image, wanted, format);
    edits.push({ range: altPlace.range, text: `${altPlace.before}${writeAlt(alt, format, isTag)}${altPlace.after}` });
  }
  return edits;
}

function wholeImage(image: FoundImage, wanted: Partial<ImageToWrite>, format: MarkupFormat): readonly MarkupEdit[] {
  const text = writeImage({ alt: image.alt, url: image.url, link: image.link?.url, ...wanted }, format);
  return text === null ? [] : [{ range: image.range, text }];
}
