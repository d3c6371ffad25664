import { lineBreakOf } from '../core/lineBreak';
import type { BadgeRecord } from '../core/plan';
import { fieldsOf, insertBelow, insertInBrackets, insertLines, quotedText, type Edited } from './textInsertion';
import { readTomlTree } from './tomlTree';
import type { ArrayNode, ObjectNode, TreeNode } from './tree';

/** Appends badges to the list at a path of keys, and makes what is missing of the path: as `[[tables]]` unless the place is in brackets. */
export function appendToToml(text: string, path: readonly string[], badges: readonly BadgeRecord[]): Edited {
  const { root, problems } = readTomlTree(text);
  if (root === null || problems.some(({ severity }) => severity === 'error')) return { problem: 'The file has errors: correct them first.' };
  let node: TreeNode = root;
  const keys: string[] = [];
  for (const [index, key] of path.entries()) {
    if (node.type !== 'object') return wrongKind(keys);
    const property: ObjectNode['properties'][number] | undefined = node.properties.find((candidate) => sameKey(candidate.key, key, path.length - index === 1));
    if (!property) {
      const rest = path.slice(index);
      return isInline(text, node) ? addInline(text, node, rest, badges) : insertLines(text, text.length, spaced(text, tables([...keys, ...rest], badges)));
    }
    keys.push(property.key);
    node = property.value;
  }
  if (node.type !== 'array') return wrongKind(keys);
  const last = node.items.at(-1);
  return last && isTable(text, last) ? insertBelow(text, last.range.end, ['', ...tables(keys, badges)]) : insertInBrackets(text, node.range, last?.range, badges.map(inlineBadge));
}

/** Paths of groups, which come last, do not differ by case. */
function sameKey(found: string, wanted: string, isLast: boolean): boolean {
  return found === wanted || (isLast && wanted !== 'project' && found.toLowerCase() === wanted.toLowerCase());
}

function wrongKind(keys: readonly string[]): Edited {
  return { problem: `“${keys.join('.')}” is no list of badges: correct that first.` };
}

function addInline(text: string, table: ObjectNode, path: readonly string[], badges: readonly BadgeRecord[]): Edited {
  const last = table.properties.at(-1);
  return insertInBrackets(text, table.range, last && { start: last.keyRange.start, end: last.value.range.end }, [`${path.map(keyText).join('.')} = [${badges.map(inlineBadge).join(', ')}]`]);
}

function isInline(text: string, node: ObjectNode | ArrayNode): boolean {
  return text.charAt(node.range.start) === '{';
}

/** An item under a header `[[…]]` of its own. */
function isTable(text: string, item: TreeNode): boolean {
  return item.type === 'object' && text.startsWith('[[', item.range.start);
}

/** With an empty line before, unless there is one or nothing. */
function spaced(text: string, lines: readonly string[]): readonly string[] {
  const lineBreak = lineBreakOf(text);
  return text.replace('\uFEFF', '').trim() === '' || text.endsWith(lineBreak + lineBreak) ? lines : ['', ...lines];
}

function tables(path: readonly string[], badges: readonly BadgeRecord[]): readonly string[] {
  return badges.flatMap((badge, index) => [...(index > 0 ? [''] : []), `[[${path.map(keyText).join('.')}]]`, ...fieldsOf(badge).map(([key, value]) => `${key} = ${value}`)]);
}

function inlineBadge(badge: BadgeRecord): string {
  return `{ ${fieldsOf(badge).map(([key, value]) => `${key} = ${value}`).join(', ')} }`;
}

function keyText(key: string): string {
  return /^[\w-]+$/.test(key) ? key : quotedText(key);
}
