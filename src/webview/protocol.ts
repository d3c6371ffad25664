import { badgeStyles, type BadgeStyle } from '../core/badge';

/** What the preview and the extension say to each other. Both sides decode what arrives: a message is `unknown` until then. */

export const copyFormats = ['markdown', 'html', 'svg'] as const;
export type CopyFormat = (typeof copyFormats)[number];

export interface PreviewBadge {
  readonly stem: string;
  readonly label: string;
  readonly status: 'known' | 'unknown' | 'failed';
  /** The badge in words, or why there is none. */
  readonly text: string;
  /** A `data:image/svg+xml;base64,…` URI; null where there is nothing to draw. */
  readonly image: string | null;
  readonly source: string;
  /** Whether the source can be opened. */
  readonly canOpen: boolean;
  /** When it was read, ISO 8601. */
  readonly at: string;
}

export type ToPreview =
  | {
      readonly type: 'badges';
      readonly name: string;
      /** The project and its instance in words, empty where there is none. */
      readonly place: string;
      readonly badges: readonly PreviewBadge[];
      /** Why GitLab's own badges are missing, empty where they are not. */
      readonly obstacle: string;
      readonly busy: boolean;
    }
  | { readonly type: 'copied'; readonly text: string };

export type FromPreview =
  /** The page is there and shows badges in this style; null for each badge's own. */
  | { readonly type: 'ready'; readonly style: BadgeStyle | null }
  | { readonly type: 'style'; readonly style: BadgeStyle | null }
  | { readonly type: 'copy'; readonly stem: string; readonly format: CopyFormat }
  | { readonly type: 'openSource'; readonly stem: string }
  | { readonly type: 'refresh' };

/** What the page keeps over a reload of the window. */
export interface PreviewState {
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly style: BadgeStyle | null;
  readonly filter: string;
  readonly light: boolean;
  readonly dark: boolean;
}

export function decodeToPreview(message: unknown): ToPreview | null {
  if (!isRecord(message)) return null;
  const { type, name, place, badges, obstacle, busy, text } = message;
  if (type === 'copied' && typeof text === 'string') return { type, text };
  if (type !== 'badges' || typeof name !== 'string' || typeof place !== 'string' || typeof obstacle !== 'string' || typeof busy !== 'boolean' || !Array.isArray(badges)) return null;
  return { type, name, place, obstacle, busy, badges: badges.map(decodeBadge).filter((badge) => badge !== null) };
}

export function decodeFromPreview(message: unknown): FromPreview | null {
  if (!isRecord(message)) return null;
  const { type, style, stem, format } = message;
  switch (type) {
    case 'ready':
    case 'style':
      return isStyle(style) ? { type, style } : null;
    case 'copy':
      return typeof stem === 'string' && copyFormats.includes(format as CopyFormat) ? { type, stem, format: format as CopyFormat } : null;
    case 'openSource':
      return typeof stem === 'string' ? { type, stem } : null;
    case 'refresh':
      return { type };
    default:
      return null;
  }
}

export function decodeState(state: unknown): PreviewState | null {
  if (!isRecord(state) || typeof state['folder'] !== 'string') return null;
  const { folder, style, filter, light, dark } = state;
  return {
    folder,
    style: isStyle(style) ? style : null,
    filter: typeof filter === 'string' ? filter : '',
    light: light !== false,
    dark: dark !== false,
  };
}

function decodeBadge(value: unknown): PreviewBadge | null {
  if (!isRecord(value)) return null;
  const { stem, label, status, text, image, source, canOpen, at } = value;
  if (typeof stem !== 'string' || typeof label !== 'string' || typeof text !== 'string' || typeof source !== 'string' || typeof at !== 'string' || typeof canOpen !== 'boolean') return null;
  if (status !== 'known' && status !== 'unknown' && status !== 'failed') return null;
  // The page's content policy allows nothing else, and an image that can't be shown is better left out.
  const picture = typeof image === 'string' && image.startsWith('data:image/svg+xml;base64,') ? image : null;
  return { stem, label, status, text, image: picture, source, canOpen, at };
}

function isStyle(value: unknown): value is BadgeStyle | null {
  return value === null || badgeStyles.includes(value as BadgeStyle);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
