import { RE2JS } from 're2js';
import { whyNoPattern } from '../config/pattern';

/*
 * A bundle of its own. Patterns come from files of others, so none of them ever reaches JavaScript's own engine: that one
 * takes hours for `(a+)+$` on some texts, this one is linear in the length of the text.
 */

export interface SafePattern {
  /** Whether it matches the whole text. */
  matches(text: string): boolean;
}

/** Compiles a pattern of RE2's language, which is Go's too; or says why it cannot be used. */
export function compilePattern(source: string): SafePattern | { readonly problem: string } {
  try {
    const pattern = RE2JS.compile(source);
    return { matches: (text) => pattern.matches(text) };
  } catch (error) {
    // In the words of the marks while typing, where they know it.
    return { problem: whyNoPattern(source)?.problem ?? (error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'it is no regular expression') };
  }
}

/**
 * At most how large a pattern becomes once its counted repetitions are written out, in characters: what compiling it costs.
 * `{n}` inside `{m}` multiplies; side by side they would only add up, so this may say too much.
 */
export function sizeOfPattern(source: string): number {
  let factor = 1;
  for (const [, least = '', most] of source.matchAll(/\{(\d{1,4})(?:,(\d{0,4}))?\}/g)) factor = Math.min(maxRepeat, factor * Math.max(1, Number(least), Number(most ?? 0)));
  return source.length * factor;
}

/** RE2 refuses what is repeated more often. */
const maxRepeat = 1000;
