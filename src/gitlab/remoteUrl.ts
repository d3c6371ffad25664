import { parseUrl } from '../config/parseUrl';
import { decoded } from '../core/percent';
import type { ProjectRef } from '../core/snapshot';

/** Where a git remote points. User info is dropped, because it may hold a token. */
export interface RemoteUrl {
  readonly scheme: 'ssh' | 'git' | 'http' | 'https';
  /** Lower case; an IPv6 address in brackets. */
  readonly host: string;
  /** Null where none is written or it is the default of http or https. */
  readonly port: number | null;
  /** Decoded, without slashes at its ends and without `.git`. */
  readonly path: string;
}

const schemes = new Map<string, RemoteUrl['scheme']>([
  ['ssh:', 'ssh'],
  ['git+ssh:', 'ssh'],
  ['ssh+git:', 'ssh'],
  ['git:', 'git'],
  ['git+http:', 'http'],
  ['git+https:', 'https'],
  ['http:', 'http'],
  ['https:', 'https'],
]);

/** Hosts that serve SSH for an instance of another name. Source: docs.gitlab.com/user/gitlab_com, "Alternative SSH port". */
const sshHosts = new Map([['altssh.gitlab.com', 'gitlab.com']]);

/** Reads a remote in URL or scp form; null for local paths, `file:` and remote helpers. */
export function parseRemoteUrl(url: string): RemoteUrl | null {
  const text = url.trim();
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return parseUrlForm(text);
  return parseScpForm(text);
}

/**
 * The project a remote points to, if it is on one of the instances (canonical addresses); null if it is on none.
 * http(s): host, port and relative URL root have to match, the longest root wins; the scheme may differ where neither names a port.
 * SSH and git: the host has to match; the port is another service's, and the root may be there or not.
 */
export function matchRemote(url: string, instances: readonly string[]): ProjectRef | null {
  const remote = parseRemoteUrl(url);
  if (!remote) return null;
  let best: { readonly ref: ProjectRef; readonly rank: number } | null = null;
  for (const instance of instances) {
    const address = parseUrl(instance);
    if (!address) continue;
    if (!sameServer(remote, address)) continue;
    const root = address.pathname.replace(/^\/+|\/+$/g, '');
    for (const { project, rank } of readings(remote, root)) {
      if (best && best.rank >= rank) continue;
      best = { ref: { instance, project }, rank };
    }
  }
  return best?.ref ?? null;
}

function parseUrlForm(text: string): RemoteUrl | null {
  // A `git+` prefix is npm's way to write a remote, and would keep URL from knowing http's default ports.
  const url = parseUrl(text.replace(/^git\+(?=https?:)/i, ''));
  if (!url) return null;
  const scheme = schemes.get(url.protocol);
  const host = canonicalHost(url.hostname);
  const path = projectPath(decoded(url.pathname));
  if (!scheme || !host || !path) return null;
  return { scheme, host, port: url.port ? Number(url.port) : null, path };
}

/** `[user@]host:path` and `[[user@]host:port]:path`. Git reads it so where no slash stands before the first colon. */
function parseScpForm(text: string): RemoteUrl | null {
  if (/^[a-z]:[\\/]/i.test(text)) return null;
  const parts = /^(?:[^@/:\s[\]]+@)?(?:\[([^\]/\s]+)\]|([^@/:\s[\]]+)):(?!:)(.+)$/.exec(text);
  if (!parts) return null;
  const [, bracketed, plain = '', written = ''] = parts;
  const { name, port } = bracketed === undefined ? { name: plain, port: null } : readBrackets(bracketed);
  const host = canonicalHost(name);
  const path = projectPath(written);
  if (!host || !path) return null;
  return { scheme: 'ssh', host, port, path };
}

/** Between the brackets stands an IPv6 address, or `[user@]host[:port]`. */
function readBrackets(text: string): { name: string; port: number | null } {
  if (/^[0-9a-f:.]*:[0-9a-f.]*:[0-9a-f:.]*$/i.test(text)) return { name: `[${text}]`, port: null };
  const [name = '', port] = text.replace(/^.*@/, '').split(':');
  return { name, port: port && /^\d+$/.test(port) ? Number(port) : null };
}

/** As the URL standard writes it for http, so that hosts of all forms compare; null where that is no host name. */
function canonicalHost(host: string): string | null {
  const url = /^-|[?#\\]/.test(host) ? null : parseUrl(`http://${host}`);
  if (!url) return null;
  return url.username || url.port || url.pathname !== '/' ? null : url.hostname;
}

function projectPath(path: string): string | null {
  const segments = path.split('/').filter((segment) => segment !== '');
  if (segments.some((segment) => segment === '.' || segment === '..')) return null;
  const joined = segments.join('/').replace(/\.git$/, '');
  return joined === '' || joined.endsWith('/') || /[\\\p{Cc}]/u.test(joined) ? null : joined;
}

function sameServer(remote: RemoteUrl, address: URL): boolean {
  if (remote.scheme === 'ssh' || remote.scheme === 'git') {
    return (sshHosts.get(remote.host) ?? remote.host) === address.hostname;
  }
  const port = address.port ? Number(address.port) : null;
  return remote.host === address.hostname && remote.port === port;
}

/** The ways to read the path under an instance with this root; the longer the root it contains, the higher the rank. */
function* readings(remote: RemoteUrl, root: string): Generator<{ project: string; rank: number }> {
  const isProject = (path: string) => path.includes('/');
  if (root === '') {
    if (isProject(remote.path)) yield { project: remote.path, rank: 0 };
    return;
  }
  const inside = remote.path.startsWith(`${root}/`) ? remote.path.slice(root.length + 1) : '';
  if (isProject(inside)) yield { project: inside, rank: root.length };
  const overHttp = remote.scheme === 'http' || remote.scheme === 'https';
  if (!overHttp && isProject(remote.path)) yield { project: remote.path, rank: -1 };
}
