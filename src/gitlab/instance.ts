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
  try {
    const { body } = await transport.request({ method: 'GET', path: 'version', responseType: 'json', ...(signal && { signal }) });
    if (marked || hasVersion(body)) return { gitlab: true };
    return { gitlab: false, reason: `${instance} answers, but not as a GitLab does. Check the address.` };
  } catch (error) {
    if (!isGitLabError(error)) throw error;
    const asksForToken = error.reason === 'unauthorized' && error.details.answer === '401 Unauthorized';
    if (marked || asksForToken) return { gitlab: true };
    if (error.details.status === 404) {
      return { gitlab: false, reason: `${instance} has no GitLab API. If GitLab lives in a folder of that host, add it: ${instance}/gitlab.` };
    }
    return { gitlab: false, reason: error.message };
  }
}

function hasVersion(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'string';
}
