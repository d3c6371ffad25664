import type { ArtifactSource, ReportSource, Written } from '../core/definition';
import type { Origin } from '../core/fact';
import { mistakeIn } from '../core/look';
import { artifactName, isArtifactError, type ReadArtifact } from './artifacts';
import { isFileError, type SourceFiles } from './files';
import { PlacedError } from './placedError';

/** A larger report is refused: 64 MiB hold about 800,000 test cases. */
const maxReportBytes = 64 * 1024 * 1024;

/** Where reports come from. */
export interface ReportPorts {
  readonly files: Pick<SourceFiles, 'find' | 'readStream'>;
  /** Or why there are none, as a sentence. */
  readonly artifacts: ReadArtifact | { readonly missing: string };
  /** The file that the sources are written in. */
  readonly place: string;
}

interface ReadReports<T> {
  /** What the reports say, in the order of the sources; no file is read twice. */
  readonly totals: readonly T[];
  readonly origin: Origin;
  /** Why the badges can't be made: a sum that misses a report would be wrong. Null where all reports were read. */
  readonly problem: { readonly status: 'unknown' | 'failed'; readonly reason: string } | null;
}

/**
 * Reads the reports of all sources. One that cannot be read fails the badges; one that is not there, or gives no answer, leaves them
 * unknown. `advice` says what to do about a pattern that finds nothing. Rejects when cancelled, and for bugs.
 */
export async function readReports<T>(
  { files, artifacts, place }: ReportPorts,
  sources: readonly Written<ReportSource>[],
  { kind, what, advice, read }: { readonly kind: Origin['kind']; readonly what: string; readonly advice: string; readonly read: (chunks: AsyncIterable<string> | Iterable<string>, signal: AbortSignal) => Promise<T> },
  at: string,
  signal: AbortSignal,
): Promise<ReadReports<T>> {
  const totals: T[] = [];
  const origins: Pick<Origin, 'text' | 'file' | 'url'>[] = [];
  const seen = new Set<string>();
  const failures: string[] = [];
  const missing: string[] = [];
  const unmatched: string[] = [];
  for (const { value: source } of sources) {
    if (typeof source === 'string') await readPattern(source);
    else if ('mistake' in source) missing.push(mistakeIn(place, source.mistake));
    else await readArtifact(source);
  }
  const [first] = origins;
  const text = first ? (origins.length > 1 ? `${first.text} and ${origins.length - 1} more` : first.text) : [...new Set(sources.map(({ value }) => (typeof value === 'string' ? value : 'mistake' in value ? place : artifactName(value))))].join(', ');
  if (unmatched.length > 0) missing.unshift(`No file matches ${unmatched.join(', ')}. ${advice}`);
  return { totals, origin: { kind, ...first, text, at }, problem: whyNot() };

  async function readPattern(pattern: string): Promise<void> {
    let found: readonly string[];
    try {
      found = await files.find(pattern, signal);
    } catch (error) {
      if (!isFileError(error)) throw error;
      failures.push(error.message);
      return;
    }
    if (found.length === 0) unmatched.push(pattern);
    for (const file of found) {
      if (seen.has(file)) continue;
      seen.add(file);
      await take(() => files.readStream(file, maxReportBytes, signal), { text: file, file });
    }
  }

  async function readArtifact(source: ArtifactSource): Promise<void> {
    const name = artifactName(source);
    if (seen.has(name)) return;
    seen.add(name);
    if (typeof artifacts !== 'function') {
      missing.push(`${name} lies on GitLab. ${artifacts.missing}`);
      return;
    }
    try {
      const { text: content, url } = await artifacts(source, signal);
      await take(() => [content], { text: name, url });
    } catch (error) {
      signal.throwIfAborted();
      if (!isArtifactError(error)) throw error;
      (error.status === 'failed' ? failures : missing).push(error.message);
    }
  }

  async function take(open: () => AsyncIterable<string> | Iterable<string>, origin: Pick<Origin, 'text' | 'file' | 'url'>): Promise<void> {
    origins.push(origin);
    try {
      totals.push(await read(open(), signal));
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof PlacedError) (error.status === 'failed' ? failures : missing).push(`${origin.text}:${error.line}:${error.column}: ${error.problem}`);
      else if (isFileError(error)) failures.push(error.message);
      else throw error;
    }
  }

  function whyNot(): ReadReports<T>['problem'] {
    const [failure] = failures;
    if (failure !== undefined) return { status: 'failed', reason: `${what} would miss a report. ${failure}${failures.length > 1 ? ` (and ${failures.length - 1} more)` : ''}` };
    const [reason] = missing;
    return reason === undefined ? null : { status: 'unknown', reason };
  }
}
