import type { Range } from '../../core/problem';
import { indentationAt, lineEnd, lineStart } from '../textInsertion';
import { statementAt, tomlStatements } from '../tomlStatements';
import { firstFound, nodeAtPath, type ObjectNode, type Property, type TreeNode } from '../tree';
import type { ConfigDocument, Path } from './document';
import type { TextEdit } from './rename';

/** Cuts out the key that starts at a range, with its value. */
export function keyRemoved({ text, syntax, root }: Pick<ConfigDocument, 'text' | 'syntax' | 'root'>, range: Range): readonly TextEdit[] | null {
  if (syntax === 'toml') {
    const statement = statementAt(tomlStatements(text), range.start);
    // A line of its own; what stands in braces is found below.
    if (statement?.kind === 'pair' && statement.start === range.start) return cut(removalOf(text, statement, {}));
    if (statement?.kind === 'header') return null;
  }
  const found = root && propertyAt(root, range);
  if (!found) return null;
  const { parent, property, index } = found;
  const before = parent.properties[index - 1];
  const next = parent.properties[index + 1];
  return cut(removalOf(text, { start: property.keyRange.start, end: Math.max(property.keyRange.end, property.value.range.end) }, { before: before && Math.max(before.keyRange.end, before.value.range.end), next: next?.keyRange.start }));
}

function propertyAt(root: TreeNode, range: Range): { readonly parent: ObjectNode; readonly property: Property; readonly index: number } | null {
  const search = (node: TreeNode): ReturnType<typeof propertyAt> => {
    if (node.type === 'array') return firstFound(node.items, search);
    if (node.type !== 'object') return null;
    const index = node.properties.findIndex(({ keyRange }) => keyRange.start === range.start);
    const property = node.properties[index];
    return property ? { parent: node, property, index } : firstFound(node.properties, ({ value }) => search(value));
  };
  return search(root);
}

/** Cuts out an item of a list. */
export function itemRemoved({ text, root }: Pick<ConfigDocument, 'text' | 'root'>, path: Path): readonly TextEdit[] | null {
  const list = root ? nodeAtPath(root, path.slice(0, -1)) : undefined;
  const index = path.at(-1);
  const item = list?.type === 'array' && typeof index === 'number' ? list.items[index] : undefined;
  if (list?.type !== 'array' || typeof index !== 'number' || !item) return null;
  return cut(itemLines(text, item.range) ?? removalOf(text, item.range, { before: list.items[index - 1]?.range.end, next: list.items[index + 1]?.range.start }));
}

function cut(range: Range | null): readonly TextEdit[] | null {
  return range && [{ range, text: '' }];
}

/**
 * What to cut out so that an entry (a key with its value, or an item of a list) goes without a trace: its lines, or in brackets
 * also a comma. `next` is where the entry behind it starts, if there is one in the same table or list; `before` where the one before it ends.
 */
function removalOf(text: string, entry: Range, neighbours: { readonly before?: number | undefined; readonly next?: number | undefined }): Range | null {
  const { before, next } = neighbours;
  const behind = lineEnd(text, entry.end);
  const isAlone = indentationAt(text, entry.start) !== null && /^\s*(?:#.*|,\s*)?$/.test(text.slice(entry.end, behind));
  // Whole lines, unless a bracket opens or closes on them.
  if (isAlone) return { start: lineStart(text, entry.start), end: afterLineBreak(text, behind) };
  const isItem = /^\s*(?:- *)+$/.test(text.slice(lineStart(text, entry.start), entry.start));
  if (isItem) {
    // The first key behind a dash: the next one takes its place.
    if (next !== undefined) return { start: entry.start, end: next };
    return null;
  }
  if (next !== undefined) return { start: entry.start, end: next };
  if (before !== undefined && /^\s*,\s*$/.test(text.slice(before, entry.start))) return { start: before, end: entry.end };
  return before === undefined ? entry : null;
}

/** The line of an item of a block list with its dash. */
export function itemLines(text: string, item: Range): Range | null {
  const start = lineStart(text, item.start);
  if (!/^\s*- *$/.test(text.slice(start, item.start))) return null;
  return { start, end: afterLineBreak(text, lineEnd(text, item.end)) };
}

function afterLineBreak(text: string, offset: number): number {
  return offset + (/^(?:\r\n|\r|\n)/.exec(text.slice(offset))?.[0].length ?? 0);
}
