import { UsageError } from './exitCodes';
import { helpLines, readOptions, type Option } from './optionTable';

const checkFormats = ['text', 'json', 'sarif', 'codequality'] as const;
export type CheckFormat = (typeof checkFormats)[number];

export interface CheckOptions {
  /** Empty: all configuration files of the folder. */
  readonly files: readonly string[];
  readonly format: CheckFormat;
  readonly verbose: boolean;
}

/** Reads the arguments behind `check`. Throws UsageError, which never quotes a value. */
export function parseCheckOptions(args: readonly string[]): CheckOptions | 'help' | 'version' {
  const files: string[] = [];
  const options: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] ?? '';
    if (argument === '--') {
      files.push(...args.slice(at + 1));
      break;
    }
    if (!argument.startsWith('-') && args[at - 1] !== '--format') files.push(argument);
    else options.push(argument);
  }
  const { switches, values } = readOptions('check', optionTable, options);
  if (switches.has('help')) return 'help';
  if (switches.has('version')) return 'version';
  const format = checkFormats.find((name) => name === (values.format ?? (switches.has('json') ? 'json' : 'text')));
  if (!format) throw new UsageError(`--format is one of ${checkFormats.join(', ')}.`);
  if (switches.has('json') && format !== 'json') throw new UsageError('--json and --format say different things.');
  return { files, format, verbose: switches.has('verbose') };
}

export const checkUsage = 'Usage: badgesmith check [FILE…] [--format text|json|sarif|codequality]\nbadgesmith check --help says more.';

export const checkOverview = '  check       finds mistakes in configuration files, as the editor does';

export function checkHelp(): string {
  return [
    'Usage: badgesmith check [FILE…] [--format text|json|sarif|codequality]',
    '',
    'Finds mistakes in configuration files, the same as the editor shows. Without FILE all that lie here: .gitlab/badges.yaml,',
    '.gitlab/badges.toml, our table of pyproject.toml, .badge-api.yaml, *.badge-decision.json, .badge-subsequent-use.json, and the JSON files',
    'of the output folder. GitLab is not asked.',
    '',
    'Options',
    ...helpLines(optionTable),
    '',
    'Exit codes: 0 no errors, warnings maybe; 1 an error was found; 2 wrong usage; 130 interrupted.',
  ].join('\n');
}

const optionTable = [
  { name: 'format', short: '', takes: 'a format', help: 'text (default), json, sarif, or codequality for the widget of merge requests' },
  { name: 'json', short: '', takes: '', help: 'the same as --format json: one document on standard output' },
  { name: 'verbose', short: '', takes: '', help: 'names the files that were read, on standard error' },
  { name: 'version', short: '-V', takes: '', help: 'the version' },
  { name: 'help', short: '-h', takes: '', help: 'this text' },
] as const satisfies readonly Option[];
