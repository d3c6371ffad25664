import type { Written } from '../core/definition';
import type { Origin } from '../core/fact';
import { isFileError, type SourceFiles } from './files';
import { PlacedError } from './placedError';

/** A larger report is refused: 64 MiB hold about 800,000 test cases. */
const maxReportBytes = 64 * 1024 * 1024;

/** A kind of reports whose totals make badges. */
export interface ReportKind<Totals> {
  readonly origin: Origin['kind'];
  /** What would miss a report that cannot be read: `The coverage`. */
  readonly what: string;
  /** What to do where a pattern finds nothing. */
  readonly advice: string;
  /** Reads one report. Rejects with PlacedError. */
  readonly read: (chunks: AsyncIterable<string>, signal: AbortSignal) => Promise<Totals>;
}

export type ReportReading<Totals> = { readonly origin: Origin } & ({ readonly status: 'known'; readonly totals: readonly Totals[] } | { readonly status: 'failed' | 'unknown'; readonly reason: string });

/**
 * The totals of each report that paths and globs of the configuration find, at least one pattern given. What misses a report would be
 * wrong: one that cannot be read fails them all, and a pattern that finds nothing leaves them unknown.
 */
export async function readReports<Totals>(
  files: Pick<SourceFiles, 'find' | 'readStream'>,
  patterns: readonly Written<string>[],
  { origin: kind, what, advice, read }: ReportKind<Totals>,
  at: string,
  signal: AbortSignal,
): Promise<ReportReading<Totals>> {
  const { reports, problems, unmatched } = await findReports(files, patterns, signal);
  const totals: Totals[] = [];
  for (const report of reports) {
    try {
      totals.push(await read(files.readStream(report, maxReportBytes, signal), signal));
    } catch (error) {
      signal.throwIfAborted();
      problems.push(whyUnreadable(report, error));
    }
  }
  const origin = reportOrigin(kind, reports, patterns, at);
  if (problems.length > 0) {
    const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
    return { origin, status: 'failed', reason: `${what} would miss a report. ${problems[0]}${more}` };
  }
  if (unmatched.length > 0) return { origin, status: 'unknown', reason: `No file matches ${unmatched.join(', ')}. ${advice}` };
  return { origin, status: 'known', totals };
}

interface FoundReports {
  /** Each once, in the order of the patterns. */
  readonly reports: readonly string[];
  /** Why a pattern could not be followed. */
  readonly problems: string[];
  /** Patterns that find nothing. */
  readonly unmatched: readonly string[];
}

async function findReports(files: Pick<SourceFiles, 'find'>, patterns: readonly Written<string>[], signal: AbortSignal): Promise<FoundReports> {
  const reports = new Set<string>();
  const problems: string[] = [];
  const unmatched: string[] = [];
  for (const { value: pattern } of patterns) {
    try {
      const matches = await files.find(pattern, signal);
      if (matches.length === 0) unmatched.push(pattern);
      for (const match of matches) reports.add(match);
    } catch (error) {
      if (!isFileError(error)) throw error;
      problems.push(error.message);
    }
  }
  return { reports: [...reports], problems, unmatched };
}

/** What is wrong with a report, with its file and place. Throws what is no fault of the report. */
function whyUnreadable(report: string, error: unknown): string {
  if (error instanceof PlacedError) return `${report}:${error.line}:${error.column}: ${error.problem}`;
  if (isFileError(error)) return error.message;
  throw error;
}

function reportOrigin(kind: Origin['kind'], reports: readonly string[], patterns: readonly Written<string>[], at: string): Origin {
  const [first] = reports;
  if (first === undefined) return { kind, text: patterns.map((pattern) => pattern.value).join(', '), at };
  return { kind, text: reports.length > 1 ? `${first} and ${reports.length - 1} more` : first, file: first, at };
}
