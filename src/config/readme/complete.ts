import type { Badge } from '../../core/badge';
import { offeredSources, type ImageSource } from '../../core/imageSources';
import { insertImages } from '../../core/markup/block';
import type { MarkupEdit } from '../../core/markup/change';
import type { Range } from '../../core/problem';
import type { ReadmeDocument } from './document';
import { badgeJob, publishesPages } from './judge';
import { choicesIn, imageOf, type Choice } from './update';
import type { ReadmeValues } from './values';

/** A badge to complete with. */
interface ReadmeCompletion {
  readonly choice: Choice;
  /** `badge`, and what it is called. */
  readonly filter: string;
  /** Where the format needs it, with blank lines around. */
  readonly insert: string;
  /** The word, with the blanks behind it that go; whatever is typed into it meanwhile, VS Code keeps both ends apart. */
  readonly range: Range;
  /** What goes besides, before the word: a removal right behind the cursor would hit what is typed there meanwhile. */
  readonly removals: readonly MarkupEdit[];
}

/** The badges of the project, where the word before the cursor is the start of `badge` or goes on with the name of one. */
export function completeBadge(document: ReadmeDocument, offset: number, values: ReadmeValues): readonly ReadmeCompletion[] {
  const word = /[\w-]*$/.exec(document.text.slice(Math.max(0, offset - 100), offset))?.[0] ?? '';
  // Blank where code or a comment is.
  const isLive = document.live.text.slice(offset - word.length, offset) === document.text.slice(offset - word.length, offset);
  if (word.length < 2 || !isLive || !(prefix.startsWith(word.toLowerCase()) || word.toLowerCase().startsWith(prefix))) return [];
  const source = usualSource(values);
  return choicesIn(values).flatMap((choice): readonly ReadmeCompletion[] => {
    if (choice.kind === 'generated' && source === null) return [];
    const range = { start: offset - word.length, end: offset };
    const edit = insertImages(document.text, document.format, range, [imageOf(choice, source ?? 'artifact', values)], document.live);
    const before = { start: edit.range.start, end: range.start };
    const removals = before.end > before.start ? [{ range: before, text: '' }] : [];
    return edit.text === '' ? [] : [{ choice, filter: `${prefix}-${choice.kind === 'generated' ? choice.badge.stem : choice.kind}`, insert: edit.text, range: { start: range.start, end: edit.range.end }, removals }];
  });
}

const prefix = 'badge';

/** Where pictures come from while nobody has chosen: as in the document's project it asks least. Null where none can work. */
export function usualSource(values: ReadmeValues, badges: readonly Badge[] = values.badges ?? []): ImageSource | null {
  const { ci, files, place } = values;
  const written = badges.filter(({ stem }) => files.has(`${place.path}/${stem}.svg`)).length;
  const [first] = offeredSources({
    visibility: null,
    job: badgeJob(values),
    isCiPartial: ci?.isPartial ?? false,
    files: badges.length > 0 && written === badges.length ? 'committed' : 'missing',
    pages: { isPublished: publishesPages(values), access: null },
    place,
  });
  return first?.source ?? null;
}
