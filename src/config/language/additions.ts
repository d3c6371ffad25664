import { lineBreakOf } from '../../core/lineBreak';
import type { Field } from '../shape';
import { indentationAt, insertionsInBrackets, lineEnd, lineStart, quotedText } from '../textInsertion';
import type { ObjectNode, TreeNode } from '../tree';
import type { ConfigDocument } from './document';
import type { Style } from './place';
import type { TextEdit } from './rename';
import { Template } from './template';

/** Adds keys with their values to a table, in the form in which it is written; null where that cannot be told. */
export function fieldsAdded({ text, syntax }: Pick<ConfigDocument, 'text' | 'syntax'>, table: ObjectNode, fields: readonly Field[]): readonly TextEdit[] | null {
  const lineBreak = lineBreakOf(text);
  const isFlow = text.charAt(table.range.start) === '{';
  const style: Style = syntax === 'yaml' ? (isFlow ? 'flow' : 'block') : 'inline';
  const template = new Template({ style, unit: '  ', lineBreak });
  const separator = syntax === 'yaml' ? ':' : syntax === 'json' ? ':' : ' =';
  const written = (field: Field, indent: string) => plain(`${syntax === 'json' ? quotedText(field.key) : field.key}${separator}${template.afterKey(field.shape, indent, field.key)}`);
  if (isFlow) return entriesAdded(text, table, fields.map((field) => written(field, '')));
  const last = table.properties.at(-1);
  if (syntax === 'toml') {
    const end = last && last.value.range.end <= table.range.end ? lineEnd(text, Math.max(last.keyRange.end, last.value.range.end)) : lineEnd(text, table.range.start);
    return [{ range: { start: end, end }, text: fields.map((field) => lineBreak + written(field, '')).join('') }];
  }
  const [first] = table.properties;
  if (!first || !last) return null;
  const column = first.keyRange.start - lineStart(text, first.keyRange.start);
  const indent = indentationAt(text, first.keyRange.start) ?? ' '.repeat(column);
  const end = lineEnd(text, Math.max(last.keyRange.end, last.value.range.end));
  return [{ range: { start: end, end }, text: fields.map((field) => `${lineBreak}${indent}${written(field, indent)}`).join('') }];
}

/** Entries at the end of a list or table in brackets. */
export function entriesAdded(text: string, node: TreeNode, entries: readonly string[]): readonly TextEdit[] {
  const last = node.type === 'array' ? node.items.at(-1)?.range : node.type === 'object' ? node.properties.at(-1) : undefined;
  const range = last && ('keyRange' in last ? { start: last.keyRange.start, end: Math.max(last.keyRange.end, last.value.range.end) } : last);
  return insertionsInBrackets(text, node.range, range, entries).map(({ at, text }) => ({ range: { start: at, end: at }, text }));
}

/** A snippet with the first proposal at each stop. */
function plain(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|((?:[^\\,|]|\\.)*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:((?:[^\\}]|\\.)*)\}|\$\d+/g, '$1')
    .replace(/\\([\\$},|])/g, '$1');
}
