import { checkOverview, parseCheckOptions, type CheckOptions } from './checkOptions';
import { evaluateOverview, parseEvaluateOptions, type EvaluateOptions } from './evaluateOptions';
import { UsageError } from './exitCodes';
import { isPublishCommand, parsePublishOptions, publishOverview, type PublishCommand, type PublishOptions } from './publishOptions';

export interface GenerateOptions {
  readonly path?: string;
  readonly token?: string;
  readonly junitXml: readonly string[];
  readonly staticBadges: readonly (readonly [label: string, message: string, color: string])[];
  readonly linkBadges: readonly string[];
  readonly strict: boolean;
  readonly project?: string;
  readonly server?: string;
  readonly config?: string;
  readonly cache?: string;
  readonly allowCommands: boolean;
  readonly json: boolean;
  readonly verbose: boolean;
}

export type CommandLine =
  | { readonly command: 'generate'; readonly options: GenerateOptions }
  | { readonly command: PublishCommand; readonly options: PublishOptions }
  | { readonly command: 'check'; readonly options: CheckOptions }
  | { readonly command: 'evaluate'; readonly options: EvaluateOptions }
  | { readonly command: 'help'; readonly of: 'generate' | 'check' | 'evaluate' | PublishCommand | null }
  | { readonly command: 'version' };

/**
 * Reads the arguments after the program's name. Without a command it is `generate`, as the reference has none.
 * Throws UsageError, which never quotes a value: it may be a token in the wrong place.
 */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const [first] = args;
  if (isPublishCommand(first)) {
    const options = parsePublishOptions(first, args.slice(1));
    return options === 'help' ? { command: 'help', of: first } : options === 'version' ? { command: 'version' } : { command: first, options };
  }
  if (first === 'check') {
    const options = parseCheckOptions(args.slice(1));
    return options === 'help' ? { command: 'help', of: first } : options === 'version' ? { command: 'version' } : { command: first, options };
  }
  if (first === 'evaluate') {
    const options = parseEvaluateOptions(args.slice(1));
    return options === 'help' ? { command: 'help', of: first } : options === 'version' ? { command: 'version' } : { command: first, options };
  }
  const named = first !== undefined && !first.startsWith('-');
  if (named && first !== 'generate') {
    throw new UsageError(/^[a-z]{1,20}$/.test(first) ? `There is no command ${first}.` : 'The first argument is no command.');
  }
  const rest = named ? args.slice(1) : args;

  const flags = new Set<SwitchName>();
  const values = new Map<ValueName, string>();
  const lists = { '--junit-xml': [] as string[], '--link-badges': [] as string[] };
  const staticBadges: [string, string, string][] = [];

  for (let at = 0; at < rest.length; ) {
    const argument = rest[at++] as string;
    const [written, attached] = splitAttached(argument);
    const option = optionOf(written);
    if (!option) throw new UsageError(written.startsWith('-') ? `There is no option ${written}.` : 'There is an argument too many: options start with a dash.');
    const next = (): string => {
      const value = rest[at];
      if (value === undefined || optionOf(splitAttached(value)[0])) throw new UsageError(`${written} needs ${option.takes}.`);
      at += 1;
      return value;
    };
    if (attached !== undefined && option.takes === '') throw new UsageError(`${written} takes no value.`);
    if (attached === '' && option.name !== '--static-badges') throw new UsageError(`${written} needs ${option.takes}.`);

    switch (option.name) {
      case '--static-badges':
        staticBadges.push([attached ?? next(), next(), next()]);
        break;
      case '--link-badges':
        lists[option.name].push(attached ?? next());
        while (rest[at] !== undefined && !(rest[at] as string).startsWith('-')) lists[option.name].push(rest[at++] as string);
        break;
      case '--junit-xml':
        lists[option.name].push(attached ?? next());
        break;
      case '--strict':
      case '--allow-commands':
      case '--json':
      case '--verbose':
      case '--version':
      case '--help':
        flags.add(option.name);
        break;
      default:
        values.set(option.name, attached ?? next());
    }
  }

  if (flags.has('--help')) return { command: 'help', of: named ? 'generate' : null };
  if (flags.has('--version')) return { command: 'version' };
  const value = <Key extends string>(key: Key, name: ValueName) => {
    const text = values.get(name);
    return (text === undefined ? {} : { [key]: text }) as { readonly [key in Key]?: string };
  };
  return {
    command: 'generate',
    options: {
      ...value('path', '--path'),
      ...value('token', '--token'),
      ...value('project', '--project'),
      ...value('server', '--server'),
      ...value('config', '--config'),
      ...value('cache', '--cache'),
      junitXml: lists['--junit-xml'],
      staticBadges,
      linkBadges: lists['--link-badges'],
      allowCommands: flags.has('--allow-commands'),
      strict: flags.has('--strict'),
      json: flags.has('--json'),
      verbose: flags.has('--verbose'),
    },
  };
}

const usageLine = 'badgesmith [generate] [-p DIR] [-t TOKEN] [--junit-xml FILE]… [-s LABEL MESSAGE COLOR]… [-lb URL [URL …]]… [--strict]';

/** One line for those who mistyped. */
export const shortUsage = `Usage: ${usageLine}\nbadgesmith --help says more.`;

export function helpText(of: 'generate' | null): string {
  const lines = optionTable.map(({ name, short, takes, help }) => {
    const left = `  ${short === '' ? '    ' : `${short}, `.padEnd(4)}${name}${takes === '' ? '' : ` ${shown(takes)}`}`;
    return `${left.padEnd(44)}${help}`;
  });
  const intro = of === null ? ['Badges for GitLab projects, drawn where you are.', '', 'Commands', '  generate    writes an SVG and a JSON file for each badge; it may be left out', evaluateOverview, ...publishOverview, checkOverview, ''] : ['Writes an SVG and a JSON file for each badge.', ''];
  return [
    `Usage: ${usageLine}`,
    '',
    ...intro,
    'Options',
    ...lines,
    '',
    'Environment',
    '  GITLAB_TOKEN, PRIVATE_TOKEN, CI_JOB_TOKEN   the token, the first one that is set; the last one for the CI server only',
    '  CI_API_V4_URL, CI_SERVER_URL, CI_PROJECT_ID the server and the project; without them the git remote says',
    '  HTTPS_PROXY, HTTP_PROXY, NO_PROXY           the proxy',
    '  CI_SERVER_TLS_CA_FILE, NODE_EXTRA_CA_CERTS  further certificate authorities',
    '',
    'Exit codes: 0 done; 1 something failed (or, with --strict, is unknown); 2 wrong usage or unreadable configuration;',
    '3 GitLab could not be used at all; 130 interrupted.',
  ].join('\n');
}

const optionTable = [
  { name: '--path', short: '-p', takes: 'a folder', help: 'where the badges go; public/badges by default' },
  { name: '--token', short: '-t', takes: 'a token', help: 'GitLab token that reads (read_api); better in the environment' },
  { name: '--junit-xml', short: '', takes: 'a file', help: 'JUnit report or glob; may be repeated' },
  { name: '--static-badges', short: '-s', takes: 'LABEL MESSAGE COLOR', help: 'a badge that is always the same; may be repeated' },
  { name: '--link-badges', short: '-lb', takes: 'a URL', help: 'badges of other services; several URLs may follow' },
  { name: '--strict', short: '', takes: '', help: 'exit with 1 where a badge is unknown, too' },
  { name: '--project', short: '', takes: 'an id or a path', help: 'the project on its GitLab' },
  { name: '--server', short: '', takes: 'a URL', help: 'address of the GitLab, e.g. https://gitlab.example.com' },
  { name: '--config', short: '', takes: 'a file', help: 'configuration; else .gitlab/badges.yaml, .yml, .toml or pyproject.toml' },
  { name: '--cache', short: '', takes: 'a folder', help: 'keeps answers of GitLab for the next run' },
  { name: '--allow-commands', short: '', takes: '', help: 'runs the commands that template badges of the configuration name' },
  { name: '--json', short: '', takes: '', help: 'one JSON document on standard output' },
  { name: '--verbose', short: '', takes: '', help: 'says what it does, on standard error' },
  { name: '--version', short: '-V', takes: '', help: 'the version' },
  { name: '--help', short: '-h', takes: '', help: 'this text' },
] as const;

type Option = (typeof optionTable)[number];
type SwitchName = Extract<Option, { takes: '' }>['name'];
type ValueName = '--path' | '--token' | '--project' | '--server' | '--config' | '--cache';

const optionOf = (written: string): Option | undefined => optionTable.find(({ name, short }) => written === name || (short !== '' && written === short));

/** `--path=public` is `--path public`; short options have no such form. */
function splitAttached(argument: string): [written: string, attached?: string] {
  const equals = argument.indexOf('=');
  return argument.startsWith('--') && equals > 0 ? [argument.slice(0, equals), argument.slice(equals + 1)] : [argument];
}

/** `a folder` → `FOLDER`, as help texts name values. */
const shown = (takes: string): string => (takes === takes.toUpperCase() ? takes : takes.replace(/^an? /, '').replace(/\W+/g, '|').replace('|or|a|', '|').toUpperCase());
