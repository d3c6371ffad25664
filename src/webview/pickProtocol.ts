import type { PreviewBadge } from './protocol';

/** What the page on which badges are picked and the extension say to each other. */

export interface PickBadge extends Pick<PreviewBadge, 'stem' | 'label' | 'text' | 'image' | 'source'> {
  /** Tells it apart from all others of the page. */
  readonly key: string;
  /** The heading that it stands below. */
  readonly group: string;
}

/** `document` is where they go. `takesFocus`: unless the user works elsewhere meanwhile. */
export interface ToPick {
  readonly type: 'badges';
  readonly document: string;
  readonly takesFocus: boolean;
  readonly badges: readonly PickBadge[];
}

/** `pick`: at least one, in the order in which they were chosen. */
export type FromPick = { readonly type: 'ready' | 'cancel' } | { readonly type: 'pick'; readonly keys: readonly string[] };

/** What the page keeps while it is hidden. */
export interface PickState {
  readonly picked: readonly string[];
  readonly filter: string;
}

/** The page has no other messenger than the extension; only what could break its rendering is looked at. */
export function decodeToPick(message: unknown): ToPick | null {
  if (!isRecord(message)) return null;
  const { type, document, takesFocus, badges } = message;
  if (type !== 'badges' || typeof document !== 'string' || !Array.isArray(badges)) return null;
  return { type, document, takesFocus: takesFocus === true, badges: badges.map((badge: PickBadge) => ({ ...badge, image: badge.image?.startsWith('data:image/') ? badge.image : null })) };
}

export function decodeFromPick(message: unknown): FromPick | null {
  if (!isRecord(message)) return null;
  const { type, keys } = message;
  if (type === 'ready' || type === 'cancel') return { type };
  return type === 'pick' && isTexts(keys) && keys.length > 0 ? { type, keys } : null;
}

export function decodePickState(state: unknown): PickState {
  const { picked, filter } = isRecord(state) ? state : {};
  return { picked: isTexts(picked) ? picked : [], filter: typeof filter === 'string' ? filter : '' };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
