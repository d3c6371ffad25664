import type { Fact, Origin } from '../../core/fact';
import type { ProjectFacts } from '../../core/levels/facts';
import { type GitLabError, isGitLabError } from '../../gitlab/gitlabError';
import type { Project } from '../../gitlab/projects';

/** A part of a project that facts come from. */
type Part = 'commits' | 'issues' | 'members' | 'releases' | 'tags' | 'packages' | 'images' | 'pipelines' | 'mergeRequests' | 'protection';

/** Thrown by a reading whose answer is that there is none: a feature that is off, no data yet. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * Turns a reading into a fact: what GitLab refuses is unknown, what should work and does not has failed. Rejects with the
 * signal's reason where it is aborted, and with GitLabError where the project itself cannot be read.
 */
type ReadFact = <T>(part: Part, reading: () => Promise<T>) => Promise<Fact<T>>;

interface FactReaderOptions {
  readonly instance: string;
  readonly isJobToken: boolean;
  readonly project: () => Promise<Project>;
  /** When the facts are read, ISO 8601 in UTC. */
  readonly at: string;
  readonly signal: AbortSignal;
}

export function createFactReader({ instance, isJobToken, project, at, signal }: FactReaderOptions): ReadFact {
  return async (part, reading) => {
    const outcome = await settle(reading);
    const { path, webUrl } = await project();
    const origin: Origin = { kind: 'gitlab', text: `${path} on ${instance.replace(/^https?:\/\//, '')}`, url: webUrl + pages[part], at };
    if ('value' in outcome) return { status: 'known', value: outcome.value, origin };
    return { ...explain(part, path, outcome.error), origin };
  };

  async function settle<T>(reading: () => Promise<T>): Promise<{ value: T } | { error: GitLabError | NoAnswer }> {
    try {
      return { value: await reading() };
    } catch (error) {
      signal.throwIfAborted();
      if (isGitLabError(error) || error instanceof NoAnswer) return { error };
      throw error;
    }
  }

  function explain(part: Part, path: string, error: GitLabError | NoAnswer): { status: 'unknown' | 'failed'; reason: string } {
    if (error instanceof NoAnswer) return { status: 'unknown', reason: error.message };
    const { reason, message, details } = error;
    if (reason === 'insufficient-scope') return { status: 'unknown', reason: message };
    if (reason !== 'forbidden' && reason !== 'not-found' && reason !== 'unauthorized') return { status: 'failed', reason: message };
    const answer = details.status === undefined ? 'GitLab refused' : `GitLab answered ${details.status} for`;
    const advice = isJobToken ? `${needs[part].doing} needs more than a CI job token: set GITLAB_TOKEN to a token with the read_api scope.` : `${needs[part].doing} needs ${needs[part].what}.`;
    return { status: 'unknown', reason: `${answer} ${path}: ${advice}` };
  }
}

/** The part of the project that the facts describe. */
export function describeProject(project: Project): ProjectFacts['project'] {
  return { path: project.path, webUrl: project.webUrl, archived: project.archived, emptyRepository: project.emptyRepository };
}

/** Where a person finds it, below the project's own page. */
const pages: Readonly<Record<Part, string>> = {
  commits: '/-/commits',
  issues: '/-/issues',
  members: '/-/project_members',
  releases: '/-/releases',
  tags: '/-/tags',
  packages: '/-/packages',
  images: '/container_registry',
  pipelines: '/-/pipelines',
  mergeRequests: '/-/merge_requests?state=merged',
  protection: '/-/branches',
};

const code = 'a token with the read_api scope and at least the role Reporter in a private project, and the repository switched on';

const needs: Readonly<Record<Part, { readonly doing: string; readonly what: string }>> = {
  commits: { doing: 'reading commits', what: code },
  issues: { doing: 'reading issues with what happened to them', what: 'a token with the read_api scope, and issues switched on' },
  members: { doing: 'listing members', what: 'a token with the read_api scope, in some projects that of a member' },
  releases: { doing: 'reading releases', what: 'a token with the read_api scope that may see the project, and releases switched on' },
  tags: { doing: 'reading tags', what: code },
  packages: { doing: 'reading packages', what: 'a token with the read_api scope and at least the role Reporter in a private project, and the package registry switched on' },
  images: { doing: 'reading container images', what: 'a token with the read_api scope and at least the role Reporter in a private project, and the container registry switched on' },
  pipelines: { doing: 'reading pipelines', what: 'a token with the read_api scope and at least the role Reporter in a private project, and CI/CD switched on' },
  mergeRequests: { doing: 'reading merge requests', what: 'a token with the read_api scope and at least the role Reporter in a private project, and merge requests switched on' },
  protection: { doing: 'listing protected branches', what: 'a token with the read_api scope and the role Maintainer' },
};
