import { decoded } from '../core/percent';

/** What people paste by mistake: tokens of GitLab (https://docs.gitlab.com/security/tokens/#token-prefixes) and GitHub, which carry a prefix of their own. */
const tokenShape = /\b(?:gl(?:pat|oas|dt|rtr?|cbt|ptt|ft|imt|agent|wt|soat|ffct)-|GR1348941|ghp_|gho_|ghs_|github_pat_)[\w.-]{8,}/g;

/** Names of URL parameters that carry a credential: `private_token`, `access_token`, `job_token`, `api_key`, … */
const credentialName = /(?:token|secret|password|passwd|api[_-]?key|credential)s?$/i;

/** The text with everything that looks like a token replaced. */
export function redacted(text: string): string {
  return text.replace(tokenShape, '[token]');
}

/** Whether something in a text looks like a token, also where it is written with percent escapes. */
export function holdsToken(text: string): boolean {
  // Tokens are ASCII. Decoding all of it would fail for each placeholder, `%{…}`, which takes longer than all else that is judged of a URL.
  const plain = text.replace(/%([0-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return redacted(plain) !== plain;
}

/** Whether a URL carries a credential: in its user info, as a parameter, or anywhere with the look of a token. */
export function holdsCredential(url: URL): boolean {
  if (url.username !== '' || url.password !== '') return true;
  const parameters = [...url.searchParams, ...new URLSearchParams(url.hash.slice(1))];
  return parameters.some(([name, value]) => credentialName.test(name) && value !== '') || holdsToken(url.href);
}

/** A URL without user name, password, and the parameters that carry a credential; null where it would still hold something with the look of a token. */
export function withoutCredentials(url: string): string | null {
  const [, start = '', rest = ''] = /^([a-z][\w+.-]*:\/\/)?(.*)$/is.exec(url) ?? [];
  const path = start === '' ? rest : rest.replace(/^[^/?#]*@/, '');
  const [, before = '', query, hash = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(path) ?? [];
  const kept = (query ?? '').split('&').filter((pair) => pair !== '' && !credentialName.test(decoded(pair.split('=', 1)[0] ?? '')) && !holdsToken(pair));
  const clean = `${start}${before}${kept.length > 0 ? `?${kept.join('&')}` : ''}${hash}`;
  return holdsToken(clean) ? null : clean;
}
