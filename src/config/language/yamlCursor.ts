import type { Range } from '../../core/problem';
import { lineEnd, lineStart } from '../textInsertion';
import type { ObjectNode, Property, Tree, TreeNode } from '../tree';
import { readYamlTree } from '../yamlTree';
import type { Path } from './document';
import type { CursorPlace, KeyPlace, ValuePlace } from './place';

/**
 * What may be written at the cursor, by putting a word there and reading the text with it. Where a line has only begun it may
 * become a key or a value: both are given, if both can be read.
 */
export function yamlPlaces(text: string, offset: number): readonly CursorPlace[] {
  const line = { start: lineStart(text, offset), end: lineEnd(text, offset) };
  const before = text.slice(line.start, offset);
  const state = scanLine(before);
  if (state.inComment) return [];
  // A hex colour without quotes is a comment to YAML.
  const hash = /(?:[:,[{]|^\s*-)\s+(#[\da-f]*)$/i.exec(before)?.[1] ?? '';
  const from = offset - hash.length;
  const rest = text.slice(offset, line.end);
  // Within the indentation of what a line begins with, nothing is written.
  if (before.trim() === '' && /^(?:\s+[^\s#]|-\s)/.test(rest)) return [];
  // Before a comment, and before a list or table in brackets that stands there already.
  if (rest.startsWith('#') || (/(?:[:,[{]|^\s*-)\s*$/.test(before) && /^\s*[[{]/.test(rest))) return [];
  const isBareLine = /^\s*(?:- +)*["']?[\w./-]*$/.test(before) && /^[\w./-]*["']?\s*(?:#.*)?$/.test(rest);

  const places: CursorPlace[] = [];
  const word = freeWord(text);
  if (isBareLine && hash === '') {
    const typed = /["']?[\w./-]*$/.exec(before)?.[0] ?? '';
    const written = /^[\w./-]*["']?/.exec(rest)?.[0] ?? '';
    const start = offset - typed.length;
    const replace = { start, end: offset + written.length };
    const block = blockBelow(text, line.end, start - line.start);
    // Between a key and its block no other one has a place.
    if (block && typed + written === '') return places;
    const list = before.trim() === typed ? listAt(text, line.start, start - line.start) : null;
    if (list) {
      const item = findIn(text, replace, `- ${word}`, word);
      if (item) places.push({ kind: 'key', parent: item.path.slice(0, -1), given: new Set(), isNew: true, style: 'block', typed: { start, end: offset }, replace, column: start - line.start });
      if (!list.mayEnd) return places;
    }
    const key = keyPlace(findIn(text, replace, `${word}:`, word), word, replace, offset, true);
    if (key) places.push(block ? { ...key, block } : key);
    // Behind a dash and below a key without a value, it can be a value as well.
    const isMaybeValue = /^\s*-/.test(before) || /:\s*(?:#.*)?$/.test(lineAbove(text, line.start));
    if (key && !isMaybeValue) return places;
  }

  const blank = /(?:^|[\w"'}\]]):$/.test(before) && state.quote === null ? ' ' : '';
  const closing = state.quote !== null && !rest.includes(state.quote) ? state.quote : '';
  const patched = `${text.slice(0, from)}${blank}${word}${closing}${closing === '' ? text.slice(offset) : text.slice(line.end)}`;
  const found = find(patched, word);
  if (!found) return places;
  if (found.kind === 'key') {
    const { start, end } = found.property.keyRange;
    // A key over several lines is none.
    if (end - word.length - closing.length > line.end) return places;
    const key = keyPlace(found, word, { start, end: end - word.length - closing.length + hash.length }, offset, found.property.value.range.start === found.property.value.range.end && !/^\s*:/.test(rest.replace(/^[\w./-]*["']?/, '')));
    return key ? [...places, key] : places;
  }
  const { node, path, isFlow } = found;
  // A text over several lines is nothing to choose.
  if (node.range.start < line.start || node.range.end - word.length - blank.length - closing.length > line.end) return places;
  const start = node.range.start - blank.length;
  const end = closing === '' ? Math.max(offset, node.range.end - word.length - blank.length + hash.length) : line.end;
  const place: ValuePlace = {
    kind: 'value',
    path,
    style: isFlow ? 'flow' : 'block',
    quote: state.quote,
    before: node.value.slice(0, node.value.indexOf(word)) || hash,
    isInLine: isFlow || before.slice(0, Math.max(0, node.range.start - line.start)).trim() !== '',
    needsBlank: blank !== '',
    typed: { start: Math.min(start, offset), end: offset },
    replace: { start: Math.min(start, offset), end },
    column: found.column,
  };
  return [...places, place];
}

function keyPlace(found: Found | null, word: string, replace: Range, offset: number, isNew: boolean): KeyPlace | null {
  if (found?.kind !== 'key' || !isInColumn(found)) return null;
  return {
    kind: 'key',
    parent: found.path.slice(0, -1),
    given: new Set(found.parent.properties.map(({ key }) => key).filter((key) => !key.includes(word))),
    isNew,
    style: found.isFlow ? 'flow' : 'block',
    typed: { start: replace.start, end: offset },
    replace,
    column: found.column,
  };
}

/** In a block, keys stand below each other. */
function isInColumn({ isFlow, columns, column }: Found & { readonly kind: 'key' }): boolean {
  return isFlow || columns.every((other) => other === column);
}

/** A word that stands nowhere in the text. */
function freeWord(text: string): string {
  let word = 'BadgesmithCursor';
  while (text.includes(word)) word += '0';
  return word;
}

type Found =
  | { readonly kind: 'key'; readonly path: Path; readonly parent: ObjectNode; readonly property: Property; readonly isFlow: boolean; readonly column: number; readonly columns: readonly number[] }
  | { readonly kind: 'value'; readonly path: Path; readonly node: TreeNode & { readonly type: 'string' }; readonly isFlow: boolean; readonly column: number };

/** Where the word was read in place of a part of the text; null where that makes the lines around it wrong. */
function findIn(text: string, replaced: Range, written: string, word: string): Found | null {
  const around = { start: lineStart(text, text.slice(0, lineStart(text, replaced.start)).trimEnd().length), end: lineEnd(text, replaced.end + /^\s*/.exec(text.slice(replaced.end))![0].length) };
  const mistakes = (tree: Tree, end: number) => tree.problems.filter(({ code, range }) => code === 'syntax' && range.end >= around.start && range.start <= end).length;
  const withText = (inserted: string) => text.slice(0, replaced.start) + inserted + text.slice(replaced.end);
  const patched = withText(written);
  const tree = readYamlTree(patched);
  const wrong = mistakes(tree, around.end + written.length - (replaced.end - replaced.start));
  if (wrong > 0 && wrong > mistakes(readYamlTree(withText(' '.repeat(replaced.end - replaced.start))), around.end)) return null;
  return tree.root && findInTree(patched, tree.root, word);
}

/** Where the word was read. */
function find(text: string, word: string): Found | null {
  const { root } = readYamlTree(text);
  return root && findInTree(text, root, word);
}

function findInTree(text: string, root: TreeNode, word: string): Found | null {
  const at = text.indexOf(word);
  const columnOf = (offset: number) => offset - lineStart(text, offset);
  const walk = (node: TreeNode, path: Path, isFlow: boolean, column: number): Found | null => {
    if (node.type === 'string') return node.value.includes(word) ? { kind: 'value', path, node, isFlow, column } : null;
    if (node.type !== 'object' && node.type !== 'array') return null;
    const inFlow = isFlow || '[{'.includes(text.charAt(node.range.start));
    if (node.type === 'array') {
      for (const [index, item] of node.items.entries()) {
        if (item.range.end < at) continue;
        const found = walk(item, [...path, index], inFlow, inFlow ? column : columnOf(text.lastIndexOf('-', item.range.start - 1)));
        if (found) return found;
      }
      return null;
    }
    for (const property of node.properties) {
      const { key, keyRange, value } = property;
      if (Math.max(keyRange.end, value.range.end) < at) continue;
      const keyColumn = inFlow ? column : columnOf(keyRange.start);
      if (key.includes(word)) return { kind: 'key', path: [...path, key], parent: node, property, isFlow: inFlow, column: keyColumn, columns: inFlow ? [] : node.properties.map((each) => columnOf(each.keyRange.start)) };
      const found = walk(value, [...path, key], inFlow, keyColumn);
      if (found) return found;
    }
    return null;
  };
  return walk(root, [], false, 0);
}

/** The list whose items stand above a line at a column; it may end there, if its key stands at the same column. */
function listAt(text: string, start: number, column: number): { readonly mayEnd: boolean } | null {
  let isList = false;
  for (const line of linesAbove(text, start)) {
    const indent = line.length - line.trimStart().length;
    if (indent > column) continue;
    const isItem = indent === column && /^-(?:\s|$)/.test(line.trimStart());
    if (!isItem) return isList ? { mayEnd: indent === column } : null;
    isList = true;
  }
  return isList ? { mayEnd: false } : null;
}

/** What the lines below are, if they are indented more than a column. */
function blockBelow(text: string, lineEnd: number, column: number): 'list' | 'table' | null {
  const [, indent = '', dash] = /^(?:[ \t]*(?:#.*)?(?:\r?\n|\r))*([ ]*)(?:(-)(?=\s)|[^\s#])/.exec(text.slice(lineEnd)) ?? [];
  return indent.length <= column ? null : dash === undefined ? 'table' : 'list';
}

function lineAbove(text: string, start: number): string {
  for (const line of linesAbove(text, start)) return line.trim();
  return '';
}

/** The lines above an offset with more than blanks and a comment, from the nearest on. */
function* linesAbove(text: string, start: number): Iterable<string> {
  for (let end = start; end > 0; ) {
    const above = lineStart(text, end - 1);
    // Before the first line there may be a byte order mark.
    if (above >= end) break;
    const line = text.slice(above, end).trimEnd();
    if (line.trim() !== '' && !line.trimStart().startsWith('#')) yield line;
    end = above;
  }
}

/** Whether the end of a line's beginning lies in a comment or in quotes that are open. */
function scanLine(before: string): { readonly inComment: boolean; readonly quote: '"' | "'" | null } {
  let quote: '"' | "'" | null = null;
  let isStart = true;
  for (let at = 0; at < before.length; at++) {
    const character = before.charAt(at);
    if (quote !== null) {
      if (character === '\\' && quote === '"') at++;
      else if (character === quote) quote = null;
      continue;
    }
    if (character === '#' && (at === 0 || /\s/.test(before.charAt(at - 1))) && !/(?:[:,[{]|^\s*-)\s+#[\da-f]*$/i.test(before)) return { inComment: true, quote };
    if ((character === '"' || character === "'") && isStart) quote = character;
    if (!/\s/.test(character)) isStart = /[:,[{-]/.test(character);
  }
  return { inComment: false, quote };
}
