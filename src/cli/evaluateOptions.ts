import { parseShard, wholeRun, type Shard } from '../app/shard';
import type { Environment } from './environment';
import { UsageError } from './exitCodes';
import { helpLines, readOptions, type Option } from './optionTable';

export const evaluateFormats = ['text', 'json', 'sarif'] as const;
export type EvaluateFormat = (typeof evaluateFormats)[number];

export interface EvaluateOptions {
  /** Only this badge. */
  readonly badge?: string;
  readonly token?: string;
  readonly project?: string;
  readonly server?: string;
  readonly config?: string;
  readonly cache?: string;
  /** All projects of this group, in place of one project. */
  readonly group?: string;
  readonly recursive: boolean;
  readonly shard?: Shard;
  /** The moment that everything is about, ISO 8601 in UTC. */
  readonly now?: string;
  readonly out?: string;
  /** Folders of earlier runs that are put together; nothing is evaluated then. */
  readonly merge?: readonly string[];
  readonly format: EvaluateFormat;
  readonly strict: boolean;
  readonly verbose: boolean;
}

/** Reads the arguments behind `evaluate`. Throws UsageError, which never quotes a value. */
export function parseEvaluateOptions(args: readonly string[]): EvaluateOptions | 'help' | 'version' {
  const { switches, values, lists } = readOptions('evaluate', optionTable, args);
  if (switches.has('help')) return 'help';
  if (switches.has('version')) return 'version';
  const { shard, now, format, ...texts } = values;
  const { merge } = lists;
  const given = new Set<string>([...switches, ...Object.keys(values)]);
  if (merge) {
    const useless = ['badge', 'group', 'recursive', 'shard', 'now', 'out'].find((name) => given.has(name));
    if (useless !== undefined) throw new UsageError(`--merge puts results together that are there already, so --${useless} has no meaning with it.`);
  }
  if (given.has('group') && given.has('project')) throw new UsageError('Either --project or --group: not both.');
  for (const name of ['recursive', 'shard']) if (given.has(name) && !given.has('group')) throw new UsageError(`--${name} has a meaning with --group only.`);
  if (switches.has('json') && format !== undefined && format !== 'json') throw new UsageError('--json and --format say different things.');
  return {
    ...texts,
    ...(merge && { merge }),
    ...(shard !== undefined && { shard: readShard(shard) }),
    ...(now !== undefined && { now: readMoment(now) }),
    format: switches.has('json') ? 'json' : readFormat(format ?? 'text'),
    recursive: switches.has('recursive'),
    strict: switches.has('strict'),
    verbose: switches.has('verbose'),
  };
}

/** The shard of `--shard`, else of a parallel job of GitLab CI, else all. Throws UsageError where CI's variables make no sense. */
export function shardOf({ shard }: Pick<EvaluateOptions, 'shard'>, env: Environment): Shard {
  const { CI_NODE_INDEX: index, CI_NODE_TOTAL: total } = env;
  // GitLab sets the total in every job, the index in parallel ones only.
  if (shard || !index || !total) return shard ?? wholeRun;
  const found = parseShard(`${index}/${total}`);
  if (!found) throw new UsageError('CI_NODE_INDEX and CI_NODE_TOTAL are no part of a whole: give --shard I/N.');
  return found;
}

export const evaluateUsage = 'Usage: badgesmith evaluate [--badge ID] [--group PATH [--recursive]] [--now ISO] [--out DIR] [--format text|json|sarif]\nbadgesmith evaluate --help says more.';

export const evaluateOverview = '  evaluate    finds out which levels of its leveled badges a project, or each project of a group, has reached';

export function evaluateHelp(): string {
  return [
    'Usage: badgesmith evaluate [--badge ID] [--group PATH [--recursive] [--shard I/N]] [--now ISO] [--out DIR] [--format text|json|sarif]',
    '       badgesmith evaluate --merge DIR [DIR …] [--format text|json|sarif]',
    '',
    'Finds out which levels of the badges in .badge-api.yaml a project has reached, with the reasons.',
    '',
    'Options',
    ...helpLines(optionTable),
    '',
    'Environment',
    '  GITLAB_TOKEN, PRIVATE_TOKEN   the token, where there is no -t; then the tokenFile of the configuration for this server;',
    "  CI_JOB_TOKEN                  then the job's own token, which reads only part of the facts, and no group",
    '  CI_NODE_INDEX, CI_NODE_TOTAL  the shard of a parallel job, where there is no --shard',
    '  REMOTE_CONFIG_URL             a remote configuration, in place of the one that the file names',
    '',
    'Exit codes: 0 done; 1 something failed (or, with --strict, is unknown); 2 wrong usage or unreadable configuration;',
    '3 GitLab could not be used at all; 130 interrupted.',
  ].join('\n');
}

const optionTable = [
  { name: 'badge', short: '', takes: 'an id', help: 'this badge alone' },
  { name: 'group', short: '', takes: 'a path', help: 'the projects of a group in place of one project' },
  { name: 'recursive', short: '', takes: '', help: 'those of its subgroups, too' },
  { name: 'shard', short: '', takes: 'I/N', help: 'of those the part I of N; by default that of a parallel CI job' },
  { name: 'now', short: '', takes: 'a moment', help: 'what counts as now, in ISO 8601 with its zone: 2026-01-31T12:00:00Z' },
  { name: 'out', short: '', takes: 'a folder', help: 'keeps the results; a group goes on there after an interruption' },
  { name: 'merge', short: '', takes: 'a folder', many: true, help: 'puts the results of shards together' },
  { name: 'format', short: '', takes: 'a format', help: 'text (default), json or sarif' },
  { name: 'strict', short: '', takes: '', help: 'exit with 1 where a badge is unknown, too' },
  { name: 'token', short: '-t', takes: 'a token', help: 'GitLab token that reads (read_api); better in the environment' },
  { name: 'project', short: '', takes: 'an id or a path', help: 'the project on its GitLab' },
  { name: 'server', short: '', takes: 'a URL', help: 'address of the GitLab, e.g. https://gitlab.example.com' },
  { name: 'config', short: '', takes: 'a file', help: 'configuration; else .badge-api.yaml here or in /etc/badge-api' },
  { name: 'cache', short: '', takes: 'a folder', help: 'keeps answers of GitLab for the next run' },
  { name: 'json', short: '', takes: '', help: 'the same as --format json: one document on standard output' },
  { name: 'verbose', short: '', takes: '', help: 'says what it does, on standard error' },
  { name: 'version', short: '-V', takes: '', help: 'the version' },
  { name: 'help', short: '-h', takes: '', help: 'this text' },
] as const satisfies readonly Option[];

function readShard(text: string): Shard {
  const shard = parseShard(text);
  if (!shard) throw new UsageError('--shard needs a part and how many there are, such as 2/5.');
  return shard;
}

function readFormat(text: string): EvaluateFormat {
  const format = evaluateFormats.find((name) => name === text);
  if (!format) throw new UsageError(`--format is one of ${evaluateFormats.join(', ')}.`);
  return format;
}

/** A day, or a day and a time with its zone: without one it would mean another moment on another machine. */
function readMoment(text: string): string {
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2}))?$/i.exec(text) ?? [];
  const moment = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase());
  const midnight = new Date(`${day}T00:00:00Z`);
  // A day that is not there, such as 30 February, would become one of the next month.
  const isDay = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day ?? '');
  if (day === undefined || !isDay || Number.isNaN(moment.getTime())) {
    throw new UsageError('--now needs a moment in ISO 8601 with its zone, such as 2026-01-31T12:00:00Z, or a day.');
  }
  return moment.toISOString();
}
