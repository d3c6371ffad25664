/** What the page of the badges on GitLab and the extension say to each other. */

export interface PublishedPage {
  readonly title: string;
  /** What stands in the way or is to be known besides; empty where nothing is. */
  readonly message: string;
  readonly busy: boolean;
  readonly targets: readonly ShownTarget[];
}

/** The project, or a group. */
interface ShownTarget {
  readonly title: string;
  readonly badges: readonly ShownBadge[];
}

export interface ShownBadge {
  /** Tells it apart from all others of the page. */
  readonly key: string;
  readonly name: string;
  /** What a push would do; empty where it would do nothing. */
  readonly state: string;
  /** Where the picture is that GitLab shows; null where it shows none yet. */
  readonly picture: string | null;
  /** Its place among those on the page of the project; null where it is not there. */
  readonly place: number | null;
  readonly link: ShownUrl;
  readonly image: ShownUrl;
  readonly canEdit: boolean;
}

export interface ShownUrl {
  readonly written: string;
  /** With its placeholders replaced; null where that is the same, or not known. */
  readonly shown: string | null;
  /** What it is now, where a push would change it. */
  readonly before: string | null;
}

export type ToPublishedPage =
  | { readonly type: 'page'; readonly page: PublishedPage }
  /** The picture behind an address as a `data:image/…` URI, or why there is none. */
  | { readonly type: 'picture'; readonly url: string; readonly image: string | null; readonly why: string };

export type FromPublishedPage = { readonly type: 'ready' | 'refresh' } | { readonly type: 'edit'; readonly key: string };

/** The page has no other messenger than the extension; only what could break its rendering is looked at. */
export function decodeToPublishedPage(message: unknown): ToPublishedPage | null {
  if (!isRecord(message)) return null;
  const { type, page, url, image, why } = message;
  if (type === 'page') return isRecord(page) && Array.isArray(page['targets']) ? (message as unknown as ToPublishedPage) : null;
  if (type !== 'picture' || typeof url !== 'string' || typeof why !== 'string') return null;
  return { type, url, why, image: typeof image === 'string' && image.startsWith('data:image/') ? image : null };
}

export function decodeFromPublishedPage(message: unknown): FromPublishedPage | null {
  if (!isRecord(message)) return null;
  const { type, key } = message;
  if (type === 'ready' || type === 'refresh') return { type };
  return type === 'edit' && typeof key === 'string' ? { type, key } : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
