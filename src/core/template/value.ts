/** What an expression comes to: a text, and the number it stands for where it stands for one. */
export interface Value {
  readonly text: string;
  readonly number: number | null;
}

export function numberValue(number: number): Value {
  return { text: plainNumber(number), number };
}

export function textValue(text: string): Value {
  return { text, number: numberIn(text) };
}

/** The number a text consists of, whatever unit follows: `87%`, `12.34s`, `412 passed`; null for `5 March 2021` and `1.2.3`. */
export function numberIn(text: string): number | null {
  const digits = /^\s*([+-]?\d{1,15}(?:\.\d{1,15})?)[^\d]*$/.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Two digits behind the point at most: what is wanted more exactly, a filter says. */
function plainNumber(number: number): string {
  return String(Number(number.toFixed(2)));
}
