import type { FactOptions } from '../../core/facts';
import type { Connection } from '../../gitlab/connection';
import { isGitLabError } from '../../gitlab/gitlabError';
import type { IssueCounts, IssueFilter } from '../../gitlab/issues';
import { countMergeRequests, type MergeRequestState, queryMergeRequestCount } from '../../gitlab/mergeRequestCounts';
import { listActiveMilestones, queryActiveMilestones } from '../../gitlab/milestones';
import { getNewestPackages } from '../../gitlab/newestPackages';
import { getJobCoverage, type LatestPipeline } from '../../gitlab/pipelines';
import type { AskProject } from '../../gitlab/projectQuery';
import { getLanguages, getProject, type Project } from '../../gitlab/projects';
import { getReleases } from '../../gitlab/releases';
import { type Commit, countCommits, countContributors, getNewestTags } from '../../gitlab/repository';
import { overGraphQL } from '../overGraphQL';
import { nextMilestone } from './nextMilestone';

/** What a request may use: the connection, and the answer about the project, which is fetched once for all. */
export interface Asking {
  readonly connection: Connection;
  readonly project: string;
  readonly signal: AbortSignal;
  readonly options: FactOptions;
  /** The stems that are wanted: what is listed for one of them serves the others as well. */
  readonly stems: ReadonlySet<string>;
  readonly getProject: () => Promise<Project>;
  /** Of the same issues once for all. */
  readonly countIssues: (filter: IssueFilter) => Promise<IssueCounts>;
  /** The latest pipeline and the newest commit of a branch, without one of the default branch; each is fetched once for all. */
  readonly getPipeline: (branch: string | undefined) => Promise<LatestPipeline>;
  readonly getCommit: (branch: string | undefined) => Promise<Commit | null>;
  /** Where more than one request may share one over GraphQL. */
  readonly askProject: AskProject | null;
  /** When it is asked, ISO 8601 in UTC. */
  readonly at: string;
  /** Where a checkout is at hand. */
  readonly countAuthors?: CountAuthors | undefined;
}

/** The addresses of those who wrote a commit and all before it; null where nobody can tell. Rejects only when aborted. */
export type CountAuthors = (sha: string, signal: AbortSignal) => Promise<number | null>;

/** Everything that is asked for the fact badges, each at most once a run for the same options, all side by side. */
export const requests = {
  project: (asking: Asking) => asking.getProject(),
  commitCount,
  issues: issueCounts,
  milestone: milestoneProgress,
  contributors,
  commit: ({ options, getCommit }: Asking) => getCommit(options.branch),
  releases: ({ connection, project, stems, signal }: Asking) => getReleases(connection, project, { first: stems.has('release_version') || stems.has('release.version') ? searchedVersions : 1 }, signal),
  tags: ({ connection, project, stems, signal }: Asking) => getNewestTags(connection, project, { first: stems.has('tag_version') || stems.has('tag.version') ? searchedVersions : 1 }, signal),
  pipeline: latestPipeline,
  openMergeRequests: mergeRequestCount('opened'),
  mergedMergeRequests: mergeRequestCount('merged'),
  closedMergeRequests: mergeRequestCount('closed'),
  packages: ({ connection, project, options, signal }: Asking) => getNewestPackages(connection, project, options.package, signal),
  languages: ({ connection, project, signal }: Asking) => getLanguages(connection, project, signal),
};

/** The highest version is looked for among so many releases or tags, those of the latest date: one page. */
export const searchedVersions = 100;

export type RequestName = keyof typeof requests;

export type Answers = { readonly [name in RequestName]: Awaited<ReturnType<(typeof requests)[name]>> };

/** Whether GraphQL answers it in one request with others; REST answers one at a time, and by itself as fast. */
export function mayShare(name: RequestName, { milestone }: FactOptions): boolean {
  return name === 'milestone' ? milestone === undefined : ['openMergeRequests', 'mergedMergeRequests', 'closedMergeRequests'].includes(name);
}

/** Tells requests apart that are not answered alike. Whether pre-releases count is decided about what was answered. */
export function requestKey(name: RequestName, { prerelease: _, ...options }: FactOptions): string {
  return Object.keys(options).length === 0 ? name : `${name} ${JSON.stringify(options)}`;
}

/** The project with everything that comes along with it in one answer. */
export function projectOnce(connection: Connection, project: string, signal: AbortSignal): () => Promise<Project> {
  let answer: Promise<Project> | undefined;
  return () => (answer ??= getProject(connection, project, { license: true, statistics: true }, signal));
}

/** What is asked of a branch, or of anything else, once for each. */
export function onceEach<About, T>(ask: (about: About) => Promise<T>): (about: About) => Promise<T> {
  const answers = new Map<string | undefined, Promise<T>>();
  return (about) => {
    const key = JSON.stringify(about);
    const answer = answers.get(key) ?? ask(about);
    answers.set(key, answer);
    return answer;
  };
}

/** How many commits GitLab looks at for its count of contributors. */
const countedCommits = 2000;

/** GitLab's count, or that of the checkout where the history is longer than GitLab looks. */
async function contributors({ connection, project, signal, getProject: get, getCommit, countAuthors }: Asking): Promise<number> {
  const counting = countContributors(connection, project, signal);
  if (!countAuthors) return counting;
  const [count, commitCount] = await Promise.all([counting, get().then((found) => found.commitCount, () => 0)]);
  if (commitCount !== null && commitCount <= countedCommits) return count;
  const commit = await getCommit(undefined).catch((error: unknown) => {
    if (isGitLabError(error)) return null;
    throw error;
  });
  const all = commit && (await countAuthors(commit.sha, signal));
  return Math.max(count, all ?? 0);
}

/** With the coverage of the job that is wanted, if one is; `hasJob` says whether it is there. */
async function latestPipeline({ connection, project, options: { branch, job }, signal, getPipeline }: Asking): Promise<LatestPipeline & { readonly hasJob: boolean }> {
  const latest = await getPipeline(branch);
  if (job === undefined) return { ...latest, hasJob: true };
  const coverage = await getJobCoverage(connection, project, latest.id, job, signal);
  return { ...latest, coverage: coverage ?? null, hasJob: coverage !== undefined };
}

function mergeRequestCount(state: MergeRequestState) {
  return ({ connection, project, options, signal, askProject }: Asking): Promise<number> => {
    const overRest = () => countMergeRequests(connection, project, state, options, signal);
    return askProject ? overGraphQL(() => queryMergeRequestCount(askProject, state, options), overRest) : overRest();
  };
}

/** Null where issues are off: GitLab then answers as for a project without any. */
async function issueCounts({ options: { labels, milestone }, countIssues, getProject: get }: Pick<Asking, 'options' | 'countIssues' | 'getProject'>): Promise<IssueCounts | null> {
  const counts = await countIssues({ labels, milestone });
  return counts.all === 0 && (await get()).issuesEnabled === false ? null : counts;
}

/** Of the milestone that is wanted, or else of the active one that is due next; `title` is null where there is none. */
async function milestoneProgress(asking: Asking): Promise<{ readonly title: string | null; readonly counts: IssueCounts | null }> {
  const title = asking.options.milestone ?? (await nextTitle(asking));
  return { title, counts: title === null ? null : await issueCounts({ ...asking, options: { ...asking.options, milestone: title } }) };
}

async function nextTitle({ connection, project, signal, askProject, at }: Asking): Promise<string | null> {
  const overRest = () => listActiveMilestones(connection, project, signal);
  const milestones = askProject ? await overGraphQL(() => queryActiveMilestones(askProject), overRest) : await overRest();
  return nextMilestone(milestones, at.slice(0, 10))?.title ?? null;
}

/** GitLab keeps the count ready, for Reporters and above, and as 0 until it has counted once. Only then it is counted by request. */
async function commitCount({ connection, project, signal, getProject: get }: Asking): Promise<number> {
  const { emptyRepository, commitCount: ready } = await get();
  if (emptyRepository) return 0;
  return ready || countCommits(connection, project, signal);
}
