import { isGitLabError } from './gitlabError';
import { createTransport, type Fetch } from './transport';

/**
 * The canonical address of an instance: `https://host[:port][/root]`, host in lower case, default port and slash at the end
 * dropped, `/api/v4` at the end dropped. A text without a scheme is taken as https.
 * Null for what is no plain http or https address: another scheme, user info, a query, a fragment.
 */
export function normalizeInstance(text: string): string | null {
  const trimmed = text.trim();
  if (/[\s\\]/.test(trimmed)) return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  // `?` and `#` are looked for in the text, because an empty query or fragment leaves no trace in the parsed form.
  if (url.username || url.password || /[?#@]/.test(address)) return null;
  const root = url.pathname.replace(/\/+$/, '').replace(/\/api\/v4$/, '').replace(/\/+$/, '');
  return url.origin + root;
}

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
