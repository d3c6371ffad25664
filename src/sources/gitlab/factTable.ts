import type { Project } from '../../gitlab/projects';
import { dayMonthAndYear, monthAndYear } from './dates';
import type { Answers, RequestName } from './requests';

/** A message, or the reason why GitLab has none. */
export type Rendering = string | { readonly missing: string };

export interface FactBadge<Name extends RequestName = RequestName> {
  readonly label: string;
  readonly color: string;
  readonly request: Name;
  /** Where a person finds the fact, below the project's own page: `/-/issues`. */
  readonly page: string;
  render(answer: Answers[Name]): Rendering;
}

/** The fact badges by stem; stems, labels, messages and colours are those of badges-gitlab, which scripts rely on. */
export const factTable: ReadonlyMap<string, FactBadge> = new Map<string, FactBadge>([
  ['issues', fact('issues', 'blue', 'issues', '/-/issues', (counts) => numberOr(counts?.all, noIssues))],
  ['open_issues', fact('open issues', 'red', 'issues', '/-/issues', (counts) => numberOr(counts?.opened, noIssues))],
  ['closed_issues', fact('closed issues', 'green', 'issues', '/-/issues', (counts) => numberOr(counts?.closed, noIssues))],
  ['license_key', fact('license', 'yellow', 'project', '', (project) => project.license?.key || { missing: noLicense(project) })],
  ['license_name', fact('license', 'yellow', 'project', '', (project) => project.license?.name || { missing: noLicense(project) })],
  ['project_id', fact('ID', 'purple', 'project', '', ({ id }) => String(id))],
  ['owner', fact('owner', 'yellow', 'project', '', ({ namespaceName }) => namespaceName)],
  ['name', fact('Name', 'yellowgreen', 'project', '', ({ name }) => name)],
  ['default_branch', fact('default branch', 'green', 'project', '/-/branches', (project) => project.defaultBranch || { missing: noRepository(project) })],
  ['created_at', fact('created at', 'lightgrey', 'project', '', ({ createdAt }) => dated(monthAndYear(createdAt)))],
  ['last_activity_at', fact('last activity', 'lightgrey', 'project', '/activity', ({ lastActivityAt }) => dated(dayMonthAndYear(lastActivityAt)))],
  ['contributors', fact('contributors', 'blue', 'contributors', '/-/graphs/HEAD', (count) => (count > 0 ? String(count) : { missing: noCommits }))],
  ['forks_count', fact('forks', 'orange', 'project', '/-/forks', (project) => numberOr(project.forksCount, noRepository(project)))],
  ['star_count', fact('stars', 'yellowgreen', 'project', '/-/starrers', ({ starCount }) => String(starCount))],
  ['commits', fact('commits', 'red', 'commitCount', '/-/commits', (count) => String(count))],
  ['last_commit', fact('last Commit', 'lightgrey', 'commit', '/-/commits', (commit) => (commit ? dated(monthAndYear(commit.createdAt)) : { missing: noCommits }))],
  ['release', fact('release', 'green', 'releases', '/-/releases', ({ newest }) => (newest ? newest.name || newest.tagName : { missing: noRelease }))],
  ['last_release', fact('last Release', 'lightgrey', 'releases', '/-/releases', ({ newest }) => (newest ? dated(monthAndYear(newest.releasedAt)) : { missing: noRelease }))],
  ['releases', fact('releases', 'red', 'releases', '/-/releases', ({ count }) => String(count))],
  ['tag', fact('tag', 'green', 'tag', '/-/tags', (tag) => tag?.name || { missing: noTag })],
  ['last_tag', fact('last Tag', 'lightgrey', 'tag', '/-/tags', (tag) => (tag ? dated(tag.commitCreatedAt && monthAndYear(tag.commitCreatedAt)) : { missing: noTag }))],
]);

export const noCommits = 'The repository has no commits yet.';
const noIssues = "Issues are switched off in this project, or hidden from this token's role.";
const noRelease = 'There is no release yet.';
const noTag = 'There is no tag yet.';

/** Guests of a private project see the project, but nothing of its repository. */
function noRepository(project: Project): string {
  if (project.emptyRepository) return noCommits;
  return "GitLab does not show the repository to this token: its role must be Reporter or higher, and the project's repository switched on.";
}

function noLicense(project: Project): string {
  if (project.emptyRepository) return noCommits;
  if (project.defaultBranch === null) return noRepository(project);
  return 'GitLab found no license file on the default branch.';
}

const numberOr = (count: number | null | undefined, missing: string): Rendering => (count == null ? { missing } : String(count));
const dated = (date: string | null): Rendering => date ?? { missing: 'GitLab names no date for it.' };

function fact<Name extends RequestName>(label: string, color: string, request: Name, page: string, render: FactBadge<Name>['render']): FactBadge {
  return { label, color, request, page, render };
}
