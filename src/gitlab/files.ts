import type { Connection, DownloadOptions } from './connection';
import { parseFileUrl } from './fileUrl';
import { isGitLabError } from './gitlabError';

/**
 * The text of a file under the instance's address. What is named by its page or its raw form is asked of the API, because the
 * addresses for people take no token of a private project (https://docs.gitlab.com/api/repository_files/).
 * Rejects with GitLabError.
 */
export async function downloadFile(connection: Connection, url: string, options: DownloadOptions, signal?: AbortSignal): Promise<string> {
  const address = parseFileUrl(connection.instance, url);
  if (!address) return connection.download(url, options, signal);
  const base = `${connection.instance}/api/v4/projects/${encodeURIComponent(address.project)}/repository/files`;
  for (const [index, { ref, path }] of address.readings.entries()) {
    try {
      return await connection.download(`${base}/${encodeURIComponent(path)}/raw?ref=${encodeURIComponent(ref)}`, options, signal);
    } catch (error) {
      const isWrongRef = isGitLabError(error) && error.reason === 'not-found' && /commit not found/i.test(error.details.answer ?? '');
      if (!isWrongRef || index === address.readings.length - 1) throw error;
    }
  }
  throw new Error('An address of a file has at least one reading.');
}

/** The text of a file of a project's default branch; null where there is none, or GitLab does not give it. */
export async function readRepositoryFile(connection: Connection, project: string, path: string, maxBytes: number, signal?: AbortSignal): Promise<string | null> {
  const url = `${connection.instance}/api/v4/projects/${encodeURIComponent(project)}/repository/files/${encodeURIComponent(path)}/raw?ref=HEAD`;
  try {
    return await connection.download(url, { maxBytes }, signal);
  } catch (error) {
    if (isGitLabError(error)) return null;
    throw error;
  }
}
