import { setImmediate } from 'node:timers/promises';
import { isBesideConfig } from '../config/configRepo';
import { type Decisions, maxDecisionBytes, readDecisions } from '../config/decisionFile';
import { parseUrl } from '../config/parseUrl';
import { quoted } from '../config/words';
import { redacted } from '../config/secrets';
import type { Fact, Origin } from '../core/fact';
import type { DecisionFact } from '../core/levels/facts';
import { FileFetchError, fetchFile, type FilePorts } from './fetchFile';
import { publicName } from './fetchPublic';
import type { SafePattern } from './safePattern';
import { awaitShared, type SharedWork } from './sharedWork';

/** What the decision JSON at a URL says of a project. Never rejects for what that file holds or whether it is there. */
export type Decide = (url: string, project: { readonly webUrl: string }, signal: AbortSignal) => Promise<Fact<DecisionFact>>;

/** So long a file that was read is not asked for again, as the reference service has it. */
export const decisionLifetimeMs = 5 * 60_000;

/** So long a file that could not be had: one outage costs one try for all projects, and somebody who mended it need not wait. */
export const failureLifetimeMs = 30_000;

function lifetimeOf(url: string, isRead: boolean): number {
  // Whoever has it beside the configuration may be writing it.
  if (isBesideConfig(url)) return 0;
  return isRead ? decisionLifetimeMs : failureLifetimeMs;
}

/** Keeps the decisions of this process; files are read when they are first asked for. */
export function createDecide(ports: FilePorts & { readonly now: () => Date }): Decide {
  const kept = new Map<string, SharedWork<Read> & { freshUntil: number }>();

  return async (url, project, signal) => {
    const read = await readShared(url, signal);
    const origin: Origin = { kind: 'link', text: publicName(url), url: publicName(url), at: read.at };
    return 'judge' in read ? { status: 'known', value: read.judge(project.webUrl), origin } : { status: read.status, reason: read.reason, origin };
  };

  function readShared(url: string, signal: AbortSignal): Promise<Read> {
    return awaitShared(() => {
      const known = kept.get(url);
      return known && ports.now().getTime() < known.freshUntil ? known : start(url, signal);
    }, signal);
  }

  function start(url: string, signal: AbortSignal): SharedWork<Read> {
    const work = { result: readFile(url, signal), signal, freshUntil: Infinity };
    const settle = ({ at, ...read }: Read) => (work.freshUntil = Date.parse(at) + lifetimeOf(url, 'judge' in read));
    work.result.then(settle, () => kept.get(url) === work && kept.delete(url));
    kept.set(url, work);
    return work;
  }

  async function readFile(url: string, signal: AbortSignal): Promise<Read> {
    const at = ports.now().toISOString();
    try {
      const text = await fetchFile(ports, { url, maxBytes: maxDecisionBytes, accept: 'application/json, */*;q=0.1' }, signal);
      const reading = readDecisions(text);
      if ('problem' in reading) return { status: 'failed', reason: `${publicName(url)}:${reading.problem}`, at };
      return { judge: await createJudge(reading.decisions, signal), at };
    } catch (error) {
      if (error instanceof FileFetchError) return { status: error.status, reason: error.message, at };
      throw error;
    }
  }
}

type Read = ({ readonly judge: (webUrl: string) => DecisionFact } | { readonly status: 'unknown' | 'failed'; readonly reason: string }) & { readonly at: string };

/** Says of projects, by their URL, whether they are granted. Patterns are compiled once. */
async function createJudge({ granted, grantedRegex, ignored, isWhole }: Decisions, signal: AbortSignal): Promise<(webUrl: string) => DecisionFact> {
  const entries = new Map<string, string>();
  const unusable: string[] = [...ignored];
  for (const entry of granted) {
    const url = canonicalUrl(entry);
    if (url === null) unusable.push(`${quoted(entry)} of granted is no http or https URL of at most ${maxUrlLength} characters`);
    else if (!entries.has(url)) entries.set(url, entry);
  }
  const patterns = await compile(grantedRegex, unusable, signal);
  const otherwise = isWhole && patterns.length === grantedRegex.length ? false : null;
  const more = unusable.length - maxIgnored;
  const told = more > 0 ? [...unusable.slice(0, maxIgnored), `and ${more} more`] : unusable;
  return (webUrl) => {
    const url = canonicalUrl(webUrl) ?? webUrl;
    const entry = entries.get(url);
    if (entry !== undefined) return { granted: true, by: { list: 'granted', entry: redacted(entry) }, ignored: told };
    // For a pattern `.git` cannot be cut off, so it is put behind the address instead.
    const pattern = patterns.find((candidate) => candidate.matches(url) || candidate.matches(`${url}.git`));
    return { granted: pattern ? true : otherwise, by: pattern ? { list: 'grantedRegex', entry: redacted(pattern.source) } : null, ignored: told };
  };
}

/** More of them nobody reads, and they are part of each project's result. */
const maxIgnored = 20;

/** Sum of the sizes of the patterns of one file: a few thousand ordinary ones, which take about a second to compile. */
export const maxPatternSize = 200_000;

/** So much is compiled in one go, in a few hundredths of a second; then others get their turn. */
const patternSizePerTurn = 5_000;

async function compile(sources: readonly string[], unusable: string[], signal: AbortSignal): Promise<readonly (SafePattern & { readonly source: string })[]> {
  if (sources.length === 0) return [];
  const { compilePattern, sizeOfPattern } = await import('./safePattern');
  const patterns: (SafePattern & { readonly source: string })[] = [];
  let size = 0;
  let sizeOfTurn = 0;
  for (const source of sources) {
    const added = sizeOfPattern(source);
    size += added;
    sizeOfTurn += added;
    if (sizeOfTurn > patternSizePerTurn) {
      sizeOfTurn = added;
      await setImmediate();
      signal.throwIfAborted();
    }
    const compiled = size > maxPatternSize ? { problem: 'the patterns of this file are too many or too large' } : compilePattern(source);
    if ('matches' in compiled) patterns.push({ ...compiled, source });
    else unusable.push(`${quoted(source)} of grantedRegex is left out: ${compiled.problem}`);
  }
  return patterns;
}

/** No server takes longer ones. Cutting slashes off a text of millions of them would take minutes. */
const maxUrlLength = 2048;

/** Scheme and host in lower case, without default port, and without `/` and `.git` at the end; null for what is no web address. */
export function canonicalUrl(text: string): string | null {
  const trimmed = text.trim();
  const url = trimmed.length > maxUrlLength || !/^https?:\/\//i.test(trimmed) ? null : parseUrl(trimmed);
  if (!url) return null;
  const { protocol, host, pathname, search, hash } = url;
  return `${protocol}//${host}${pathname.replace(/\/+$/, '').replace(/\.git$/, '').replace(/\/+$/, '')}${search}${hash}`;
}
