import type { Badge } from '../../core/badge';
import { imageUrl, ownImage, ownKinds, projectUrl, type ImageSource, type OwnKind } from '../../core/imageSources';
import { updateBlock, type BlockUpdate } from '../../core/markup/block';
import type { FoundImage } from '../../core/markup/scan';
import type { ImageToWrite } from '../../core/markup/write';
import { altOf, badgeOf, badgesIn, type ReadmeDocument } from './document';
import { mendedUrl } from './judge';
import type { ReadmeValues } from './values';

/** What can be put into a document. */
export type Choice = { readonly kind: 'generated'; readonly badge: Badge } | { readonly kind: OwnKind };

/** Everything on offer: the generated badges in their order, then those that GitLab draws. */
export function choicesIn({ badges, place }: ReadmeValues): readonly Choice[] {
  const generated = (badges ?? []).map((badge): Choice => ({ kind: 'generated', badge }));
  return place.project === '' ? generated : [...generated, ...ownKinds.map((kind) => ({ kind }))];
}

const ownAlts: Readonly<Record<OwnKind, string>> = { pipeline: 'pipeline', coverage: 'coverage', release: 'latest release' };

/** A badge as an image from a source; the link leads to the badge's own, else to where its value came from, else to the project. */
export function imageOf(choice: Choice, source: ImageSource, { place }: Pick<ReadmeValues, 'place'>): ImageToWrite {
  if (choice.kind !== 'generated') return { alt: ownAlts[choice.kind], ...ownImage(choice.kind, place) };
  const { badge } = choice;
  const link = (badge.status === 'known' ? badge.face.link : undefined) ?? badge.origin.url ?? (place.project === '' ? undefined : projectUrl(place));
  return { alt: altOf(badge), url: imageUrl(source, badge.stem, place), link };
}

/**
 * The edits that bring the block of a document up to date; null where it has none. Each badge keeps its source; its address follows a
 * branch that was renamed and a job that is called otherwise now, its alternative text the name of the badge.
 * @param source where the badges come from that fill an empty block; null leaves it empty
 */
export function updateReadme(document: ReadmeDocument, values: ReadmeValues, source: ImageSource | null): BlockUpdate | null {
  const { block } = document.block;
  if (!block) return null;
  const known = new Map(badgesIn(document, values).map((badge) => [badge.image, badge]));
  const byRange = new Map([...known].map(([image, badge]) => [image.range.start, badge]));
  const all = source === null ? [] : choicesIn(values).flatMap((choice) => (choice.kind === 'generated' && choice.badge.status === 'known' ? [imageOf(choice, source, values)] : []));
  const wantedFor = (image: FoundImage): Partial<ImageToWrite> | null => {
    const badge = byRange.get(image.range.start);
    if (!badge?.own) return null;
    const generated = badgeOf(badge, values);
    const url = mendedUrl(image.url, badge.own, values);
    // What a person wrote for a picture of GitLab's own stays.
    const alt = badge.own.kind === 'generated' && generated ? altOf(generated) : image.alt === '' ? altFor(badge.own.stem || badge.own.kind) : undefined;
    return { ...(alt === undefined ? {} : { alt }), ...(url === null ? {} : { url }) };
  };
  return updateBlock(document.text, document.format, block, wantedFor, all, document.live);
}

/** A name as words. */
export function altFor(name: string): string {
  return name.replace(/[_-]+/g, ' ').trim();
}
