import { keyLiteral, textLiteral } from './language/literals';
import { indentationAt, lineStart } from './textInsertion';
import type { TreeNode } from './tree';

/** What is written into a YAML file anew. */
export type YamlValue = string | boolean | readonly YamlValue[] | YamlTable;
export interface YamlTable {
  readonly [key: string]: YamlValue;
}

/** How the rest of a file is laid out. */
export interface YamlStyle {
  /** By how much a nested block is indented. */
  readonly unit: string;
  /** Whether the dashes of a list stand further right than its key. */
  readonly indentsLists: boolean;
}

export const usualStyle: YamlStyle = { unit: '  ', indentsLists: true };

/** Longest list that is written on one line, in characters. */
const maxFlow = 60;

/** A property as lines. Short lists of texts stand on one line; `comments` go behind the line of the key of that name. */
export function yamlLines(key: string, value: YamlValue, indentation: string, style: YamlStyle, comments: Readonly<Record<string, string>> = {}): readonly string[] {
  const start = `${indentation}${keyLiteral(key, 'block')}:`;
  const comment = comments[key] === undefined ? '' : ` # ${comments[key]}`;
  if (!isBlock(value)) return [`${start} ${yamlFlow(value, 'block')}${comment}`];
  if (isList(value)) {
    const inner = style.indentsLists ? indentation + style.unit : indentation;
    return [start + comment, ...value.flatMap((item) => itemLines(item, inner, style, comments))];
  }
  return [start + comment, ...Object.entries(value).flatMap(([name, each]) => yamlLines(name, each, indentation + style.unit, style, comments))];
}

/** A value on one line. */
export function yamlFlow(value: YamlValue, style: 'flow' | 'block' = 'flow'): string {
  if (typeof value === 'string') return textLiteral(value, style);
  if (typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map((item) => yamlFlow(item)).join(', ')}]`;
  return `{ ${Object.entries(value).map(([key, each]) => `${keyLiteral(key, 'flow')}: ${yamlFlow(each)}`).join(', ')} }`;
}

/** The style of the first nested blocks of a file. */
export function yamlStyleOf(text: string, root: TreeNode): YamlStyle {
  const unit = firstOf(root, (node) => unitBelow(text, node)) ?? usualStyle.unit;
  return { unit, indentsLists: firstOf(root, (node) => listIndent(text, node)) ?? usualStyle.indentsLists };
}

function itemLines(item: YamlValue, indentation: string, style: YamlStyle, comments: Readonly<Record<string, string>>): readonly string[] {
  if (typeof item === 'string' || typeof item === 'boolean' || isList(item)) return [`${indentation}- ${yamlFlow(item, 'block')}`];
  const inner = `${indentation}  `;
  const lines = Object.entries(item).flatMap(([key, value]) => yamlLines(key, value, inner, style, comments));
  return lines.map((line, index) => (index === 0 ? `${indentation}- ${line.slice(inner.length)}` : line));
}

/** Commands stand on lines of their own, however few they are. */
function isBlock(value: YamlValue): value is readonly YamlValue[] | YamlTable {
  if (typeof value === 'string' || typeof value === 'boolean') return false;
  if (!isList(value)) return true;
  return value.some((item) => typeof item !== 'string' || /\s/.test(item)) || yamlFlow(value).length > maxFlow;
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

/** The first answer in the order of the text. What an alias stands for is looked at where it was written. */
function firstOf<T>(node: TreeNode, ask: (node: TreeNode) => T | null): T | null {
  const own = ask(node);
  if (own !== null) return own;
  const children = node.type === 'object' ? node.properties.map(({ value }) => value) : node.type === 'array' ? node.items : [];
  for (const child of children) {
    const found = firstOf(child, ask);
    if (found !== null) return found;
  }
  return null;
}

function unitBelow(text: string, node: TreeNode): string | null {
  if (node.type !== 'object') return null;
  for (const { keyRange, value } of node.properties) {
    const inner = value.type === 'object' ? value.properties[0]?.keyRange.start : undefined;
    if (inner === undefined || lineStart(text, inner) <= keyRange.start) continue;
    const [outside, inside] = [indentationAt(text, keyRange.start), indentationAt(text, inner)];
    if (outside !== null && inside?.startsWith(outside) && inside.length > outside.length) return inside.slice(outside.length);
  }
  return null;
}

function listIndent(text: string, node: TreeNode): boolean | null {
  if (node.type !== 'object') return null;
  for (const { keyRange, value } of node.properties) {
    const first = value.type === 'array' ? value.items[0]?.range.start : undefined;
    if (first === undefined || lineStart(text, first) <= keyRange.start) continue;
    const dash = /^([ ]*)- /.exec(text.slice(lineStart(text, first)));
    const outside = indentationAt(text, keyRange.start);
    if (dash && outside !== null) return (dash[1] ?? '').length > outside.length;
  }
  return null;
}
