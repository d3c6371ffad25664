import type { Badge } from '../core/badge';
import type { Written } from '../core/definition';
import type { Origin } from '../core/fact';
import { stemOf } from '../core/stem';
import { type FetchPublic, publicName } from './fetchPublic';
import { inParallel } from './parallel';
import { sanitizeSvg } from './sanitizeSvg';
import { XmlError } from './xml';

/** Hosts of badges are few and quick; more connections at once would only look like an attack. */
const parallelDownloads = 6;

/**
 * Downloads the badges that other services draw, in the order of their URLs. The SVG is written anew from an allow-list,
 * since GitLab Pages serves it as a document. A badge that could not be had goes by
 * `link:` and its number, which no file can be called.
 */
export async function collectLinkBadges(fetchPublic: FetchPublic, urls: readonly Written<string>[], at: string, signal: AbortSignal): Promise<readonly Badge[]> {
  return inParallel(urls, parallelDownloads, signal, ({ value }, index) => linkBadge(fetchPublic, value, index, at, signal));
}

async function linkBadge(fetchPublic: FetchPublic, url: string, index: number, at: string, signal: AbortSignal): Promise<Badge> {
  const name = publicName(url);
  const origin: Origin = { kind: 'link', text: name, ...(/^https?:/i.test(url) ? { url: name } : {}), at };
  const failed = (reason: string): Badge => ({ status: 'failed', stem: `link:${index + 1}`, label: name, origin, reason });
  try {
    const answer = await fetchPublic(url, signal);
    const picture = sanitizeSvg(answer.text);
    const text = picture.title || picture.ariaLabel;
    const [label, message] = splitAtColon(text);
    if (text === '') return failed(`link badge has neither a title nor an aria-label to take its file name from (${name})`);
    const stem = stemOf(label);
    if (!('stem' in stem)) return failed(`The title ${JSON.stringify(label.slice(0, 80))} of the link badge cannot name a file: ${stem.problem} (${name})`);
    const face = message === undefined ? { label: '', message: label } : { label, message };
    return { status: 'known', stem: stem.stem, label, origin, face: { ...face, color: picture.color ?? 'lightgrey' }, svg: picture.svg };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof XmlError) return failed(`link badge sent no SVG: line ${error.line}, column ${error.column}: ${error.problem} (${name})`);
    if (error instanceof Error && error.name === 'PublicFetchError') return failed(`link badge ${error.message}`);
    throw error;
  }
}

function splitAtColon(text: string): readonly [string, string?] {
  const colon = text.indexOf(':');
  return colon < 0 ? [text] : [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}
