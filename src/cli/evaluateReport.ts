import { levelsSarif } from '../app/levelsSarif';
import type { KeptResult, ResultSet } from '../app/mergeResults';
import { levelSummary, openAbove } from '../core/levels/explain';
import type { CheckResult, LeveledBadgeResult, Outcome, ProjectEvaluation } from '../core/levels/result';
import type { EvaluateFormat } from './evaluateOptions';
import { printable, type Writer } from './output';

/** The results of several projects, or of one, in a format for other programs or for people; written as they come. */
export function writeReport(set: ResultSet, format: EvaluateFormat, { stdout, version }: { readonly stdout: Writer; readonly version: string }): Promise<void> {
  switch (format) {
    case 'text':
      return writeTable(set, stdout);
    case 'json':
      return writeJson(set, stdout);
    case 'sarif':
      return writeSarif(set, version, stdout);
  }
}

async function writeSarif(set: ResultSet, version: string, stdout: Writer): Promise<void> {
  const evaluations = async function* () {
    for await (const { result } of set.results()) if (result !== null) yield result.evaluation;
  };
  for await (const piece of levelsSarif(evaluations(), { version, now: set.now, places: set.places })) stdout.write(piece);
}

/** The document of `evaluate --json`, written as the results come. */
async function writeJson(set: ResultSet, stdout: Writer): Promise<void> {
  stdout.write(`{\n  "now": ${JSON.stringify(set.now)},\n  "server": ${JSON.stringify(set.server)},\n  "projects": [`);
  let separator = '\n';
  for await (const { result } of set.results()) {
    if (result === null) continue;
    stdout.write(`${separator}    ${indented(JSON.stringify(projectJson(result), null, 2), '    ')}`);
    separator = ',\n';
  }
  stdout.write(`${separator === '\n' ? '' : '\n  '}],\n  "requests": ${set.requests}\n}\n`);
}

function projectJson({ archived, evaluation }: NonNullable<KeptResult['result']>) {
  const { project, webUrl, badges, ...others } = evaluation;
  return { project, webUrl, archived, ...others, badges };
}

const indented = (text: string, by: string) => text.replaceAll('\n', `\n${by}`);

/** The badges of one project, each with its ladder of levels and why they are reached or not. */
export function ladders({ archived, evaluation: { project, badges, reason } }: NonNullable<KeptResult['result']>, now: string): string {
  const head = `${project}${archived ? ' (archived)' : ''}, as of ${now}`;
  if (reason !== undefined) return lines([`${head}: ${reason}`]);
  return [lines([head]), ...badges.map((badge) => lines([`${badge.id}: ${badge.summary}`, ...badge.levels.flatMap((level) => rungs(badge, level))]))].join('\n');
}

function rungs(badge: LeveledBadgeResult, level: LeveledBadgeResult['levels'][number]): readonly string[] {
  return [`  ${level.name}: ${levelSummary(badge, level)}`, ...level.checks.flatMap(checkLines)];
}

/** What does not pass is explained; the words come before the signs, for those who hear them. */
function checkLines({ outcome, summary, evidence }: CheckResult): readonly string[] {
  const { word, sign } = outcomes[outcome];
  const why = outcome === 'pass' ? [] : evidence.map(({ text, url }) => `               ${text}${url === undefined ? '' : ` ${url}`}`);
  return [`    ${word.padEnd(7)} ${sign}  ${summary}`, ...why];
}

const outcomes: Readonly<Record<Outcome, { readonly word: string; readonly sign: string }>> = {
  pass: { word: 'passed', sign: '✓' },
  fail: { word: 'failed', sign: '✗' },
  unknown: { word: 'unknown', sign: '?' },
};

/** A line for each project with the level of each badge, and how many projects are at each level. */
async function writeTable(set: ResultSet, stdout: Writer): Promise<void> {
  const badges = new Map<string, BadgeColumn>();
  const rows: { readonly path: string; readonly cells: ReadonlyMap<string, string> }[] = [];
  const unread: string[] = [];
  let archived = 0;
  for await (const { path, result } of set.results()) {
    if (result === null) continue;
    if (result.archived) archived += 1;
    if (result.evaluation.reason !== undefined) unread.push(`${path}: ${result.evaluation.reason}`);
    const cells = new Map<string, string>();
    for (const badge of result.evaluation.badges) {
      const column: BadgeColumn = badges.get(badge.id) ?? { levels: new Set(), counts: new Map() };
      badges.set(badge.id, column);
      for (const { name } of badge.levels) column.levels.add(name);
      const level = badge.level ?? statusWords[badge.status];
      column.counts.set(level, (column.counts.get(level) ?? 0) + 1);
      cells.set(badge.id, badge.level !== null && openAbove(badge).length > 0 ? `at least ${level}` : level);
    }
    rows.push({ path: result.archived ? `${path} (archived)` : path, cells });
  }
  const head = ['project', ...badges.keys()];
  const table = [head, ...rows.map(({ path, cells }) => [path, ...[...badges.keys()].map((id) => cells.get(id) ?? '')])];
  const widths = head.map((_, column) => table.reduce((width, row) => Math.max(width, (row[column] ?? '').length), 0));
  stdout.write(lines(table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())));
  stdout.write(`\n${lines([...badges].map(([id, column]) => `${id}: ${countsOf(column)}`))}`);
  const projects = `${rows.length} ${rows.length === 1 ? 'project' : 'projects'}${archived > 0 ? `, ${archived} archived` : ''}`;
  stdout.write(lines([projects, ...(unread.length > 0 ? ['', 'Could not be read:', ...unread.map((line) => `  ${line}`)] : [])]));
}

interface BadgeColumn {
  /** Lowest first. */
  readonly levels: Set<string>;
  readonly counts: Map<string, number>;
}

const statusWords: Readonly<Record<LeveledBadgeResult['status'], string>> = { reached: 'reached', not_reached: 'not reached', unknown: 'unknown' };

function countsOf({ levels, counts }: BadgeColumn): string {
  const others = [...counts.keys()].filter((name) => !levels.has(name)).sort();
  return [...[...levels].reverse(), ...others].map((name) => `${counts.get(name) ?? 0} ${name}`).join(', ');
}

/** One line for a log: `acme/shop: maintained silver`. */
export function resultLine({ project, badges, reason }: ProjectEvaluation): string {
  return reason === undefined ? `${project}: ${badges.map(({ id, level, status }) => `${id} ${level ?? statusWords[status]}`).join(', ')}` : `${project}: ${reason}`;
}

const lines = (texts: readonly string[]) => texts.map((line) => `${printable(line)}\n`).join('');
