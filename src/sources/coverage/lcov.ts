import { lineReader } from './lines';
import { add, countOf, CoverageError, hitsOf, nothing, type CoverageReader, type Share } from './totals';

/**
 * LCOV's tracefile (geninfo(1)): a section for each file, from `SF:` to `end_of_record`. What a section sums up (`LF`, `LH`,
 * `BRF`, `BRH`) counts, else its single lines and branches do. A file that has a section for each of several tests is counted
 * once, by the section that found most of it.
 */
export function lcovReader(): CoverageReader {
  const files = new Map<string, { readonly lines: Share; readonly branches: Share }>();
  let section: Section | null = null;

  const close = (current: Section): void => {
    const lines = shareOf(current.LF ?? current.DA, current.LH ?? current.executedLines);
    const branches = shareOf(current.BRF ?? current.BRDA, current.BRH ?? current.takenBranches);
    const known = files.get(current.file);
    files.set(current.file, known ? { lines: larger(known.lines, lines), branches: larger(known.branches, branches) } : { lines, branches });
    section = null;
  };

  const reader = lineReader((line, number) => {
    const colon = line.indexOf(':');
    const key = colon < 0 ? line.trim() : line.slice(0, colon);
    const value = line.slice(colon + 1);
    const count = (): number => {
      const found = countOf(value);
      if (found == null) throw new CoverageError(`${key}:${value.slice(0, 40)} is no count`, number, colon + 2, 'unknown');
      return found;
    };
    switch (key) {
      case 'SF':
        if (section) close(section);
        section = { file: value, startsAt: number, DA: 0, executedLines: 0, BRDA: 0, takenBranches: 0 };
        break;
      case 'LF':
      case 'LH':
      case 'BRF':
      case 'BRH':
        if (section) section[key] = count();
        break;
      case 'DA':
        if (!section) break;
        section.DA += 1;
        if (hits(value.split(',')[1], line, number) > 0) section.executedLines += 1;
        break;
      case 'BRDA': {
        if (!section) break;
        const taken = value.split(',').at(-1)?.trim();
        section.BRDA += 1;
        if (taken !== '-' && hits(taken, line, number) > 0) section.takenBranches += 1;
        break;
      }
      case 'end_of_record':
        if (section) close(section);
    }
  });

  return {
    write: (text) => reader.write(text),
    end() {
      reader.end();
      if (section) throw new CoverageError('the section that starts here has no end_of_record: the report is cut off', section.startsAt, 1);
      const sections = [...files.values()];
      const branches = sections.reduce((sum, file) => add(sum, file.branches), nothing);
      return { lines: sections.reduce((sum, file) => add(sum, file.lines), nothing), branches: branches.total > 0 ? branches : null };
    },
  };
}

interface Section {
  readonly file: string;
  /** Its line, from 1. */
  readonly startsAt: number;
  DA: number;
  executedLines: number;
  BRDA: number;
  takenBranches: number;
  LF?: number;
  LH?: number;
  BRF?: number;
  BRH?: number;
}

function hits(text: string | undefined, line: string, number: number): number {
  const found = hitsOf(text);
  if (found === null) throw new CoverageError(`${line.slice(0, 60)} does not say how often it was executed`, number, 1, 'unknown');
  return found;
}

function shareOf(total: number, covered: number): Share {
  return { covered: Math.min(covered, total), total };
}

function larger(one: Share, other: Share): Share {
  return { covered: Math.max(one.covered, other.covered), total: Math.max(one.total, other.total) };
}
