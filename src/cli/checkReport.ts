import { createHash } from 'node:crypto';
import type { CheckedFile } from '../app/check';
import { lineTable } from '../config/position';
import type { FileProblem, Severity } from '../core/problem';
import { printable, problemLine } from './output';
import { sarifLog } from './sarif';

/** Longest line that is shown with a caret below it; of longer ones the part around the place. */
const maxShownLine = 160;

/** A line for each problem, with the place shown below it. */
export function checkText(files: readonly CheckedFile[]): string {
  return files
    .flatMap(({ text, problems }) => {
      const shown = withoutSecrets(text, problems);
      return problems.map((problem) => [problemLine(problem), ...excerpt(shown, problem)]);
    })
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** The text with a star for each character of what a problem calls a secret: logs of jobs are read by many. */
function withoutSecrets(text: string, problems: readonly FileProblem[]): string {
  const secrets = problems.filter(({ code }) => secretCodes.has(code));
  return secrets.reduce((shown, { range: { start, end } }) => shown.slice(0, start) + shown.slice(start, end).replace(/[^\r\n]/g, '*') + shown.slice(end), text);
}

const secretCodes: ReadonlySet<string> = new Set(['secret-in-url', 'secret-in-config']);

/** The line of a problem with carets below it. */
function excerpt(text: string, { line, column, endLine, endColumn }: FileProblem): readonly string[] {
  const { starts } = lineTable(text);
  const start = starts[line - 1];
  if (start === undefined || text === '') return [];
  const whole = text.slice(start, starts[line] ?? text.length).replace(/[\r\n]+$/, '');
  const from = Math.max(0, Math.min(column - 1 - maxShownLine / 2, whole.length - maxShownLine));
  const shown = whole.slice(from, from + maxShownLine);
  const left = column - 1 - from;
  const width = Math.max(1, Math.min((endLine > line ? whole.length : endColumn - 1) - (column - 1), shown.length - left));
  const gutter = `  ${line} | `;
  // Each character keeps its width: a tab stays one, and whatever steers a terminal becomes a blank.
  const before = shown.slice(0, left).replace(/[^\t]/gu, (character) => (isWide(character) ? '  ' : ' '));
  return [gutter + tabbed(shown), ' '.repeat(gutter.length - 2) + '| ' + before + '^'.repeat(width)];
}

const tabbed = (text: string) => text.split('\t').map(printable).join('\t');
const isWide = (character: string) => /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\u{1f300}-\u{1faff}]/u.test(character);

/** `2 errors, 1 warning in 3 files` */
export function checkSummary(files: readonly CheckedFile[]): string {
  const problems = files.flatMap((file) => file.problems);
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count > 0 ? [`${count} ${count === 1 ? nouns[severity].one : nouns[severity].more}`] : [];
  });
  const where = `${files.length} ${files.length === 1 ? 'file' : 'files'}`;
  if (files.length === 0) return 'There is no configuration file here.';
  return counts.length === 0 ? `No problems in ${where}.` : `${counts.join(', ')} in ${where}.`;
}

const nouns: Readonly<Record<Severity, { readonly one: string; readonly more: string }>> = {
  error: { one: 'error', more: 'errors' },
  warning: { one: 'warning', more: 'warnings' },
  info: { one: 'hint', more: 'hints' },
};

/** The document of `check --json`. */
export function checkJson(files: readonly CheckedFile[]): string {
  const document = {
    files: files.map(({ file, problems }) => ({
      file,
      problems: problems.map(({ line, column, endLine, endColumn, severity, code, message }) => ({ line, column, endLine, endColumn, severity, code, message })),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The report that GitLab shows in merge requests: https://docs.gitlab.com/ci/testing/code_quality/ */
export function codeQuality(files: readonly CheckedFile[]): string {
  const entries = withFingerprints(files).map(({ problem: { file, line, endLine, severity, code, message }, fingerprint }) => ({
    description: message,
    check_name: code,
    fingerprint,
    severity: ({ error: 'major', warning: 'minor', info: 'info' } as const)[severity],
    location: { path: file, lines: { begin: line, end: endLine } },
  }));
  return `${JSON.stringify(entries, null, 2)}\n`;
}

export function checkSarif(files: readonly CheckedFile[], version: string): string {
  const results = withFingerprints(files).map(({ problem: { file, line, column, endLine, endColumn, severity, code, message }, fingerprint }) => ({
    ruleId: code,
    level: ({ error: 'error', warning: 'warning', info: 'note' } as const)[severity],
    message,
    place: { file, region: { startLine: line, startColumn: column, endLine, endColumn } },
    fingerprint,
  }));
  return sarifLog(version, results);
}

/** Made of what the user wrote, not of where it stands, so that a problem stays the same when lines move. */
function withFingerprints(files: readonly CheckedFile[]): readonly { readonly problem: FileProblem; readonly fingerprint: string }[] {
  const used = new Map<string, number>();
  return files.flatMap(({ text, problems }) =>
    problems.map((problem) => {
      const { file, code, message, range } = problem;
      const what = [file, code, message, text.slice(range.start, range.end)].join('\n');
      const count = used.get(what) ?? 0;
      used.set(what, count + 1);
      return { problem, fingerprint: createHash('sha256').update(`${what}\n${count}`).digest('hex') };
    }),
  );
}
