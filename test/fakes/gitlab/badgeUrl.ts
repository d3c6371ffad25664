/** Why GitLab refuses a badge's URL, or null. `url` is what was sent; what is stored is stripped of white space around. */
export function badgeUrlFault(url: string | null): string | null {
  const stripped = url?.trim() ?? '';
  if (stripped === '') return 'must be a valid URL';
  if (/[\r\n]/.test(stripped)) return 'is blocked: URI is invalid';
  const [, scheme, authority, path = ''] = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)/.exec(stripped) ?? [];
  if (scheme !== undefined && !/^[a-z][a-z0-9.+-]*$/i.test(scheme)) return 'is blocked: URI is invalid';
  const { host, port } = hostAndPort(authority ?? '');
  if (/[<>{}/\\?#@"\s]/.test(host) || /[^0-9]/.test(port)) return 'is blocked: URI is invalid';
  if (/^https?$/i.test(scheme ?? '') && host === '' && path === '') return 'is blocked: URI is invalid';
  if (scheme !== 'http' && scheme !== 'https') return 'is blocked: Only allowed schemes are http, https';
  if (!/^[\p{L}\p{N}]/u.test(host) && !/^\[[0-9a-f:.]+\]$/i.test(host)) return 'is blocked: Hostname or IP address invalid';
  return null;
}

function hostAndPort(authority: string): { readonly host: string; readonly port: string } {
  const withoutUser = authority.slice(authority.lastIndexOf('@') + 1);
  const port = /:([^:\]]*)$/.exec(withoutUser)?.[1];
  return port === undefined ? { host: withoutUser, port: '' } : { host: withoutUser.slice(0, -port.length - 1), port };
}
