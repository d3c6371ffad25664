import type { Badge } from '../../core/badge';
import type { ReadImage } from '../../core/imageSources';
import type { FoundImage } from '../../core/markup/scan';
import type { Problem, Range } from '../../core/problem';
import { badgeOf, badgesIn, type ReadmeDocument } from './document';
import { judgeImage } from './judge';
import type { ReadmeValues } from './values';

/** What there is to tell of the badge under the mouse. */
export interface ReadmeHover {
  readonly range: Range;
  /** Null where none of the views has read it, and for badges of others. */
  readonly badge: Badge | null;
  readonly own: ReadImage | null;
  readonly image: FoundImage;
  readonly problems: readonly Problem[];
}

export function readmeHover(document: ReadmeDocument, offset: number, values: ReadmeValues): ReadmeHover | null {
  const found = badgesIn(document, values).find(({ image }) => image.range.start <= offset && offset <= image.range.end);
  if (!found) return null;
  return { range: found.image.range, image: found.image, badge: badgeOf(found, values), own: found.own, problems: judgeImage(document, found, values) };
}
