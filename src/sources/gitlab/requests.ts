import type { Connection } from '../../gitlab/connection';
import { getIssueCounts, type IssueCounts } from '../../gitlab/issues';
import { getProject, type Project } from '../../gitlab/projects';
import { getReleases } from '../../gitlab/releases';
import { countCommits, countContributors, getNewestCommit, getNewestTag } from '../../gitlab/repository';

/** What a request may use: the connection, and the answer about the project, which is fetched once for all. */
export interface Asking {
  readonly connection: Connection;
  readonly project: string;
  readonly signal: AbortSignal;
  readonly getProject: () => Promise<Project>;
}

/** Everything that is asked for the fact badges, each at most once a run, all side by side. */
export const requests = {
  project: (asking: Asking) => asking.getProject(),
  commitCount,
  issues: issueCounts,
  contributors: ({ connection, project, signal }: Asking) => countContributors(connection, project, signal),
  commit: ({ connection, project, signal }: Asking) => getNewestCommit(connection, project, signal),
  releases: ({ connection, project, signal }: Asking) => getReleases(connection, project, signal),
  tag: ({ connection, project, signal }: Asking) => getNewestTag(connection, project, signal),
};

export type RequestName = keyof typeof requests;

export type Answers = { readonly [name in RequestName]: Awaited<ReturnType<(typeof requests)[name]>> };

/** The project with everything that comes along with it in one answer. */
export function projectOnce(connection: Connection, project: string, signal: AbortSignal): () => Promise<Project> {
  let answer: Promise<Project> | undefined;
  return () => (answer ??= getProject(connection, project, { license: true, statistics: true }, signal));
}

/** Null where issues are off: GitLab then answers as for a project without any. */
async function issueCounts({ connection, project, signal, getProject: get }: Asking): Promise<IssueCounts | null> {
  const counts = await getIssueCounts(connection, project, signal);
  return counts.all === 0 && (await get()).issuesEnabled === false ? null : counts;
}

/** GitLab keeps the count ready, for Reporters and above, and as 0 until it has counted once. Only then it is counted by request. */
async function commitCount({ connection, project, signal, getProject: get }: Asking): Promise<number> {
  const { emptyRepository, commitCount: ready } = await get();
  if (emptyRepository) return 0;
  return ready || countCommits(connection, project, signal);
}
