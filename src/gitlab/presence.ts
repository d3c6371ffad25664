import type { Connection } from './connection';
import { isGitLabError } from './gitlabError';

/** Whether GitLab says that there is no such file; what it does not tell counts as there. Reads the start of the file at most. */
export async function isMissing(connection: Connection, url: string, signal?: AbortSignal): Promise<boolean> {
  try {
    await connection.download(url, { maxBytes }, signal);
    return false;
  } catch (error) {
    signal?.throwIfAborted();
    if (!isGitLabError(error)) throw error;
    return error.reason === 'not-found';
  }
}

/** To see that it is there; a badge has 2 KB. */
const maxBytes = 16 * 1024;
