import type { Connection } from './connection';

interface ArtifactAddress {
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
  const file = path.split('/').map(encodeURIComponent).join('/');
  const url = `${connection.instance}/api/v4/projects/${encodeURIComponent(project)}/jobs/artifacts/${encodeURIComponent(ref)}/raw/${file}?job=${encodeURIComponent(job)}`;
  return connection.download(url, { maxBytes }, signal);
}
