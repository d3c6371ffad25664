import type { Range } from './problem';

/**
 * The placeholders GitLab replaces in the link and image URL of a badge, as `%{name}`. Names are case-sensitive;
 * anything else in that form stays as text. Source: `Badge::PLACEHOLDERS` of GitLab and its documentation.
 */
export const placeholderNames = [
  'project_path',
  'project_title',
  'project_name',
  'project_id',
  'project_namespace',
  'group_name',
  'gitlab_server',
  'gitlab_pages_domain',
  'default_branch',
  'commit_sha',
  'latest_tag',
] as const;
export type PlaceholderName = (typeof placeholderNames)[number];

/** What each placeholder stands for in one project; absent where it is not known here, null where GitLab has none and leaves the text. */
export type PlaceholderValues = Readonly<Partial<Record<PlaceholderName, string | null>>>;

interface Placeholder {
  /** What stands between the braces. */
  readonly name: string;
  /** `%{` and `}` included. */
  readonly range: Range;
  readonly known: boolean;
}

const placeholderPattern = /%\{([^{}]*)\}/g;

export function isPlaceholderName(name: string): name is PlaceholderName {
  return (placeholderNames as readonly string[]).includes(name);
}

export function findPlaceholders(text: string): readonly Placeholder[] {
  return [...text.matchAll(placeholderPattern)].map((match) => {
    const name = match[1] ?? '';
    return { name, range: { start: match.index, end: match.index + match[0].length }, known: isPlaceholderName(name) };
  });
}

/** Replaces in one pass, as GitLab does: a value that itself holds `%{…}` is not replaced again, and nothing is encoded. */
export function resolvePlaceholders(text: string, values: PlaceholderValues): string {
  return text.replace(placeholderPattern, (whole, name: string) => (isPlaceholderName(name) ? (values[name] ?? whole) : whole));
}

/** Placeholders inside the host of a URL, which GitLab refuses as an invalid URI. */
export function placeholdersInHost(url: string): readonly Placeholder[] {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/((?:%\{[^{}]*\}|[^/?#])*)/i.exec(url);
  if (!authority) return [];
  const start = authority[0].length - (authority[1] ?? '').length;
  return findPlaceholders(url).filter(({ range }) => range.start >= start && range.end <= authority[0].length);
}
