import type { FactOptions } from '../../core/facts';
import { latestVersion, type Version } from '../../core/version';
import type { Project } from '../../gitlab/projects';
import { coverageColor, percentText } from '../coverage/percent';
import { countText, sizeText } from '../../core/amounts';
import { dayMonthAndYear, daysBetween, monthAndYear } from '../../core/dates';
import { type Answers, type RequestName, searchedVersions } from './requests';

/** A message, by itself or with a colour and a value that speak for it, or the reason why GitLab has none. */
export type Rendering = string | Rendered | { readonly missing: string };

export interface Rendered {
  readonly message: string;
  readonly color?: string;
  /** See KnownBadge. */
  readonly value?: number;
}

/** What a message depends on besides the answer. */
interface Circumstances {
  readonly options: FactOptions;
  /** When GitLab was asked, ISO 8601. */
  readonly at: string;
}

export interface FactBadge<Name extends RequestName = RequestName> {
  readonly label: string;
  readonly color: string;
  readonly request: Name;
  /** Where a person finds the fact, below the project's own page: `/-/issues`. */
  readonly page: string;
  render(answer: Answers[Name], circumstances: Circumstances): Rendering;
}

/**
 * The fact badges by stem. Down to `last_tag`, stems, labels, messages and colours are those of badges-gitlab, which scripts rely on;
 * below, messages and colours follow shields.
 */
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
  ['last_commit', fact('last Commit', 'lightgrey', 'commit', '/-/commits', (commit, { options }) => (commit ? dated(monthAndYear(commit.createdAt)) : { missing: noCommit(options) }))],
  ['release', fact('release', 'green', 'releases', '/-/releases', ({ releases: [newest] }) => newest?.name || { missing: noRelease })],
  ['last_release', fact('last Release', 'lightgrey', 'releases', '/-/releases', ({ releases: [newest] }) => (newest ? dated(monthAndYear(newest.releasedAt)) : { missing: noRelease }))],
  ['releases', fact('releases', 'red', 'releases', '/-/releases', ({ count }) => String(count))],
  ['tag', fact('tag', 'green', 'tags', '/-/tags', ([tag]) => tag?.name || { missing: noTag })],
  ['last_tag', fact('last Tag', 'lightgrey', 'tags', '/-/tags', ([tag]) => (tag ? dated(tag.commitCreatedAt && monthAndYear(tag.commitCreatedAt)) : { missing: noTag }))],
  ['pipeline', fact('pipeline', 'lightgrey', 'pipeline', '/-/pipelines', ({ status }) => pipelineStates.get(status) ?? { message: status.replaceAll('_', ' ') })],
  ['coverage', fact('coverage', 'lightgrey', 'pipeline', '/-/pipelines', covered)],
  ['open_merge_requests', fact('merge requests', 'blue', 'openMergeRequests', '/-/merge_requests', (count) => counted(count, 'open'))],
  ['merged_merge_requests', fact('merge requests', 'blue', 'mergedMergeRequests', '/-/merge_requests?state=merged', (count) => counted(count, 'merged'))],
  ['closed_merge_requests', fact('merge requests', 'blue', 'closedMergeRequests', '/-/merge_requests?state=closed', (count) => counted(count, 'closed'))],
  ['milestone', fact('milestone', 'blue', 'milestone', '/-/milestones', milestoneProgress)],
  ['release_version', fact('release', 'blue', 'releases', '/-/releases', (answer, circumstances) => highestRelease(answer, circumstances, 'v'))],
  ['tag_version', fact('tag', 'blue', 'tags', '/-/tags', (tags, { options }) => highestTag(tags, options, 'v'))],
  ['commit_age', fact('last commit', 'lightgrey', 'commit', '/-/commits', (commit, { options, at }) => (commit ? aged(commit.createdAt, at) : { missing: noCommit(options) }))],
  ['package', fact('package', 'blue', 'packages', '/-/packages', (packages, circumstances) => packageVersion(packages, circumstances))],
  ['top_language', fact('language', 'blue', 'languages', '/-/graphs/HEAD/charts', ([top]) => (top ? { message: `${top.name.toLowerCase()} ${top.percent}%`, value: top.percent } : { missing: noLanguage }))],
  ['languages', fact('languages', 'blue', 'languages', '/-/graphs/HEAD/charts', (languages) => (languages.length > 0 ? String(languages.length) : { missing: noLanguage }))],
  ['repository_size', fact('repository size', 'blue', 'project', '/-/usage_quotas', ({ sizes }) => sized(sizes?.repository))],
  ['artifacts_size', fact('artifacts size', 'blue', 'project', '/-/artifacts', ({ sizes }) => sized(sizes?.jobArtifacts))],
  ['visibility', fact('visibility', 'lightgrey', 'project', '', ({ visibility }) => (visibility === null ? { missing: noShortForm } : { message: visibility, color: visibility === 'public' ? 'brightgreen' : 'lightgrey' }))],
  ['archived', fact('archived', 'lightgrey', 'project', '', ({ archived, visibility }) => {
    // What leaves the one out leaves out the other, too.
    if (visibility === null) return { missing: noShortForm };
    return archived ? { message: 'yes', color: 'orange' } : { message: 'no', color: 'brightgreen' };
  })],
]);

const passed = { message: 'passed', color: 'brightgreen' };
const running = { message: 'running', color: 'blue' };
const pending = { message: 'pending', color: 'yellow' };
const pipelineStates: ReadonlyMap<string, Rendered> = new Map([
  ['success', passed],
  ['failed', { message: 'failed', color: 'red' }],
  ['running', running],
  ['canceling', running],
  ...['created', 'waiting_for_resource', 'waiting_for_callback', 'preparing', 'pending', 'scheduled'].map((status) => [status, pending] as const),
]);

function covered({ coverage, hasJob }: Answers['pipeline'], { options: { job } }: Circumstances): Rendering {
  if (coverage !== null) return { message: percentText(coverage), color: coverageColor(coverage), value: coverage };
  if (job === undefined) return { missing: noCoverage };
  return { missing: hasJob ? `The job "${job}" of the latest pipeline reported no coverage: it has no “coverage” pattern, or has not ended.` : `The latest pipeline has no job "${job}".` };
}

function counted(count: number, what: string): Rendering {
  return { message: `${countText(count)} ${what}`, value: count };
}

function milestoneProgress({ title, counts }: Answers['milestone']): Rendering {
  if (title === null) return { missing: 'There is no active milestone.' };
  if (!counts) return { missing: noIssues };
  if (counts.all === 0) return { missing: `No issue belongs to a milestone with the title "${title}".` };
  const percent = (100 * counts.closed) / counts.all;
  return { message: `${title} ${percentText(percent)}`, value: percent, ...(percent >= 100 && { color: 'brightgreen' }) };
}

/** Of those that are published already. */
export function highestRelease({ releases, count }: Answers['releases'], { options, at }: Circumstances, prefix: 'v' | ''): Rendering {
  if (count === 0) return { missing: noRelease };
  const published = releases.filter(({ releasedAt }) => Date.parse(releasedAt) <= Date.parse(at));
  return highestVersion(published.map(({ tagName }) => tagName), options, 'release', prefix);
}

export function highestTag(tags: Answers['tags'], options: FactOptions, prefix: 'v' | ''): Rendering {
  return tags.length === 0 ? { missing: noTag } : highestVersion(tags.map(({ name }) => name), options, 'tag', prefix);
}

function highestVersion(names: readonly string[], { prerelease = false }: FactOptions, what: 'release' | 'tag', prefix: 'v' | ''): Rendering {
  const version = latestVersion(names, prerelease);
  return version ? versioned(version, `${prefix}${version.text}`) : { missing: `None of the newest ${searchedVersions} ${what}s is called after a version such as v1.2.3.` };
}

export function packageVersion(packages: Answers['packages'], { options: { package: name, prerelease = true } }: Circumstances, withName = name === undefined): Rendering {
  const [newest] = packages;
  if (!newest) return { missing: name === undefined ? 'There is no package in the registry yet.' : `There is no package with the name "${name}" in the registry.` };
  const version = latestVersion(packages.flatMap((each) => each.version ?? []), prerelease);
  const text = version?.text ?? newest.version;
  if (text === null) return { missing: `The package "${newest.name}" has no version.` };
  const message = withName ? `${newest.name} ${text}` : text;
  return version ? versioned(version, message) : { message };
}

/** What is not stable yet is orange. Thresholds go by the major version. */
function versioned({ numbers: [major], prerelease }: Version, message: string): Rendered {
  return { message, value: major, ...((major === 0 || prerelease.length > 0) && { color: 'orange' }) };
}

/** The day, in a colour by the days that have passed since. */
function aged(iso: string, at: string): Rendering {
  const message = dayMonthAndYear(iso);
  const days = daysBetween(iso, at);
  if (message === null || days === null) return { missing: noDate };
  return { message, color: ageColors.find(({ below }) => days < below)?.color ?? 'red', value: days };
}

const ageColors = [
  { below: 7, color: 'brightgreen' },
  { below: 30, color: 'green' },
  { below: 180, color: 'yellowgreen' },
  { below: 365, color: 'yellow' },
  { below: 730, color: 'orange' },
];

/** Thresholds go by MiB. */
function sized(bytes: number | undefined): Rendering {
  return bytes === undefined ? { missing: noSizes } : { message: sizeText(bytes), value: bytes / 1024 ** 2 };
}

export const noCommits = 'The repository has no commits yet.';
const noIssues = "Issues are switched off in this project, or hidden from this token's role.";
export const noRelease = 'There is no release yet.';
export const noTag = 'There is no tag yet.';
const noCoverage = 'The latest pipeline has no coverage: no job reported one yet, or none has a “coverage” pattern.';
export const noLanguage = 'GitLab found no language yet: it looks a while after the first push.';
export const noSizes = "GitLab shows a project's sizes from the role Reporter up.";
const noShortForm = 'Without a sign-in GitLab does not tell it: a token with the read_api scope is needed.';
export const noDate = 'GitLab names no date for it.';

export const noCommit = ({ branch }: FactOptions): string => (branch === undefined ? noCommits : `There is no branch "${branch}", or it has no commits.`);

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
const dated = (date: string | null): Rendering => date ?? { missing: noDate };

export function fact<Name extends RequestName>(label: string, color: string, request: Name, page: string, render: FactBadge<Name>['render']): FactBadge {
  return { label, color, request, page, render };
}
