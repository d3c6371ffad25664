import type { Written } from '../core/definition';
import type { Origin } from '../core/fact';
import { isFileError, type SourceFiles } from './files';
import { PlacedError } from './placedError';

/** A larger report is refused: 64 MiB hold about 800,000 test cases. */
export const maxReportBytes = 64 * 1024 * 1024;

export interface FoundReports {
  /** Each once, in the order of the patterns. */
  readonly reports: readonly string[];
  /** Why a pattern could not be followed. */
  readonly problems: string[];
  /** Patterns that find nothing. */
  readonly unmatched: readonly string[];
}

/** The report files that paths and globs of the configuration find. */
export async function findReports(files: Pick<SourceFiles, 'find'>, patterns: readonly Written<string>[], signal: AbortSignal): Promise<FoundReports> {
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
export function whyUnreadable(report: string, error: unknown): string {
  if (error instanceof PlacedError) return `${report}:${error.line}:${error.column}: ${error.problem}`;
  if (isFileError(error)) return error.message;
  throw error;
}

export function reportOrigin(kind: Origin['kind'], reports: readonly string[], patterns: readonly Written<string>[], at: string): Origin {
  const [first] = reports;
  if (first === undefined) return { kind, text: patterns.map((pattern) => pattern.value).join(', '), at };
  return { kind, text: reports.length > 1 ? `${first} and ${reports.length - 1} more` : first, file: first, at };
}
