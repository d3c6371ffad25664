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
  /** Of a badge with levels; null for others. */
  readonly ladder: PreviewLadder | null;
}

/** The levels of a badge, lowest first. */
export interface PreviewLadder {
  readonly levels: readonly PreviewLevel[];
  /** What else is to be known of them; empty where there is nothing. */
  readonly note: string;
}

export type PreviewOutcome = (typeof previewOutcomes)[number];
const previewOutcomes = ['pass', 'fail', 'unknown'] as const;

export interface PreviewLevel {
  readonly name: string;
  readonly outcome: PreviewOutcome;
  /** What it lacks, or that it is reached. */
  readonly text: string;
  readonly checks: readonly PreviewCheck[];
}

export interface PreviewCheck {
  readonly outcome: PreviewOutcome;
  /** `commits 96 ≥ 5 · 6 months` */
  readonly text: string;
  /** The same for who does not see it. */
  readonly spoken: string;
  /** Why it does not pass; empty where it does. */
  readonly why: string;
  /** Null where there is no number to draw. */
  readonly chart: PreviewChart | null;
}

/** A value against its threshold; both bounds are inclusive, null: none on that side. */
export interface PreviewChart {
  readonly value: number | null;
  readonly min: number | null;
  readonly max: number | null;
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
  const { stem, label, status, text, image, source, canOpen, at, ladder } = value;
  if (typeof stem !== 'string' || typeof label !== 'string' || typeof text !== 'string' || typeof source !== 'string' || typeof at !== 'string' || typeof canOpen !== 'boolean') return null;
  if (status !== 'known' && status !== 'unknown' && status !== 'failed') return null;
  // The page's content policy allows nothing else, and an image that can't be shown is better left out.
  const picture = typeof image === 'string' && image.startsWith('data:image/svg+xml;base64,') ? image : null;
  return { stem, label, status, text, image: picture, source, canOpen, at, ladder: decodeLadder(ladder) };
}

function decodeLadder(value: unknown): PreviewLadder | null {
  if (!isRecord(value) || !Array.isArray(value['levels'])) return null;
  const { levels, note } = value;
  return { levels: levels.flatMap(decodeLevel), note: typeof note === 'string' ? note : '' };
}

function decodeLevel(value: unknown): readonly PreviewLevel[] {
  if (!isRecord(value)) return [];
  const { name, outcome, text, checks } = value;
  if (typeof name !== 'string' || !isOutcome(outcome) || typeof text !== 'string' || !Array.isArray(checks)) return [];
  return [{ name, outcome, text, checks: checks.flatMap(decodeCheck) }];
}

function decodeCheck(value: unknown): readonly PreviewCheck[] {
  if (!isRecord(value)) return [];
  const { outcome, text, spoken, why, chart } = value;
  if (!isOutcome(outcome) || typeof text !== 'string' || typeof spoken !== 'string' || typeof why !== 'string') return [];
  return [{ outcome, text, spoken, why, chart: isRecord(chart) ? { value: numberOf(chart['value']), min: numberOf(chart['min']), max: numberOf(chart['max']) } : null }];
}

function isOutcome(value: unknown): value is PreviewOutcome {
  return previewOutcomes.includes(value as PreviewOutcome);
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function isStyle(value: unknown): value is BadgeStyle | null {
  return value === null || badgeStyles.includes(value as BadgeStyle);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
