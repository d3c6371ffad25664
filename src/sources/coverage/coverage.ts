import type { Badge } from '../../core/badge';
import type { ReportSource, Written } from '../../core/definition';
import type { Origin } from '../../core/fact';
import { type ReportPorts, readReports } from '../reports';
import { goReader } from './goProfile';
import { istanbulReader } from './istanbul';
import { lcovReader } from './lcov';
import { coverageColor, percentText } from './percent';
import { add, CoverageError, nothing, type CoverageReader, type CoverageTotals, type Share } from './totals';
import { xmlReader } from './xmlCoverage';

/** The badges of coverage reports: lines always, branches where all reports count them. */
const coverageStems = ['coverage', 'branch_coverage'] as const;

/**
 * The coverage badges from the reports of the sources; none where no report is configured. A total that misses a
 * report would be wrong: one unreadable report fails the badge, and one that is not there leaves it unknown.
 */
export async function collectCoverageBadges(ports: ReportPorts, sources: readonly Written<ReportSource>[], at: string, signal: AbortSignal): Promise<readonly Badge[]> {
  if (sources.length === 0) return [];
  const advice = 'Run the tests with coverage first, or correct coverage_report.';
  const { totals, origin, problem } = await readReports(ports, sources, { kind: 'coverage', what: 'The coverage', advice, read: readCoverage }, at, signal);
  const lines = { stem: coverageStems[0], label: 'coverage', origin };
  if (problem) return [{ ...lines, ...problem }];
  const branches = totals.reduce<Share | null>((sum, report) => sum && report.branches && add(sum, report.branches), nothing);
  return [
    badgeOf(lines, totals.reduce((sum, report) => add(sum, report.lines), nothing)),
    ...(branches === null ? [] : [badgeOf({ stem: coverageStems[1], label: 'branch coverage', origin }, branches)]),
  ];
}

/** Reads one report of any of the formats, told apart by how it starts. Rejects with PlacedError. */
export async function readCoverage(chunks: AsyncIterable<string> | Iterable<string>, signal: AbortSignal): Promise<CoverageTotals> {
  let head = '';
  let reader: CoverageReader | null = null;
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    if (reader) {
      reader.write(chunk);
      continue;
    }
    head += chunk;
    if (head.trimStart().length < headLength) continue;
    reader = readerFor(head);
    reader.write(head);
  }
  if (!reader) {
    reader = readerFor(head);
    reader.write(head);
  }
  return reader.end();
}

/** Enough to tell the formats apart. */
const headLength = 16;

function readerFor(head: string): CoverageReader {
  const start = head.trimStart();
  if (start.startsWith('<')) return xmlReader();
  if (start.startsWith('{')) return istanbulReader();
  if (start.startsWith('mode:')) return goReader();
  // geninfo writes comments and the names of tests before the first file.
  if (/^(?:TN|SF|#|VER):?/.test(start)) return lcovReader();
  throw new CoverageError('not a coverage report: Cobertura, JaCoCo, LCOV, Istanbul json-summary and Go cover profiles are read', 1, 1, 'unknown');
}

function badgeOf(badge: { readonly stem: string; readonly label: string; readonly origin: Origin }, share: Share): Badge {
  if (share.total === 0) return { ...badge, status: 'unknown', reason: 'The report holds nothing to cover: 0 lines. Check that the tests were run with coverage and its paths are right.' };
  const percent = (100 * share.covered) / share.total;
  return { ...badge, status: 'known', face: { label: badge.label, message: percentText(percent), color: coverageColor(percent) }, value: percent };
}
