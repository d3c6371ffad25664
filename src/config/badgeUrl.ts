import { findPlaceholders, placeholderNames, placeholdersInHost } from '../core/placeholder';
import type { Severity } from '../core/problem';
import { nearest } from '../core/nearest';
import { holdsToken, redacted } from './secrets';
import { didYouMean, quoted } from './words';

/** What is wrong with the URL of a badge. `about` is the part of the URL it is said of; null where that is all of it. */
interface UrlComplaint {
  readonly code: string;
  /** An error means that GitLab refuses it, or that it must not be shown to others. */
  readonly severity: Severity;
  readonly message: string;
  readonly about: string | null;
}

/**
 * Judges a link or image URL of a badge by the rules of GitLab's own check (its `UrlBlocker`), as far as they do not depend
 * on the settings of an instance: after blanks around are dropped, scheme exactly `http` or `https`, a host that starts with a
 * letter or a digit, a numeric port. Blank texts are not judged here.
 */
export function complaintsAboutBadgeUrl(url: string): readonly UrlComplaint[] {
  const trimmed = url.trim();
  const refused = whyRefused(trimmed);
  if (refused) return [refused];
  return [...credentialComplaints(trimmed), ...placeholderComplaints(trimmed)];
}

function whyRefused(url: string): UrlComplaint | null {
  const bad = (message: string, code = 'bad-url'): UrlComplaint => ({ code, severity: 'error', message, about: null });
  if (/[\r\n]/.test(url)) return bad('The URL has a line break inside, which GitLab refuses: write it on one line.');
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1];
  if (scheme === undefined) return bad('This is not a complete URL: write it with https:// or http:// and a host.');
  if (scheme !== 'http' && scheme !== 'https') {
    const hint = /^https?$/i.test(scheme) ? ' in lower case' : '';
    return bad(`GitLab refuses this URL: it must start with https:// or http://${hint}, not with ${quoted(`${scheme}:`)}.`);
  }
  const [inHost] = placeholdersInHost(url);
  if (inHost) {
    const about = url.slice(inHost.range.start, inHost.range.end);
    const message = `GitLab refuses a placeholder in the host of a URL: write the host out in place of ${about}.`;
    return { code: 'placeholder-in-host', severity: 'error', message, about };
  }
  const authority = /^https?:\/\/([^/?#]*)/.exec(url)?.[1] ?? '';
  const withoutUser = authority.slice(authority.lastIndexOf('@') + 1);
  const [, host = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(withoutUser) ?? [];
  if (host === '') return bad('The URL has no host: write it as https://host/path.');
  if (!/^\d*$/.test(port)) return bad(`The port ${quoted(port)} is no number, so GitLab refuses the URL.`);
  const isAddress = /^\[[0-9a-f:.]+\]$/i.test(host);
  if (!isAddress && (!/^[\p{L}\p{N}]/u.test(host) || /[<>{}\\?#@"\s]/u.test(host))) return bad(`GitLab refuses the host ${quoted(host)}.`);
  return null;
}

/** Whoever sees the project sees the URLs of its badges. None of these messages quotes what it is about. */
function credentialComplaints(url: string): readonly UrlComplaint[] {
  const authority = /^https?:\/\/([^/?#]*)/.exec(url)?.[1] ?? '';
  if (authority.includes('@') || holdsToken(url)) {
    const message = 'This URL holds a user name, password or token, which everybody sees who sees the badge: remove it, and revoke the token if the file was shared.';
    return [{ code: 'secret-in-url', severity: 'error', message, about: null }];
  }
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  const suspicious = [...new URLSearchParams(query)].find(([name, value]) => credentialName.test(name) && value !== '')?.[0];
  if (suspicious === undefined) return [];
  const message = `Everybody who sees the badge sees the parameter ${quoted(suspicious)} of this URL. That is fine for a token made for badges, and for no other.`;
  return [{ code: 'token-in-url', severity: 'warning', message, about: null }];
}

/** Some services give out tokens that do no more than show a badge, so these names alone are no error. */
const credentialName = /(?:token|secret|password|passwd|api[_-]?key|credential)s?$/i;

function placeholderComplaints(url: string): readonly UrlComplaint[] {
  return findPlaceholders(url)
    .filter(({ known }) => !known)
    .map(({ name, range }) => {
      const guess = nearest(name, placeholderNames);
      const message = `GitLab knows no placeholder %{${redacted(name).slice(0, 60)}}, so it stays in the URL as text.${didYouMean(guess === null ? null : `%{${guess}}`)}`;
      return { code: 'unknown-placeholder', severity: 'warning' as const, message, about: url.slice(range.start, range.end) };
    });
}
