import { complaintsAboutBadgeUrl } from '../config/badgeUrl';
import { findPlaceholders, isPlaceholderName, resolvePlaceholders } from '../core/placeholder';
import { placeholderStays, placeholderTooNew, urlMissing, willShow } from './messages';
import type { Placeholders } from './publishEngine';
import type { Verdict } from './steps';

/** What is to be said of the URL of a badge while it is typed, without asking GitLab. `placeholders` is null while they are not known. */
export function urlVerdict(url: string, placeholders: Placeholders | null): Verdict | null {
  if (url.trim() === '') return { severity: 'error', text: urlMissing() };
  const complaints = complaintsAboutBadgeUrl(url);
  const [worst] = [...complaints.filter(({ severity }) => severity === 'error'), ...complaints];
  if (worst) return { severity: worst.severity, text: worst.message };
  const names = findPlaceholders(url).map(({ name }) => name).filter(isPlaceholderName);
  if (names.length === 0 || placeholders === null) return null;
  const { values, tooNew } = placeholders;
  const unknownHere = names.filter((name) => tooNew.includes(name));
  if (unknownHere.length > 0) return { severity: 'warning', text: placeholderTooNew(distinct(unknownHere)) };
  // In a group without a project nothing is replaced; what no value is known of is left to GitLab.
  const staying = placeholders.project === null ? names : names.filter((name) => values[name] === null);
  if (staying.length > 0) return { severity: 'warning', text: placeholderStays(distinct(staying)) };
  return { severity: 'info', text: willShow(resolvePlaceholders(url.trim(), values)) };
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
