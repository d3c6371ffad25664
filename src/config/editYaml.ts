import type { BadgeRecord } from '../core/plan';
import { fieldsOf, indentationAt, insert, insertBelow, insertInBrackets, insertLines, lineStart, quotedText, type Edited } from './textInsertion';
import type { ArrayNode, ObjectNode, Property, TreeNode } from './tree';
import { readYamlTree } from './yamlTree';

/** Appends badges to the list at a path of keys, and makes what is missing of the path. The new lines are in block style where the place is. */
export function appendToYaml(text: string, path: readonly string[], badges: readonly BadgeRecord[]): Edited {
  const { root, problems } = readYamlTree(text);
  if (root === null || problems.some(({ severity }) => severity === 'error')) return { problem: 'The file has errors: correct them first.' };
  if (root.type === 'null') return insertLines(text, text.length, block(path, badges, '', '  '));
  return append(text, root, root, path, badges);
}

function append(text: string, root: TreeNode, node: TreeNode, path: readonly string[], badges: readonly BadgeRecord[]): Edited {
  const [key, ...rest] = path;
  if (text.charAt(node.range.start) === '*') return { problem: 'A part of “publish” is an alias of another part of the file: add the badges by hand.' };
  if (key === undefined) return node.type === 'array' ? appendItems(text, node, badges) : wrongKind(text, node);
  if (node.type !== 'object') return wrongKind(text, node);
  const property = node.properties.find((candidate) => sameKey(candidate.key, key, path));
  if (!property) return addProperty(text, root, node, path, badges);
  if (property.keyRange.start < node.range.start || property.keyRange.end > node.range.end) return { problem: '“publish” is merged in from another part of the file: add the badges by hand.' };
  return property.value.type === 'null' ? fill(text, root, node, property, rest, badges) : append(text, root, property.value, rest, badges);
}

/** Paths of groups, which come last, do not differ by case. */
function sameKey(found: string, wanted: string, path: readonly string[]): boolean {
  return found === wanted || (path.length === 1 && wanted !== 'project' && found.toLowerCase() === wanted.toLowerCase());
}

function wrongKind(text: string, node: TreeNode): Edited {
  return { problem: `Where badges should be listed stands ${text.slice(node.range.start, node.range.end).split(/[\r\n]/)[0]?.slice(0, 40) ?? 'something else'}: correct that first.` };
}

function appendItems(text: string, list: ArrayNode, badges: readonly BadgeRecord[]): Edited {
  const last = list.items.at(-1);
  if (isFlow(text, list)) return insertInBrackets(text, list.range, last?.range, badges.map(flowBadge));
  const [first] = list.items;
  const dash = first ? text.lastIndexOf('-', first.range.start - 1) : -1;
  const indentation = dash < 0 ? null : indentationAt(text, dash);
  if (!last || indentation === null) return { problem: 'The list of badges is written in a way that cannot be added to: add them by hand.' };
  return insertBelow(text, Math.max(last.range.end, list.range.end), blockItems(badges, indentation));
}

function addProperty(text: string, root: TreeNode, node: ObjectNode, path: readonly string[], badges: readonly BadgeRecord[]): Edited {
  const last = node.properties.at(-1);
  if (isFlow(text, node)) return insertInBrackets(text, node.range, last && { start: last.keyRange.start, end: Math.max(last.keyRange.end, last.value.range.end) }, [flow(path, badges)]);
  const [first] = node.properties;
  const indentation = first ? indentationAt(text, first.keyRange.start) : null;
  if (indentation === null) return { problem: '“publish” is written in a way that cannot be added to: add the badges by hand.' };
  const lines = block(path, badges, indentation, unitOf(text, root));
  return node === root ? insertLines(text, documentEnd(text, node.range.end), lines) : insertBelow(text, node.range.end, lines);
}

/** Gives a key without a value one. */
function fill(text: string, root: TreeNode, parent: ObjectNode, { keyRange, value }: Property, path: readonly string[], badges: readonly BadgeRecord[]): Edited {
  // A null that is written out gives way.
  const bare = text.slice(0, value.range.start) + text.slice(value.range.end);
  if (isFlow(text, parent)) {
    const colon = /^["']?\s*:/.exec(bare.slice(keyRange.end))?.[0];
    return insert(bare, keyRange.end + (colon?.length ?? 0), `${colon === undefined ? ':' : ''} ${flowValue(path, badges)}`);
  }
  const indentation = indentationAt(text, keyRange.start);
  if (indentation === null) return { problem: '“publish” is written in a way that cannot be added to: add the badges by hand.' };
  const unit = unitOf(text, root);
  return insertBelow(bare, keyRange.end, path.length === 0 ? blockItems(badges, indentation + unit) : block(path, badges, indentation + unit, unit));
}

export function isFlow(text: string, node: TreeNode): boolean {
  return text.charAt(node.range.start) === (node.type === 'array' ? '[' : '{');
}

/** Before the line that ends the document, if there is one. */
export function documentEnd(text: string, contentEnd: number): number {
  const marker = /^(?:\.\.\.|---)(?=\s|$)/m.exec(text.slice(contentEnd));
  return marker ? contentEnd + marker.index : text.length;
}

/** By how much the first nested mapping of the file is indented; two blanks where there is none. */
function unitOf(text: string, root: TreeNode): string {
  for (const { keyRange, value } of root.type === 'object' ? root.properties : []) {
    const inner = value.type === 'object' ? value.properties[0]?.keyRange.start : undefined;
    if (inner === undefined || lineStart(text, inner) <= keyRange.start) continue;
    const indentation = indentationAt(text, inner);
    if (indentation) return indentation;
  }
  return '  ';
}

function block(path: readonly string[], badges: readonly BadgeRecord[], indentation: string, unit: string): readonly string[] {
  const [key, ...rest] = path;
  return key === undefined ? blockItems(badges, indentation) : [`${indentation}${keyText(key)}:`, ...block(rest, badges, indentation + unit, unit)];
}

function blockItems(badges: readonly BadgeRecord[], indentation: string): readonly string[] {
  return badges.flatMap((badge) => fieldsOf(badge).map(([key, value], index) => `${indentation}${index === 0 ? '- ' : '  '}${key}: ${value}`));
}

function flow(path: readonly string[], badges: readonly BadgeRecord[]): string {
  const [key = '', ...rest] = path;
  return `${keyText(key)}: ${flowValue(rest, badges)}`;
}

function flowValue(path: readonly string[], badges: readonly BadgeRecord[]): string {
  return path.length === 0 ? `[${badges.map(flowBadge).join(', ')}]` : `{ ${flow(path, badges)} }`;
}

function flowBadge(badge: BadgeRecord): string {
  return `{ ${fieldsOf(badge).map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
}

/** A path of a group can look like a number, and then needs quotes to be a text; without a letter it always has them. */
function keyText(key: string): string {
  return /^[a-z_][\w./-]*$/i.test(key) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(key) ? key : quotedText(key);
}
