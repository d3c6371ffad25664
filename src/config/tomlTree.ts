import { ParseError, parseTOML } from 'toml-eslint-parser';
import type { AST } from 'toml-eslint-parser';
import type { Problem, Range } from '../core/problem';
import { maxDepth } from './limits';
import { tooLarge, visibleRange } from './place';
import type { Tree, TreeNode } from './tree';

/**
 * Reads TOML 1.0 into the same tree as YAML. The first syntax error (a key given twice is one) makes the text unreadable as
 * a whole: the parser stops there.
 */
export function readTomlTree(text: string): Tree {
  const large = tooLarge(text) ?? tooDeep(text);
  if (large) return { root: null, problems: [large] };
  // The parser knows no byte order mark; a blank instead of it keeps the offsets.
  const source = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  try {
    return { root: new TreeBuilder(source).build(parseTOML(source, { tomlVersion: '1.0' })), problems: [] };
  } catch (error) {
    if (error instanceof ParseError) return { root: null, problems: [syntaxProblem(error, source)] };
    if (error instanceof RangeError) return { root: null, problems: [tooLong(source)] };
    throw error;
  }
}

function syntaxProblem(error: ParseError, text: string): Problem {
  // The parser names the offset only; the word that starts there is what a person looks at.
  const word = /^[^\s=,[\]{}#]+/.exec(text.slice(error.index, error.index + 80))?.[0] ?? ' ';
  const range = visibleRange(text, error.index, error.index + word.length);
  return { code: 'syntax', severity: 'error', message: `${error.message.replace(/\.$/, '')}, so the file cannot be read.`, range };
}

/** The parser hands all characters of a string to one function call; from about 100,000 on they no longer fit onto the stack. */
function tooLong(text: string): Problem {
  let start = 0;
  let longest = { start: 0, end: 0 };
  for (const line of text.split('\n')) {
    if (line.length > longest.end - longest.start) longest = { start, end: start + line.length };
    start += line.length + 1;
  }
  return { code: 'too-long', severity: 'error', message: 'This file holds a text that is too long to be read; its longest line is this one.', range: longest };
}

/** Counts brackets without regard for strings and comments, where they come in pairs too; hence the factor. */
function tooDeep(text: string): Problem | null {
  const bracket = /[[{\]}]/g;
  let depth = 0;
  for (let match = bracket.exec(text); match; match = bracket.exec(text)) {
    depth = match[0] === '[' || match[0] === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth <= 5 * maxDepth) continue;
    const message = `This is nested more than ${5 * maxDepth} levels deep, so the file is not read.`;
    return { code: 'too-deep', severity: 'error', message, range: { start: match.index, end: match.index + 1 } };
  }
  return null;
}

/** The nodes while they grow; a table can be continued anywhere below in the text. */
interface Table {
  readonly type: 'object';
  range: Range;
  readonly properties: { readonly key: string; keyRange: Range; readonly value: Growing }[];
}
interface Tables {
  readonly type: 'array';
  range: Range;
  readonly items: Growing[];
}
type Growing = Table | Tables | Exclude<TreeNode, { type: 'object' | 'array' }>;

class TreeBuilder {
  private readonly index = new Map<Table, Map<string, Table['properties'][number]>>();

  constructor(private readonly text: string) {}

  build(program: AST.TOMLProgram): TreeNode {
    const root = this.newTable({ start: 0, end: this.text.length });
    for (const entry of program.body[0].body) {
      if (entry.type === 'TOMLKeyValue') this.addKeyValue(root, entry);
      else this.addTable(root, entry);
    }
    return root;
  }

  private addTable(root: Table, header: AST.TOMLTable): void {
    const range = this.rangeOf(header);
    const keys = header.key.keys;
    const parent = this.descend(root, keys.slice(0, -1), range);
    const last = keys.at(-1);
    if (!last) return;
    const existing = this.find(parent, nameOf(last));
    let table: Table;
    if (header.kind === 'array') {
      table = this.newTable(range);
      if (existing?.value.type === 'array') {
        existing.value.items.push(table);
        existing.value.range = { start: existing.value.range.start, end: range.end };
      } else {
        this.add(parent, last, { type: 'array', range, items: [table] });
      }
    } else if (existing?.value.type === 'object') {
      // Longer keys above implied it; this is its own header.
      table = existing.value;
      table.range = range;
      existing.keyRange = this.rangeOf(last);
    } else {
      table = this.newTable(range);
      this.add(parent, last, table);
    }
    for (const entry of header.body) this.addKeyValue(table, entry);
  }

  private addKeyValue(table: Table, entry: AST.TOMLKeyValue): void {
    const keys = entry.key.keys;
    const last = keys.at(-1);
    if (!last) return;
    const parent = this.descend(table, keys.slice(0, -1), this.rangeOf(entry));
    this.add(parent, last, this.buildValue(entry.value));
  }

  /** Along the keys, through the newest table of an array of tables, making what is not there yet. */
  private descend(table: Table, keys: readonly Key[], range: Range): Table {
    let current = table;
    for (const key of keys) {
      const existing = this.find(current, nameOf(key))?.value;
      const inside = existing?.type === 'array' ? existing.items.at(-1) : existing;
      if (inside?.type === 'object') {
        current = inside;
      } else {
        const made = this.newTable(range);
        this.add(current, key, made);
        current = made;
      }
    }
    return current;
  }

  private buildValue(node: AST.TOMLContentNode): Growing {
    const range = this.rangeOf(node);
    if (node.type === 'TOMLArray') return { type: 'array', range, items: node.elements.map((element) => this.buildValue(element)) };
    if (node.type === 'TOMLInlineTable') {
      const table = this.newTable(range);
      for (const entry of node.body) this.addKeyValue(table, entry);
      return table;
    }
    const source = this.text.slice(range.start, range.end);
    switch (node.kind) {
      case 'string':
        return { type: 'string', range, value: node.value };
      case 'integer':
      case 'float':
        return { type: 'number', range, value: node.value, source };
      case 'boolean':
        return { type: 'boolean', range, value: node.value, source };
      case 'offset-date-time':
      case 'local-date-time':
      case 'local-date':
      case 'local-time':
        return { type: 'string', range, value: source };
    }
  }

  private newTable(range: Range): Table {
    const table: Table = { type: 'object', range, properties: [] };
    this.index.set(table, new Map());
    return table;
  }

  private find(table: Table, name: string): Table['properties'][number] | undefined {
    return this.index.get(table)?.get(name);
  }

  private add(table: Table, key: Key, value: Growing): void {
    const property = { key: nameOf(key), keyRange: this.rangeOf(key), value };
    table.properties.push(property);
    this.index.get(table)?.set(property.key, property);
  }

  private rangeOf(node: AST.TOMLNode): Range {
    return { start: node.range[0], end: node.range[1] };
  }
}

type Key = AST.TOMLBare | AST.TOMLQuoted;

function nameOf(key: Key): string {
  return key.type === 'TOMLBare' ? key.name : key.value;
}
