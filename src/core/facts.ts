/** The fact badges by their stem, in the order in which they are shown. */
export const factStems = [
  'issues',
  'open_issues',
  'closed_issues',
  'license_key',
  'license_name',
  'project_id',
  'owner',
  'name',
  'default_branch',
  'created_at',
  'last_activity_at',
  'contributors',
  'forks_count',
  'star_count',
  'commits',
  'last_commit',
  'release',
  'last_release',
  'releases',
  'tag',
  'last_tag',
] as const;

export type FactStem = (typeof factStems)[number];

/**
 * Fact badges that the documented configuration may name already but no source makes yet. Asking for one is worth a
 * warning, not an error; a stem moves up to `factStems` with its source.
 */
export const announcedFactStems: readonly string[] = ['pipeline', 'coverage'];

export function isFactStem(text: string): text is FactStem {
  return (factStems as readonly string[]).includes(text);
}
