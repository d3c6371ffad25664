/** The fact badges of `facts: all` by their stem, in the order in which they are shown: those of badges-gitlab. */
export const defaultFactStems = [
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

/** Every fact badge. Those behind the defaults are made when their stem is asked for: most of them cost a request more. */
export const factStems = [
  ...defaultFactStems,
  'pipeline',
  'coverage',
  'open_merge_requests',
  'merged_merge_requests',
  'closed_merge_requests',
  'milestone',
  'release_version',
  'tag_version',
  'commit_age',
  'package',
  'top_language',
  'languages',
  'repository_size',
  'artifacts_size',
  'visibility',
  'archived',
] as const;

export type FactStem = (typeof factStems)[number];

/** What facts say beyond their badges, for templates; those before the point are the names of things on GitLab. */
export const factDetails = [
  'project.path',
  'project.url',
  'project.created',
  'project.active',
  'repository.bytes',
  'artifacts.bytes',
  'release.name',
  'release.tag',
  'release.version',
  'release.date',
  'tag.name',
  'tag.version',
  'tag.date',
  'commit.sha',
  'commit.date',
  'language.name',
  'language.percent',
  'package.name',
  'package.version',
] as const;

export type FactDetail = (typeof factDetails)[number];

/** Everything that GitLab is asked for. */
export type FactName = FactStem | FactDetail;

export function isFactStem(text: string): text is FactStem {
  return (factStems as readonly string[]).includes(text);
}

/** What narrows a fact down. */
export interface FactOptions {
  /** In place of the default branch. */
  readonly branch?: string;
  /** A job of the pipeline. */
  readonly job?: string;
  /** Only what carries all of them. */
  readonly labels?: readonly string[];
  /** Title of a milestone. */
  readonly milestone?: string;
  /** Name of a package. */
  readonly package?: string;
  /** Whether versions such as 2.0.0-rc.1 count. */
  readonly prerelease?: boolean;
}

/** The options that a fact badge knows. */
export const factOptions: Readonly<Partial<Record<string, readonly (keyof FactOptions)[]>>> = {
  issues: ['labels', 'milestone'],
  open_issues: ['labels', 'milestone'],
  closed_issues: ['labels', 'milestone'],
  milestone: ['labels', 'milestone'],
  open_merge_requests: ['labels', 'milestone'],
  merged_merge_requests: ['labels', 'milestone'],
  closed_merge_requests: ['labels', 'milestone'],
  pipeline: ['branch'],
  coverage: ['branch', 'job'],
  last_commit: ['branch'],
  commit_age: ['branch'],
  release_version: ['prerelease'],
  tag_version: ['prerelease'],
  package: ['package', 'prerelease'],
} satisfies Partial<Record<FactStem, readonly (keyof FactOptions)[]>>;

/** The badge whose options count for a detail, too. */
export const optionsFrom: Readonly<Partial<Record<string, FactStem>>> = {
  'release.version': 'release_version',
  'tag.version': 'tag_version',
  'commit.sha': 'last_commit',
  'commit.date': 'last_commit',
  'package.name': 'package',
  'package.version': 'package',
} satisfies Partial<Record<FactDetail, FactStem>>;

/** The stems of a list in which `all` stands for the default ones. */
export function expandFacts(facts: 'all' | readonly string[]): readonly string[] {
  return (facts === 'all' ? [facts] : facts).flatMap((item) => (item === 'all' ? defaultFactStems : [item]));
}
