import assert from 'node:assert/strict';
import { completeText, type Completion } from '../../../src/config/language/completion';
import type { ConfigKind } from '../../../src/config/language/configFile';
import type { Values } from '../../../src/config/language/values';

/** A text with `|` where the cursor is, or with `¦` where `|` is part of it. */
export function atCursor(written: string): { readonly text: string; readonly offset: number } {
  const mark = written.includes('¦') ? '¦' : '|';
  const offset = written.indexOf(mark);
  assert.ok(offset >= 0 && offset === written.lastIndexOf(mark), `one ${mark} for the cursor`);
  return { text: written.slice(0, offset) + written.slice(offset + 1), offset };
}

export function completionsAt(written: string, kind: ConfigKind, values: Values = {}): readonly Completion[] {
  const { text, offset } = atCursor(written);
  return completeText(text, kind, offset, values);
}

/** Labels in the order in which they are shown, those that fit what is typed. */
export function labelsAt(written: string, kind: ConfigKind, values: Values = {}): readonly string[] {
  const { text } = atCursor(written);
  return [...completionsAt(written, kind, values)]
    .filter(({ filter, typed }) => fits(text.slice(typed.start, typed.end), filter))
    .sort((a, b) => a.rank - b.rank)
    .map(({ label }) => label);
}

/** As an editor compares: all letters in this order. */
function fits(typed: string, filter: string): boolean {
  let at = -1;
  return [...typed.toLowerCase()].every((letter) => (at = filter.toLowerCase().indexOf(letter, at + 1)) >= 0);
}

/** The text after a completion was taken, with what is typed replaced; stops are shown as they are. */
export function accept(written: string, label: string, kind: ConfigKind, values: Values = {}): string {
  const { text } = atCursor(written);
  const found = completionsAt(written, kind, values).find((completion) => completion.label === label);
  assert.ok(found, `${label} is not proposed, but ${completionsAt(written, kind, values).map((completion) => completion.label).join(' ')}`);
  assert.ok(fits(text.slice(found.typed.start, found.typed.end), found.filter), `${label} does not fit “${text.slice(found.typed.start, found.typed.end)}”`);
  return text.slice(0, found.replace.start) + found.insert + text.slice(found.replace.end);
}
