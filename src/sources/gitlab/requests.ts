import type { FactOptions } from '../../core/facts';
import type { Connection } from '../../gitlab/connection';
import { getIssueCounts, type IssueCounts } from '../../gitlab/issues';
import { countMergeRequests } from '../../gitlab/mergeRequestCounts';
import { getNewestPackages } from '../../gitlab/newestPackages';
import { getLatestPipeline } from '../../gitlab/pipelines';
import { getLanguages, getProject, type Project } from '../../gitlab/projects';
import { getReleases } from '../../gitlab/releases';
import { countCommits, countContributors, getNewestCommit, getNewestTags } from '../../gitlab/repository';

/** What a request may use: the connection, and the answer about the project, which is fetched once for all. */
export interface Asking {
  readonly connection: Connection;
  readonly project: string;
  readonly signal: AbortSignal;
  readonly options: FactOptions;
  /** The stems that are wanted: what is listed for one of them serves the others as well. */
  readonly stems: ReadonlySet<string>;
  readonly getProject: () => Promise<Project>;
}

/** Everything that is asked for the fact badges, each at most once a run for the same options, all side by side. */
export const requests = {
  project: (asking: Asking) => asking.getProject(),
  commitCount,
  issues: issueCounts,
  contributors: ({ connection, project, signal }: Asking) => countContributors(connection, project, signal),
  commit: ({ connection, project, options, signal }: Asking) => getNewestCommit(connection, project, options.branch, signal),
  releases: ({ connection, project, stems, signal }: Asking) => getReleases(connection, project, { first: stems.has('release_version') ? searchedVersions : 1 }, signal),
  tags: ({ connection, project, stems, signal }: Asking) => getNewestTags(connection, project, { first: stems.has('tag_version') ? searchedVersions : 1 }, signal),
  pipeline: ({ connection, project, options, signal }: Asking) => getLatestPipeline(connection, project, options.branch, signal),
  openMergeRequests: ({ connection, project, options, signal }: Asking) => countMergeRequests(connection, project, 'opened', options, signal),
  mergedMergeRequests: ({ connection, project, options, signal }: Asking) => countMergeRequests(connection, project, 'merged', options, signal),
  closedMergeRequests: ({ connection, project, options, signal }: Asking) => countMergeRequests(connection, project, 'closed', options, signal),
  packages: ({ connection, project, options, signal }: Asking) => getNewestPackages(connection, project, options.package, signal),
  languages: ({ connection, project, signal }: Asking) => getLanguages(connection, project, signal),
};

/** The highest version is looked for among so many releases or tags, those of the latest date: one page. */
export const searchedVersions = 100;

export type RequestName = keyof typeof requests;

export type Answers = { readonly [name in RequestName]: Awaited<ReturnType<(typeof requests)[name]>> };

/** Tells requests apart that are not answered alike. Whether pre-releases count is decided about what was answered. */
export function requestKey(name: RequestName, { prerelease: _, ...options }: FactOptions): string {
  return Object.keys(options).length === 0 ? name : `${name} ${JSON.stringify(options)}`;
}

/** The project with everything that comes along with it in one answer. */
export function projectOnce(connection: Connection, project: string, signal: AbortSignal): () => Promise<Project> {
  let answer: Promise<Project> | undefined;
  return () => (answer ??= getProject(connection, project, { license: true, statistics: true }, signal));
}

/** Null where issues are off: GitLab then answers as for a project without any. */
async function issueCounts({ connection, project, options, signal, getProject: get }: Asking): Promise<IssueCounts | null> {
  const counts = await getIssueCounts(connection, project, options, signal);
  return counts.all === 0 && (await get()).issuesEnabled === false ? null : counts;
}

/** GitLab keeps the count ready, for Reporters and above, and as 0 until it has counted once. Only then it is counted by request. */
async function commitCount({ connection, project, signal, getProject: get }: Asking): Promise<number> {
  const { emptyRepository, commitCount: ready } = await get();
  if (emptyRepository) return 0;
  return ready || countCommits(connection, project, signal);
}
