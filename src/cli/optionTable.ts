import { UsageError } from './exitCodes';

/** An option of a command, as its parser reads it and its help shows it. */
export interface Option {
  /** Without the dashes in front. */
  readonly name: string;
  /** `-t`; empty where there is none. */
  readonly short: string;
  /** What has to follow: `a file`; empty for a switch. */
  readonly takes: string;
  /** Further values may follow, up to the next option, and the option may be repeated. */
  readonly many?: boolean;
  readonly help: string;
}

interface Given<O extends Option> {
  readonly switches: ReadonlySet<Extract<O, { takes: '' }>['name']>;
  /** The last value counts where an option is repeated. */
  readonly values: { readonly [name in Exclude<O, { takes: '' } | { many: true }>['name']]?: string };
  readonly lists: { readonly [name in Extract<O, { many: true }>['name']]?: readonly string[] };
}

/** Reads the arguments behind a command's name. Throws UsageError, which never quotes a value: it may be a token in the wrong place. */
export function readOptions<O extends Option>(command: string, table: readonly O[], args: readonly string[]): Given<O> {
  const switches = new Set<string>();
  const values: Record<string, string> = {};
  const lists: Record<string, string[]> = {};
  const optionOf = (written: string) => table.find(({ name, short }) => written === `--${name}` || (short !== '' && written === short));
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] ?? '';
    const equals = argument.startsWith('--') ? argument.indexOf('=') : -1;
    const written = equals < 0 ? argument : argument.slice(0, equals);
    const option = optionOf(written);
    if (!option) throw new UsageError(written.startsWith('-') ? `${command} has no option ${written}.` : 'There is an argument too many: options start with a dash.');
    if (option.takes === '') {
      if (equals >= 0) throw new UsageError(`${written} takes no value.`);
      switches.add(option.name);
      continue;
    }
    const value = equals < 0 ? args[++at] : argument.slice(equals + 1);
    if (value === undefined || value === '' || optionOf(value.replace(/=.*/s, ''))) throw new UsageError(`${written} needs ${option.takes}.`);
    if (!option.many) {
      values[option.name] = value;
      continue;
    }
    const list = (lists[option.name] ??= []);
    list.push(value);
    while (args[at + 1] !== undefined && !args[at + 1]?.startsWith('-')) list.push(args[++at] ?? '');
  }
  return { switches, values, lists } as unknown as Given<O>;
}

/** One line for each option. */
export function helpLines(table: readonly Option[]): readonly string[] {
  return table.map(({ name, short, takes, many, help }) => {
    const value = takes === '' ? '' : ` ${takes.replace(/^an? /, '').replaceAll(' or a ', '|').toUpperCase()}${many ? '…' : ''}`;
    return `  ${short === '' ? '    ' : `${short}, `}--${name}${value}`.padEnd(30) + help;
  });
}
