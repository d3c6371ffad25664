import { redacted } from './secrets';

/** A text of the user's within a message: on one line, cut short, and without anything that looks like a token. */
export function quoted(text: string): string {
  const line = redacted(text).replace(/[\s\p{Cc}]+/gu, ' ');
  return `“${line.length > maxQuoted ? `${line.slice(0, maxQuoted - 1)}…` : line}”`;
}

const maxQuoted = 60;

/** `a, b or c` */
export function anyOf(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} or ${last}`;
}

/** A sentence to append to a message, or nothing where no candidate is near. */
export function didYouMean(candidate: string | null): string {
  return candidate === null ? '' : ` Did you mean “${candidate}”?`;
}
