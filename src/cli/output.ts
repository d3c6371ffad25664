import type { Log } from '../app/ports';
import type { WrittenBadge } from '../app/write';
import type { FileProblem } from '../core/problem';
import type { Snapshot } from '../core/snapshot';
import type { Token } from '../gitlab/token';
import type { Environment } from './environment';

export interface Writer {
  write(text: string): unknown;
}

/** Lines for people on standard error; debug lines only where they were asked for. A secret that slips in is blotted out. */
export function createLog(stderr: Writer, verbose: boolean, secrets: readonly string[]): Log {
  const line = (prefix: string) => (message: string) => {
    const safe = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message);
    stderr.write(`${prefix}${printable(safe)}\n`);
  };
  return { debug: verbose ? line('') : () => {}, info: line(''), warn: line('warning: ') };
}

/** Every token of a run, so that none of them gets into a log. */
export function givenSecrets({ token }: { readonly token?: string }, env: Environment, others: ReadonlyMap<string, Token> = new Map()): readonly string[] {
  const named = [token, env['GITLAB_TOKEN'], env['PRIVATE_TOKEN'], env['CI_JOB_TOKEN']].flatMap((secret) => secret || []);
  return [...named, ...[...others.values()].map(({ value }) => value)];
}

/** `file:line:column severity code message`, as editors and CI viewers read it. */
export function problemLine({ file, line, column, severity, code, message }: FileProblem): string {
  return printable(`${file}:${line}:${column} ${severity} ${code} ${message}`);
}

/** The one document of `--json`. */
export function jsonReport(snapshot: Snapshot, written: readonly WrittenBadge[]): string {
  const document = {
    project: snapshot.project?.project ?? null,
    path: snapshot.path,
    badges: written.map(({ badge, status, file, reason }) => ({
      stem: badge.stem,
      label: badge.label,
      message: badge.status === 'known' ? badge.face.message : null,
      color: badge.status === 'known' ? badge.face.color : null,
      file,
      source: badge.origin.text,
      status,
      ...(reason !== undefined && { reason }),
    })),
    requests: snapshot.requests,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A line for each badge; those that share the reason why they are missing share a line. */
export function textReport(written: readonly WrittenBadge[]): string {
  const lines: string[] = [];
  const width = Math.max(0, ...written.filter(({ file }) => file !== null).map(({ badge }) => badge.stem.length));
  for (const { badge, status, file } of written) {
    if (file === null || badge.status !== 'known') continue;
    lines.push(`${status.padEnd(9)}  ${badge.stem.padEnd(width)}  ${shorten(badge.face.message)}`);
  }
  const reasons = new Map<string, string[]>();
  for (const { badge, status, reason } of written) {
    if (reason === undefined) continue;
    const key = `${status.padEnd(9)}\n${reason}`;
    reasons.set(key, [...(reasons.get(key) ?? []), badge.stem]);
  }
  for (const [key, stems] of reasons) {
    const [status = '', reason = ''] = key.split('\n', 2);
    lines.push(`${status}  ${stems.join(', ')}: ${reason}`);
  }
  return lines.map((line) => `${printable(line)}\n`).join('');
}

export function summary(written: readonly WrittenBadge[], path: string): string {
  const counts = (['written', 'unchanged', 'failed', 'unknown'] as const).flatMap((status) => {
    const count = written.filter((badge) => badge.status === status).length;
    return count > 0 ? [`${count} ${status}`] : [];
  });
  return `${counts.length > 0 ? counts.join(', ') : 'No badges'} (${path}).`;
}

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/** Texts of other tools and servers must not steer the terminal. */
export const printable = (text: string) => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ');
