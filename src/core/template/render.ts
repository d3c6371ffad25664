import { filterTable } from './filters';
import type { Expression, Operator, Template } from './template';
import { numberIn, numberValue, textValue, type Value } from './value';

/** What a name stands for. The reason is a sentence. */
export type Named = ({ readonly status: 'known' } & Value) | { readonly status: 'unknown' | 'failed'; readonly reason: string };

type Rendered = { readonly status: 'known'; readonly text: string; readonly value: number | null } | { readonly status: 'unknown' | 'failed'; readonly reason: string };

/**
 * Puts in what the expressions come to. `value` is the number of the first of them that is one. Where one comes to nothing, so does
 * the whole, for the reason of the first one. `at` is the moment everything is about, ISO 8601.
 */
export function render(template: Template, lookUp: (name: string) => Named, at: string): Rendered {
  return attempt(() => {
    const parts = template.parts.map((part) => (typeof part === 'string' ? { text: part, number: null } : evaluate(part, lookUp, at)));
    return { status: 'known', text: parts.map(({ text }) => text).join(''), value: parts.find(({ number }) => number !== null)?.number ?? null };
  });
}

/** The number an expression comes to. */
export function renderNumber(expression: Expression, lookUp: (name: string) => Named, at: string): Rendered {
  return attempt(() => {
    const value = evaluate(expression, lookUp, at);
    return { status: 'known', text: value.text, value: numberOf(value, expression) };
  });
}

function attempt(work: () => Rendered): Rendered {
  try {
    return work();
  } catch (error) {
    if (error instanceof Nothing) return { status: error.status, reason: error.message };
    throw error;
  }
}

/** An expression comes to nothing. Never leaves this file. */
class Nothing extends Error {
  constructor(
    readonly status: 'unknown' | 'failed',
    reason: string,
  ) {
    super(reason);
  }
}

type LookUp = (name: string) => Named;

function evaluate(expression: Expression, lookUp: LookUp, at: string): Value {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'number' ? numberValue(expression.value) : textValue(expression.value);
    case 'name': {
      const named = lookUp(expression.name);
      if (named.status !== 'known') throw new Nothing(named.status, named.reason);
      return { text: named.text, number: named.number ?? numberIn(named.text) };
    }
    case 'negation':
      return numberValue(-numberOf(evaluate(expression.of, lookUp, at), expression.of));
    case 'operation': {
      const [left, right] = [expression.left, expression.right].map((side) => numberOf(evaluate(side, lookUp, at), side)) as [number, number];
      const result = operate(expression.operator, left, right);
      if (!Number.isFinite(result)) throw new Nothing('unknown', right === 0 ? `${described(expression.right)} is 0, and nothing can be divided by that.` : 'The number is too large.');
      return numberValue(result);
    }
    case 'filter': {
      if (expression.filter === 'default') return orElse(() => evaluate(expression.input, lookUp, at), expression.args[0] ?? '');
      const input = evaluate(expression.input, lookUp, at);
      const output = filterTable[expression.filter].apply(input, expression.args, at);
      if ('missing' in output) throw new Nothing('unknown', `${described(expression.input)} is ${quoted(input.text)}, which ${output.missing}: “${expression.filter}” cannot be used on it.`);
      return output;
    }
  }
}

function orElse(work: () => Value, fallback: string | number): Value {
  try {
    return work();
  } catch (error) {
    if (error instanceof Nothing && error.status === 'unknown') return typeof fallback === 'number' ? numberValue(fallback) : textValue(fallback);
    throw error;
  }
}

function numberOf({ text, number }: Value, expression: Expression): number {
  if (number === null) throw new Nothing('unknown', `${described(expression)} is ${quoted(text)}, which is no number.`);
  return number;
}

function operate(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
  }
}

/** The start of a sentence about it. */
function described(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
      return `“${expression.name}”`;
    case 'literal':
      return 'What is written there';
    case 'filter':
      return described(expression.input);
    default:
      return 'The result';
  }
}

const quoted = (text: string) => `“${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`;
