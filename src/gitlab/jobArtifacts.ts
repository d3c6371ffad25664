import type { Connection } from './connection';
import { isGitLabError } from './gitlabError';

export interface ArtifactAddress {
  /** Branch or tag. */
  readonly ref: string;
  readonly job: string;
  /** Within the artifacts, with `/`. */
  readonly path: string;
}

/**
 * One file of the artifacts that the job kept in the last successful pipeline of the branch. GitLab may send on to an object storage,
 * which gets no token. Rejects with GitLabError, e.g. `not-found`, also where no pipeline was successful yet, or `too-large`.
 */
export function downloadArtifact(connection: Connection, project: string, { ref, job, path }: ArtifactAddress, maxBytes: number, signal?: AbortSignal): Promise<string> {
  return connection.download(artifactUrl(connection.instance, project, { ref, job, path }), { maxBytes }, signal);
}

/** Where GitLab's API has the file. */
export function artifactUrl(instance: string, project: string | number, { ref, job, path }: ArtifactAddress): string {
  return `${artifactsUrl(instance, project, ref)}/raw/${path.split('/').map(encodeURIComponent).join('/')}?job=${encodeURIComponent(job)}`;
}

/** Whether the job kept artifacts in the last successful pipeline of the branch; they may have expired. Nothing of them is read. False also where GitLab does not tell. */
export async function hasArtifacts(connection: Connection, project: string | number, { ref, job }: Omit<ArtifactAddress, 'path'>, signal?: AbortSignal): Promise<boolean> {
  try {
    await connection.download(`${artifactsUrl(connection.instance, project, ref)}/download?job=${encodeURIComponent(job)}`, { maxBytes: 0 }, signal);
    return true;
  } catch (error) {
    signal?.throwIfAborted();
    if (isGitLabError(error)) return error.reason === 'too-large';
    throw error;
  }
}

function artifactsUrl(instance: string, project: string | number, ref: string): string {
  return `${instance}/api/v4/projects/${encodeURIComponent(project)}/jobs/artifacts/${encodeURIComponent(ref)}`;
}
