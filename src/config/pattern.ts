/*
 * What can be said of a pattern while it is typed. The engine that matches patterns (sources/safePattern.ts) refuses the same ones, which
 * a test holds, but is 150 KB and names no place.
 */

/** What is wrong with a regular expression that RE2 is to read, which knows neither look-around nor references; null if nothing is. `at` is an offset into it. */
export function whyNoPattern(pattern: string): { readonly problem: string; readonly at: number } | null {
  let groups = 0;
  let repeatable = false;
  for (let at = 0; at < pattern.length; ) {
    const rest = pattern.slice(at, at + maxToken);
    const unsupported = unsupportedForms.find(([form]) => form.test(rest));
    if (unsupported) return { problem: unsupported[1], at };
    const escape = /^\\(?:Q.*?(?:\\E|$)|x\{[\da-fA-F]+\}|x[\da-fA-F]{2}|[pP](?:\{\^?\w+\}|\w)|[0-7]{1,3}|[aftnrvdDsSwWbBAzC]|[^a-zA-Z0-9])/u.exec(rest)?.[0];
    const set = rest.startsWith('[') ? /^\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]/su.exec(pattern.slice(at))?.[0] : undefined;
    const repeat = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??/.exec(rest);
    if (rest.startsWith('\\')) {
      if (escape === undefined) return { problem: rest.length > 1 ? `RE2 knows no ${rest.slice(0, 2)}` : 'nothing follows the backslash', at };
      at += escape.length;
      repeatable = true;
    } else if (rest.startsWith('[')) {
      if (set === undefined) return { problem: 'the bracket [ is not closed', at };
      at += set.length;
      repeatable = true;
    } else if (rest.startsWith('(')) {
      groups++;
      at += /^\((?:\?(?:P?<\w+>|[imsU-]*:))?/.exec(rest)?.[0].length ?? 1;
      // Flags for all that follows, `(?i)`, make a group that is closed at once.
      const flags = /^\(\?[imsU-]+\)/.exec(rest)?.[0];
      if (flags !== undefined) {
        groups--;
        at += flags.length - 1;
      }
      repeatable = false;
    } else if (rest.startsWith(')')) {
      if (groups-- === 0) return { problem: 'there is no bracket ( for this )', at };
      at++;
      repeatable = true;
    } else if (repeat) {
      if (!repeatable) return { problem: `there is nothing that ${repeat[0]} could repeat`, at };
      if (Math.max(Number(repeat[1] ?? 0), Number(repeat[2] ?? 0)) > maxRepeat) return { problem: `RE2 repeats at most ${maxRepeat} times`, at };
      at += repeat[0].length;
      repeatable = false;
      if (/^[*+?]/.test(pattern.slice(at))) return { problem: 'RE2 knows no possessive or doubled repetition', at };
    } else {
      at++;
      repeatable = rest[0] !== '|' && rest[0] !== '^';
    }
  }
  return groups > 0 ? { problem: 'a bracket ( is not closed', at: pattern.length } : null;
}

/** A pattern that RE2 takes, so that it can match a whole text only; null if that is so already, or if it leaves its end open in so many words (`.*`). */
export function anchored(pattern: string): string | null {
  const parts = alternatives(pattern);
  const starts = parts.every((part) => /^(?:\(\?[imsU-]+\))*(?:\^|\\A)/.test(part));
  const ends = parts.every((part) => /(?:^|[^\\])(?:\\\\)*(?:\$|\\z|\.[*+])\)*$/.test(part));
  if (starts && ends) return null;
  if (parts.length > 1) return `^(?:${pattern})$`;
  return `${starts ? '' : '^'}${pattern}${ends ? '' : '$'}`;
}

/** The sides of each | that is in no group. */
function alternatives(pattern: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const [token] of pattern.matchAll(/\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|[^]/gsu)) {
    if (token === '(') depth++;
    if (token === ')') depth--;
    if (token === '|' && depth === 0) parts.push('');
    else parts.push((parts.pop() ?? '') + token);
  }
  return parts;
}

/** Longest form that is looked at as one, classes apart. */
const maxToken = 100;
/** https://github.com/google/re2/wiki/Syntax */
const maxRepeat = 1000;

const unsupportedForms: readonly (readonly [form: RegExp, problem: string])[] = [
  [/^\(\?<?[=!]/, 'RE2 knows no look-around'],
  [/^\(\?>/, 'RE2 knows no atomic group'],
  [/^\(\?[(#|&R]/, 'RE2 knows no such group'],
  [/^\\(?:[1-9]|k[<{'])/, 'RE2 knows no reference to a group'],
];
