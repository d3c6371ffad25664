import { refuseError } from './answer';

/** What a route declares of one parameter. A declared parameter is judged whether it is used or not; others are ignored. */
interface Declaration {
  readonly type: 'integer' | 'string' | 'boolean' | 'time' | 'list';
  readonly required?: true;
  readonly values?: readonly string[];
  readonly notBlank?: true;
  readonly notZero?: true;
  readonly default?: string;
}

export type Declarations = Readonly<Record<string, Declaration>>;

/** Parameters as they came, from the path, the query and the body. */
export type Given = ReadonlyMap<string, unknown>;

export const pagination: Declarations = {
  page: { type: 'integer', default: '1' },
  per_page: { type: 'integer', notZero: true, default: '20' },
};

export const text: Declaration = { type: 'string' };
export const time: Declaration = { type: 'time' };
export const flag: Declaration = { type: 'boolean' };
export const list: Declaration = { type: 'list' };
export const integer: Declaration = { type: 'integer' };

/** One of a few words; the first is the default unless another is named. */
export function oneOf(...values: readonly string[]): Declaration {
  const [first] = values;
  return { type: 'string', values, ...(first === undefined ? {} : { default: first }) };
}

/** One of a few words, or nothing. */
export function anyOf(...values: readonly string[]): Declaration {
  return { type: 'string', values };
}

type Value = string | number | boolean | Date | readonly string[] | null;

/** Declared parameters, judged and turned into values. */
export class Params {
  constructor(private readonly values: ReadonlyMap<string, Value>) {}

  /** True where the caller gave the parameter, be it null. */
  has(name: string): boolean {
    return this.values.has(name);
  }

  text(name: string): string | null {
    const value = this.values.get(name);
    return typeof value === 'string' ? value : null;
  }

  number(name: string): number | null {
    const value = this.values.get(name);
    return typeof value === 'number' ? value : null;
  }

  flag(name: string): boolean {
    return this.values.get(name) === true;
  }

  /** Milliseconds since the epoch. */
  time(name: string): number | null {
    const value = this.values.get(name);
    return value instanceof Date ? value.getTime() : null;
  }

  list(name: string): readonly string[] | null {
    const value = this.values.get(name);
    return isList(value) ? value : null;
  }

  /** As the Link header repeats them: given ones and defaults. */
  *entries(): Generator<[string, string | readonly string[]]> {
    for (const [name, value] of this.values) {
      if (value === null) continue;
      if (isList(value)) yield [name, value];
      else if (value instanceof Date) yield [name, value.toISOString()];
      else yield [name, String(value)];
    }
  }
}

/** Judges all declared parameters; throws one 400 that names every fault. */
export function readParams(given: Given, declarations: Declarations): Params {
  const values = new Map<string, Value>();
  const faults: string[] = [];
  for (const [name, declaration] of Object.entries(declarations)) {
    const raw = given.has(name) ? given.get(name) : declaration.default;
    if (raw === undefined) {
      if (declaration.required) faults.push(`${name} is missing`);
      continue;
    }
    const value = convert(raw, declaration.type);
    if (value === undefined) faults.push(`${name} is invalid`);
    else if (declaration.notBlank && value === '') faults.push(`${name} is empty`);
    else if (declaration.notZero && value === 0) faults.push(`${name} has a value not allowed`);
    else if (declaration.values && typeof value === 'string' && !declaration.values.includes(value)) faults.push(`${name} does not have a valid value`);
    else values.set(name, value);
  }
  if (faults.length > 0) throw refuseError(400, faults.join(', '));
  return new Params(values);
}

/** The value in its type, null for none, undefined where it can't be had. */
function convert(raw: unknown, type: Declaration['type']): Value | undefined {
  if (raw === null) return null;
  if (type === 'list') {
    const items = Array.isArray(raw) ? raw.map(String) : scalar(raw)?.split(',');
    return items?.map((item) => item.trim()).filter((item) => item !== '');
  }
  const given = scalar(raw);
  if (given === undefined) return undefined;
  switch (type) {
    case 'string':
      return given;
    case 'integer':
      if (given === '') return null;
      return /^-?\d+$/.test(given) ? Number(given) : undefined;
    case 'boolean':
      if (given === '') return null;
      if (/^(true|t|yes|y|on|1)$/i.test(given)) return true;
      return /^(false|f|no|n|off|0)$/i.test(given) ? false : undefined;
    case 'time': {
      if (given === '') return null;
      const date = new Date(given);
      return Number.isNaN(date.getTime()) ? undefined : date;
    }
  }
}

/** A single value as text; undefined for a list or an object. */
function scalar(raw: unknown): string | undefined {
  return typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : undefined;
}

function isList(value: Value | undefined): value is readonly string[] {
  return Array.isArray(value);
}
