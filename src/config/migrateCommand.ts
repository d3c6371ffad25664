import { installCommand } from './badgeJob';

/** What becomes of a step of a job that may run badges-gitlab. */
interface MigratedCommand {
  /** Lines of shell; none where nothing of it is needed any more. */
  readonly lines: readonly string[];
  readonly isChanged: boolean;
  /** It ran badges-gitlab. */
  readonly runs: boolean;
  /** It installs the command line now. */
  readonly installs: boolean;
  /** Commands that need Python and are none of our business. */
  readonly foreign: readonly string[];
  /** Other commands that stay, without those that every shell has. */
  readonly kept: readonly string[];
  readonly remarks: readonly string[];
}

/** A step, of one line or several, for `badgesmith`. */
export function migrateCommand(step: string): MigratedCommand {
  const lines: string[] = [];
  const found = { runs: false, installs: false, foreign: [] as string[], kept: [] as string[], remarks: [] as string[] };
  for (const line of step.split(/\r\n|\r|\n/)) {
    const parts = partsOf(line);
    let kept = '';
    for (let at = 0; at < parts.length; at += 2) {
      const command = migrateOne((parts[at] ?? '').trim(), found);
      if (command === null) continue;
      // What joins two commands goes with the one that goes.
      kept += kept.trim() === '' ? command : `${parts[at - 1] ?? ''}${command}`;
    }
    const indentation = /^\s*/.exec(line)?.[0] ?? '';
    if (kept.trim() !== '') lines.push(indentation + kept.trim());
  }
  const isChanged = found.runs || found.installs || lines.join('\n') !== step.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '').join('\n');
  return { lines, isChanged, ...found };
}

type Found = { runs: boolean; installs: boolean; readonly foreign: string[]; readonly kept: string[]; readonly remarks: string[] };

/** The commands of a line, each behind what joins it to the one before, which stands at the odd places. */
function partsOf(line: string): readonly string[] {
  const parts = [''];
  for (const [piece, joint] of line.matchAll(/"(?:\\.|[^"\\])*"|'[^']*'|\\.|(\s*(?:&&|;)\s*)|[^]/g)) {
    if (joint === undefined) parts[parts.length - 1] += piece;
    else parts.push(joint, '');
  }
  return parts;
}

/** Null for what only prepares badges-gitlab. */
function migrateOne(command: string, found: Found): string | null {
  const variables = /^(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\S*)\s+)*/.exec(command)?.[0] ?? '';
  const bare = command.slice(variables.length);
  const [run] = /^(?:(?:\S*\/)?python[\d.]*\s+-m\s+badges_gitlab(?:\.cli)?|(?:\S*\/)?badges-gitlab)(?=\s|$)/.exec(bare) ?? [];
  if (run !== undefined) {
    found.runs = true;
    if (!isWhole(bare)) {
      found.foreign.push(bare);
      return command;
    }
    return variables + ourCommand(bare.slice(run.length), found);
  }
  const packages = packagesOf(bare);
  if (packages) {
    const others = packages.filter((name) => !preparing.has(name));
    if (others.every((name) => name === reference)) {
      if (others.length === 0 || found.installs) return null;
      found.installs = true;
      return installCommand;
    }
    found.foreign.push(bare);
    return command;
  }
  if (preparations.test(bare)) return null;
  if (/^(?:\S*\/)?(?:python|pip|pipx|poetry|pipenv|uv|uvx|pytest|tox|nox|coverage|hatch|pdm)[\d.]*(?=\s|$)/.test(bare)) found.foreign.push(bare);
  else if (bare !== '' && !/^(?:echo|printf|mkdir|cp|mv|rm|ls|cat|cd|pwd|export|set|test|\[|if|then|else|elif|fi|for|do|done|true|false|exit|touch|#)(?=\s|$)/.test(bare)) found.kept.push(bare);
  return command;
}

const reference = 'badges-gitlab';

/** Packages that only install others. */
const preparing = new Set(['pip', 'setuptools', 'wheel', 'virtualenv', 'pipx']);

/** A Python of its own for the tool. */
const preparations = /^(?:(?:\S*\/)?(?:python|pip)[\d.]*\s+(?:-V|--version)|(?:\S*\/)?python[\d.]*\s+-m\s+(?:venv|virtualenv)\s+\S+|virtualenv\s+\S+|(?:source|\.)\s+\S*\/activate|deactivate|pip[\d.]*\s+(?:list|freeze|cache\s+\w+))$/;

/** What pip installs, by name; null for another command. */
function packagesOf(command: string): readonly string[] | null {
  const [, given] = /^(?:(?:\S*\/)?python[\d.]*\s+-m\s+|uv\s+)?(?:\S*\/)?(?:pip|pipx)[\d.]*\s+install\s+(.*)$/.exec(command) ?? [];
  if (given === undefined) return null;
  const words = wordsOf(given);
  // A file with requirements may hold anything.
  return words.filter((word) => !/^(?:-U|--upgrade|-q|--quiet|--user|--no-cache-dir|--pre|--break-system-packages|--disable-pip-version-check)$/.test(word)).map((word) => unquoted(word).replace(/[<>=!~[ ;@].*$/, '').replaceAll('_', '-').toLowerCase());
}

/** The options of badges-gitlab; their names may be shortened, as Python's argparse takes them. */
const options = [
  { name: '--path', short: '-p' },
  { name: '--token', short: '-t' },
  { name: '--junit-xml', short: '' },
  { name: '--static-badges', short: '-s' },
  { name: '--link-badges', short: '-lb' },
  { name: '--version', short: '-V' },
  { name: '--help', short: '-h' },
] as const;

function ourCommand(given: string, found: Found): string {
  // What comes behind a redirection or a pipe is the shell's.
  const shellAt = given.search(/\s(?:\||>|<|2>|&(?!&))/);
  const [words, rest] = shellAt < 0 ? [given, ''] : [given.slice(0, shellAt), given.slice(shellAt)];
  const mapped: string[] = [];
  let isOther = false;
  const list = wordsOf(words);
  for (const [index, word] of list.entries()) {
    const { name, value } = optionOf(word);
    if (name === null) {
      if (/^-+[A-Za-z]/.test(word)) found.remarks.push(`badgesmith has no option ${/^-+[\w-]+/.exec(word)?.[0] ?? word}: it stays, and has to be taken out.`);
      mapped.push(word);
      continue;
    }
    if (name === '--version' || name === '--help') isOther = true;
    if (name === '--token') found.remarks.push(tokenRemark(value ?? list[index + 1] ?? ''));
    mapped.push(name, ...(value === null ? [] : [value]));
  }
  return [isOther ? 'badgesmith' : 'badgesmith generate', ...mapped].join(' ') + rest;
}

/** Also `--path=x`, `-px` and `--pa x`. */
function optionOf(word: string): { readonly name: string | null; readonly value: string | null } {
  const [, long, attached] = /^(--[a-z][a-z-]*)(?:=(.*))?$/s.exec(word) ?? [];
  if (long !== undefined) {
    const fitting = options.filter(({ name }) => name.startsWith(long));
    const exact = fitting.find(({ name }) => name === long) ?? (fitting.length === 1 ? fitting[0] : undefined);
    return { name: exact?.name ?? null, value: exact ? (attached ?? null) : null };
  }
  const short = options.find((option) => option.short === word);
  if (short) return { name: short.name, value: null };
  const [, letter, value] = /^(-[pts])=?(.+)$/s.exec(word) ?? [];
  return { name: options.find((option) => option.short === letter)?.name ?? null, value: letter === undefined ? null : (value ?? null) };
}

function tokenRemark(value: string): string {
  return /^["']?\$/.test(value)
    ? 'A token among the arguments can be read by other processes: give it as the variable GITLAB_TOKEN, without -t.'
    : 'A token stands in the file: revoke it, and give a new one as the masked variable GITLAB_TOKEN.';
}

/** The words of a command as the shell tells them apart, with their quotes. */
function wordsOf(text: string): readonly string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/gs) ?? [];
}

/** No quote of it is left open. */
function isWhole(text: string): boolean {
  return wordsOf(text).reduce((rest, word) => rest.replace(word, () => ''), text).trim() === '';
}

function unquoted(word: string): string {
  return word.replace(/^(["'])(.*)\1$/s, '$2');
}
