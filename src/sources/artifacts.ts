import type { ArtifactSource } from '../core/definition';
import { isGitLabError } from '../gitlab/gitlabError';
import { downloadArtifact } from '../gitlab/jobArtifacts';
import type { FactProject } from './gitlab/factBadges';
import { projectOnce } from './gitlab/requests';

export interface Artifact {
  readonly text: string;
  /** Its page on GitLab. */
  readonly url: string;
}

/** Reads a file that a CI job kept. Rejects with ArtifactError, or with the signal's reason. */
export type ReadArtifact = (source: ArtifactSource, signal: AbortSignal) => Promise<Artifact>;

/** An artifact could not be had; the message names it and says what to do. */
class ArtifactError extends Error {
  override readonly name = 'ArtifactError';
  constructor(
    /** As of a fact: `unknown` where GitLab has none. */
    readonly status: 'unknown' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

/** A report is smaller, and all of it is in memory. */
const maxArtifactBytes = 16 * 1024 * 1024;

/** Artifacts of the last successful pipeline of a branch, without one of the default branch: a request each. */
export function artifactsOf({ connection, ref, isJobToken, getProject }: FactProject): ReadArtifact {
  return async (source, signal) => {
    const name = artifactName(source);
    try {
      const { path, defaultBranch } = await (getProject ?? projectOnce(connection, ref.project, signal))();
      const branch = source.branch ?? defaultBranch;
      if (branch === null) throw new ArtifactError('unknown', `${name}: GitLab does not show the default branch to this token: name a branch.`);
      const text = await downloadArtifact(connection, ref.project, { ...source, ref: branch }, maxArtifactBytes, signal);
      const file = source.path.split('/').map(encodeURIComponent).join('/');
      return { text, url: `${ref.instance}/${path}/-/jobs/artifacts/${branch.split('/').map(encodeURIComponent).join('/')}/file/${file}?job=${encodeURIComponent(source.job)}` };
    } catch (error) {
      signal.throwIfAborted();
      if (!isGitLabError(error)) throw error;
      if (error.reason === 'not-found') throw new ArtifactError('unknown', `${name}: the last successful pipeline of the branch has no job of that name that kept the file, or none was successful yet.`);
      const advice = isJobToken && error.reason === 'forbidden' ? ' Set GITLAB_TOKEN to a token with the read_api scope.' : '';
      const hasNone = error.reason === 'forbidden' || error.reason === 'insufficient-scope';
      throw new ArtifactError(hasNone ? 'unknown' : 'failed', `${name}: ${error.message}${advice}`);
    }
  };
}

/** The same, where what was answered before is remembered in `answers`, refusals included. */
export function remembered(read: ReadArtifact, answers: Map<string, Promise<Artifact>>): ReadArtifact {
  return (source, signal) => {
    const key = JSON.stringify([source.branch ?? null, source.job, source.path]);
    const known = answers.get(key);
    if (known) return known;
    const answer = read(source, signal);
    answers.set(key, answer);
    answer.catch((error: unknown) => {
      if (!isArtifactError(error)) answers.delete(key);
    });
    return answer;
  };
}

export function isArtifactError(error: unknown): error is ArtifactError {
  return error instanceof Error && error.name === 'ArtifactError';
}

export function artifactName({ job, path, branch }: ArtifactSource): string {
  return `${path} of the job “${job}”${branch === undefined ? '' : ` on ${branch}`}`;
}
