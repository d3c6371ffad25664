import { lineReader } from './lines';
import { CoverageError, type CoverageReader } from './totals';

/**
 * Go's cover profile: after a line `mode: set`, `count` or `atomic`, one line for each block of statements,
 * `name.go:line.column,line.column statements count`. A block that is listed several times, as merged profiles do, counts once.
 */
export function goReader(): CoverageReader {
  const blocks = new Map<string, { readonly statements: number; executed: boolean }>();
  const reader = lineReader((line, number) => {
    if (line.trim() === '' || /^mode: (?:set|count|atomic)$/.test(line.trim())) return;
    const [, block, statements, count] = /^(.+:\d+\.\d+,\d+\.\d+) (\d+) (\d+)$/.exec(line) ?? [];
    if (block === undefined) throw new CoverageError(`“${line.slice(0, 60)}” is no block of a Go cover profile`, number, 1);
    const executed = Number(count) > 0;
    const known = blocks.get(block);
    if (known) known.executed ||= executed;
    else blocks.set(block, { statements: Number(statements), executed });
  });
  return {
    write: (text) => reader.write(text),
    end() {
      reader.end();
      let covered = 0;
      let total = 0;
      for (const { statements, executed } of blocks.values()) {
        total += statements;
        if (executed) covered += statements;
      }
      return { lines: { covered, total }, branches: null };
    },
  };
}
