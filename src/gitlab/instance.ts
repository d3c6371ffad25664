import { isGitLabError } from './gitlabError';
import { createTransport, type Fetch } from './transport';

/** Scheme, host and port of an instance: what a token is bound to. */
export function originOf(instance: string): string {
  return new URL(instance).origin;
}

/**
 * Asks whether a GitLab answers at an address. Sends no token.
 * The reason says what answered instead and what to try. Rejects only when aborted.
 */
export async function probeInstance(
  fetch: Fetch,
  instance: string,
  signal?: AbortSignal,
): Promise<{ gitlab: true } | { gitlab: false; reason: string }> {
  let marked = false;
  const transport = createTransport({
    instance,
    // Answers that passed GitLab's API layer carry this header, whatever their status.
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      marked ||= response.headers.has('x-gitlab-meta');
      return response;
    },
    retry: { attempts: 1 },
    timeoutMs: 15_000,
    maxBodyBytes: 64 * 1024,
  });
  const ask = async (path: string): Promise<Answered> => {
    try {
      const { body } = await transport.request({ method: 'GET', path, responseType: 'json', ...(signal && { signal }) });
      return marked || hasVersion(body) ? 'gitlab' : { status: 200, reason: `${instance} answers, but not as a GitLab does. Check the address.` };
    } catch (error) {
      if (!isGitLabError(error)) throw error;
      const { status, answer } = error.details;
      if (error.reason === 'unauthorized' && answer === '401 Unauthorized') return 'gitlab';
      // Below a GitLab's address its API answers 404 as well, but there is no GitLab.
      if (status === 404) return { status, reason: `${instance} has no GitLab API. If GitLab lives in a folder of that host, add it: ${instance}/gitlab.` };
      return marked ? 'gitlab' : { status, reason: error.message };
    }
  };
  const first = await ask('version');
  // Not every proxy in front of a GitLab lets the version through; who is asking it must answer everyone.
  const answered = first !== 'gitlab' && first.status === 404 ? await ask('user') : first;
  return answered === 'gitlab' ? { gitlab: true } : { gitlab: false, reason: answered.reason };
}

type Answered = 'gitlab' | { readonly status: number | undefined; readonly reason: string };

function hasVersion(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'string';
}
