import type { Range } from '../../core/problem';
import { propertyOf, type ObjectNode, type TreeNode } from '../tree';
import { textOf } from '../validate';
import { shapeFor, shapesAt, type ConfigDocument, type Path } from './document';

/** An entry of the outline. */
export interface Outline {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'table' | 'list' | 'value' | 'badge' | 'level' | 'check';
  readonly range: Range;
  /** What is marked when it is chosen; lies in `range`. */
  readonly selection: Range;
  readonly children: readonly Outline[];
}

/** Tables, lists and their entries, by the names that a person gives them. */
export function outlineOf(document: ConfigDocument): readonly Outline[] {
  return document.root ? childrenOf(document, document.root, []) : [];
}

function childrenOf(document: ConfigDocument, node: TreeNode, path: Path): readonly Outline[] {
  if (node.type === 'object') {
    return node.properties.flatMap(({ key, keyRange, value }): Outline[] => {
      const inner = [...path, key];
      // An alias stands where its anchor does.
      const range = { start: Math.min(keyRange.start, value.range.start), end: Math.max(keyRange.end, value.range.end) };
      const detail = value.type === 'object' || value.type === 'array' ? '' : (textOf(value, { asWritten: true }) ?? '');
      return [{ name: key, detail: shortened(detail), kind: value.type === 'array' ? 'list' : value.type === 'object' ? 'table' : 'value', range, selection: keyRange, children: childrenOf(document, value, inner) }];
    });
  }
  if (node.type !== 'array') return [];
  return node.items.flatMap((item, index): Outline[] => {
    const inner = [...path, index];
    if (item.type === 'object') {
      const shape = shapeFor(shapesAt(document.shape, inner), item);
      const naming = firstOf(item, ['id', 'name', 'type', 'label', 'baseUrl']);
      const name = naming?.text ?? String(index + 1);
      const kind = shape?.type === 'record' && (shape.name === 'badge' || shape.name === 'level' || shape.name === 'check') ? shape.name : 'table';
      return [{ name, detail: shortened(firstOf(item, ['message', 'description'])?.text ?? ''), kind, range: item.range, selection: naming && isIn(naming.range, item.range) ? naming.range : item.range, children: childrenOf(document, item, inner) }];
    }
    if (item.type === 'array') {
      const [first, ...rest] = item.items.map((cell) => textOf(cell, { asWritten: true }) ?? '');
      return [{ name: first || String(index + 1), detail: shortened(rest.join(', ')), kind: 'badge', range: item.range, selection: item.range, children: [] }];
    }
    return [];
  });
}

function firstOf(node: ObjectNode, keys: readonly string[]): { readonly text: string; readonly range: Range } | null {
  for (const key of keys) {
    const value = propertyOf(node, key)?.value;
    const text = value && textOf(value, { asWritten: true });
    if (value && text) return { text, range: value.range };
  }
  return null;
}

function isIn(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function shortened(text: string): string {
  return text.length > maxDetail ? `${text.slice(0, maxDetail - 1)}…` : text;
}

const maxDetail = 60;

/** Tables, lists and runs of comments that take several lines, as offsets: from the line that stays to the end of the last one. */
export function foldsIn(document: ConfigDocument): readonly (Range & { readonly kind: 'region' | 'comment' })[] {
  const { text, root } = document;
  const folds: (Range & { readonly kind: 'region' | 'comment' })[] = [];
  const add = (start: number, end: number) => {
    if (text.slice(start, end).includes('\n')) folds.push({ start, end, kind: 'region' });
  };
  const visit = (node: TreeNode): void => {
    if (node.type === 'object') {
      for (const { keyRange, value } of node.properties) {
        if (value.type === 'object' || value.type === 'array') add(Math.min(keyRange.start, value.range.start), value.range.end);
        visit(value);
      }
    } else if (node.type === 'array') {
      for (const item of node.items) {
        if (item.type === 'object' || item.type === 'array') add(item.range.start, item.range.end);
        visit(item);
      }
    }
  };
  if (root) visit(root);
  for (const match of text.matchAll(/(?:^[ \t]*#[^\n]*(?:\n|$)){2,}/gm)) folds.push({ start: match.index, end: match.index + match[0].trimEnd().length, kind: 'comment' });
  return folds.sort((a, b) => a.start - b.start);
}

