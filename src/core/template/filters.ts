import { countText, sizeText } from '../amounts';
import { dayMonthAndYear, daysBetween, formatDate } from '../dates';
import { graphemes } from '../graphemes';
import { numberValue, type Value } from './value';

export const filterNames = ['round', 'floor', 'ceil', 'fixed', 'percent', 'short', 'bytes', 'upper', 'lower', 'cut', 'date', 'age', 'default'] as const;
export type FilterName = (typeof filterNames)[number];

export function isFilterName(text: string): text is FilterName {
  return (filterNames as readonly string[]).includes(text);
}

type Argument = string | number;

/** What is put in instead of the input, or why there is nothing to put in: the end of a sentence about the input. */
type Filtered = Value | { readonly missing: string };

interface Filter {
  /** What stands between its brackets; all of it where `needs` says so. */
  readonly takes: readonly ('digits' | 'characters' | 'pattern' | 'text')[];
  readonly needs?: true;
  /** As it is written in an example. */
  readonly example: string;
  /** Markdown. */
  readonly doc: string;
  /** `at` is the moment everything is about, ISO 8601. */
  apply(input: Value, args: readonly Argument[], at: string): Filtered;
}

export const filterTable: Readonly<Record<FilterName, Filter>> = {
  round: onNumber('digits', 'coverage|round', 'A number, rounded: to a whole one, or to so many digits behind the point.', (number, digits) => rounded(number, digits, Math.round)),
  floor: onNumber('digits', 'coverage|floor', 'As `round`, rounded down.', (number, digits) => rounded(number, digits, Math.floor)),
  ceil: onNumber('digits', '(commit.date|age) / 7|ceil', 'As `round`, rounded up.', (number, digits) => rounded(number, digits, Math.ceil)),
  fixed: onNumber('digits', 'coverage|fixed(1)', 'A number with so many digits behind the point, zeros included; without a number with two.', (number, digits = 2) => ({ text: number.toFixed(digits), number })),
  percent: onNumber('digits', 'closed_issues / issues|percent', 'A share such as 0.426 as `42%`, rounded down, or with so many digits: 0.996 is not all.', (number, digits) => {
    const { number: percent } = rounded(number * 100, digits, Math.floor);
    return { text: `${(percent ?? 0).toFixed(digits)}%`, number: number * 100 };
  }),
  short: onNumber(null, 'commits|short', 'A count such as 1234 as `1.2k`, rounded down.', (number) => ({ text: number < 0 ? `-${countText(-number)}` : countText(number), number })),
  bytes: onNumber(null, 'repository.bytes|bytes', 'A number of bytes as a size such as `1.4 MiB`, rounded down.', (number) => (number < 0 ? { missing: 'is less than nothing' } : { text: sizeText(number), number })),
  upper: onText('default_branch|upper', 'In capital letters.', (text) => text.toUpperCase()),
  lower: onText('top_language|lower', 'In small letters.', (text) => text.toLowerCase()),
  cut: {
    takes: ['characters'],
    needs: true,
    example: 'commit.sha|cut(8)',
    doc: 'The first so many characters.',
    apply: ({ text, number }, [characters]) => ({ text: Array.from(graphemes(text)).slice(0, Number(characters)).join(''), number }),
  },
  date: {
    takes: ['pattern'],
    example: "release.date|date('YYYY-MM-DD')",
    doc: 'A date as `5 March 2021`, or by a pattern of `YYYY`, `MMMM` (March), `MMM`, `MM`, `M`, `DD` and `D`.',
    apply: ({ text }, [pattern]) => {
      const date = typeof pattern === 'string' ? formatDate(text, pattern) : dayMonthAndYear(text);
      return date === null ? { missing: 'is no date' } : { text: date, number: null };
    },
  },
  age: {
    takes: [],
    example: 'commit.date|age',
    doc: 'The whole days that have passed since a date.',
    apply: ({ text }, _, at) => {
      const days = dayMonthAndYear(text) === null ? null : daysBetween(text, at);
      return days === null ? { missing: 'is no date' } : numberValue(days);
    },
  },
  default: {
    takes: ['text'],
    needs: true,
    example: "release.tag|default('none')",
    doc: 'What is put in where the value is unknown; otherwise it changes nothing. One that failed is not replaced.',
    apply: (input) => input,
  },
};

/** What is wrong with what stands between the brackets of a filter, as a sentence without its end; null where nothing is. */
export function complaintAboutArgs(name: FilterName, args: readonly Argument[]): string | null {
  const { takes, needs, example } = filterTable[name];
  if (args.length > takes.length || (needs && args.length < takes.length)) {
    return `“${name}” takes ${takes.length === 0 ? 'nothing' : needs ? 'one thing' : 'one thing at most'} in brackets, such as {${example}}`;
  }
  const wrong = args.some((arg, index) => !fits(takes[index], arg));
  return wrong ? `“${name}” takes ${wanted[takes[0] ?? 'text']} in brackets, such as {${example}}` : null;
}

const wanted = { digits: 'a whole number from 0 to 10', characters: 'a whole number from 1 to 255', pattern: 'a text in quotes', text: 'a text in quotes or a number' };

function fits(takes: Filter['takes'][number] | undefined, arg: Argument): boolean {
  switch (takes) {
    case 'digits':
      return Number.isInteger(arg) && Number(arg) >= 0 && Number(arg) <= 10;
    case 'characters':
      return Number.isInteger(arg) && Number(arg) >= 1 && Number(arg) <= 255;
    case 'pattern':
      return typeof arg === 'string';
    default:
      return true;
  }
}

function onNumber(takes: 'digits' | null, example: string, doc: string, apply: (number: number, digits?: number) => Filtered): Filter {
  return {
    takes: takes === null ? [] : [takes],
    example,
    doc,
    apply: ({ number }, [digits]) => (number === null ? { missing: 'is no number' } : digits === undefined ? apply(number) : apply(number, Number(digits))),
  };
}

function onText(example: string, doc: string, apply: (text: string) => string): Filter {
  return { takes: [], example, doc, apply: ({ text, number }) => ({ text: apply(text), number }) };
}

/** By the decimal digits: 1.005 is written with a point, and binary fractions lie a little beside it. */
function rounded(number: number, digits = 0, round: (number: number) => number): Value {
  const shifted = Number(`${number.toPrecision(15)}`) * 10 ** digits;
  const result = round(Number(shifted.toPrecision(15))) / 10 ** digits;
  return { text: String(result), number: result };
}
