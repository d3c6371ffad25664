import { ParseError, parseTOML } from 'toml-eslint-parser';
import type { AST } from 'toml-eslint-parser';
import type { Problem, Range } from '../core/problem';
import { maxDepth, maxProblems } from './limits';
import { tooLarge, visibleRange } from './place';
import { tomlStatements, type TomlStatement } from './tomlStatements';
import type { Tree, TreeNode } from './tree';

/**
 * Reads TOML 1.0 into the same tree as YAML. A statement that is wrong is left out, all others are read; the tree is then a guess.
 */
export function readTomlTree(text: string): Tree {
  const large = tooLarge(text) ?? tooDeep(text);
  if (large) return { root: null, problems: [large], isGuess: true };
  // The parser knows no byte order mark; a blank instead of it keeps the offsets.
  const source = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  try {
    return readAround(source);
  } catch (error) {
    if (error instanceof RangeError) return { root: null, problems: [tooLong(source)], isGuess: true };
    throw error;
  }
}

/** The parser stops at the first error: the statement it stands in is blanked out, and all is read again. */
function readAround(source: string): Tree {
  const problems: Problem[] = [];
  const broken: TomlStatement[] = [];
  let statements: readonly TomlStatement[] | undefined;
  let readable = source;
  for (let budget = maxReadAgain; ; budget -= source.length) {
    try {
      const program = parseTOML(readable, { tomlVersion: '1.0' });
      return { root: new TreeBuilder(source).build(program, broken), problems: inOrder(problems), isGuess: problems.length > 0 };
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      statements ??= tomlStatements(source);
      const found = blame(error, readable, statements);
      problems.push(found ? syntaxProblem(found.error, source, found) : syntaxProblem(error, source, { start: error.index, end: source.length }));
      if (!found || budget < 0 || problems.length >= maxProblems) return { root: null, problems: inOrder(problems), isGuess: true };
      const rest = statements.slice(statements.indexOf(found.statement));
      const nextHeader = rest.findIndex(({ kind }, index) => index > 0 && kind === 'header');
      // Without its header, what stands below it would count for the table before.
      const lost = found.statement.kind === 'header' ? rest.slice(0, nextHeader < 0 ? undefined : nextHeader) : [found.statement];
      if (found.statement.kind === 'pair') broken.push(found.statement);
      for (const { start, end } of lost) readable = readable.slice(0, start) + blanked(readable.slice(start, end)) + readable.slice(end);
    }
  }
}

/** How much is read again, in characters, to get around errors: some hundred milliseconds. */
const maxReadAgain = 1_000_000;

interface Blamed extends Range {
  readonly statement: TomlStatement;
  readonly error: Pick<ParseError, 'message' | 'index'>;
}

/** The statement that is wrong, and what is wrong in it. An error is often seen only in the statement that follows. */
function blame(error: ParseError, readable: string, statements: readonly TomlStatement[]): Blamed | undefined {
  const last = lastOf(statements, (statement) => statement.start <= error.index && !isBlank(readable, statement));
  const before = last && lastOf(statements, (statement) => statement.start < last.start && !isBlank(readable, statement));
  // Three quotes that nothing closes are an error at the end of the text.
  const tall = statements.filter(({ start, end }) => start <= error.index && /"""|'''/.test(readable.slice(start, end)));
  for (const statement of [last, before, ...tall]) {
    const own = statement && errorIn(readable.slice(statement.start, statement.end));
    if (own) return { ...statement, statement, error: { message: own.message, index: statement.start + own.index } };
  }
  return last && { ...last, statement: last, error };
}

function errorIn(statement: string): ParseError | null {
  try {
    parseTOML(statement, { tomlVersion: '1.0' });
    return null;
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
}

function isBlank(text: string, { start, end }: TomlStatement): boolean {
  return text.slice(start, end).trim() === '';
}

function lastOf<T>(items: readonly T[], test: (item: T) => boolean): T | undefined {
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items[at];
    if (item !== undefined && test(item)) return item;
  }
  return undefined;
}

function blanked(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => a.range.start - b.range.start);
}

/** The library's own words, where they are not meant for people who write a file. */
const plainWords: Readonly<Record<string, string>> = {
  'Unspecified values are invalid': 'A value is missing here: a text stands in quotes.',
  'Expected equal (=) token': 'A “=” and a value are missing here.',
  'Unexpected character': 'This is not understood: a text stands in quotes.',
  'Unterminated string constant': 'The quote that ends this text is missing.',
  'The key, equals sign, and value must be on the same line': 'The bracket that ends this header is missing, or a key and its value are not on one line.',
  'Must be a newline': 'Nothing more may stand in this line.',
  'Defining a key multiple times is invalid': 'This is already set above, which TOML does not allow: remove one of the two.',
  'No newlines are allowed between the curly braces unless they are valid within a value': 'A table in braces must stand on one line.',
  'Expected comma (,) token': 'A comma is missing here.',
  'Unterminated array': 'The “]” that ends this list is missing.',
  'Unterminated inline table': 'The “}” that ends this table is missing.',
  'Unterminated table-key': 'The bracket that ends this header is missing.',
  'Trailing comma is not permitted in an inline table': 'In braces no comma stands behind the last value.',
  'Leading zeros are not allowed': 'A number does not start with 0: what is meant as a text stands in quotes.',
  'Unexpected invalid date': 'There is no such day: what is meant as a text stands in quotes.',
  'Unexpected invalid time': 'There is no such time: what is meant as a text stands in quotes.',
  'Invalid character in escape sequence': 'In double quotes a “\\” starts an escape, and this is none: write “\\\\”, or use single quotes.',
  'Control characters (codes < 0x1f and 0x7f) are not allowed': 'A control character may not stand in a text.',
};

function syntaxProblem(error: Pick<ParseError, 'message' | 'index'>, text: string, within: Range): Problem {
  const code = error.message === 'Defining a key multiple times is invalid' ? 'duplicate-key' : 'syntax';
  const message = plainWords[error.message] ?? `${error.message.replace(/\.$/, '')}.`;
  const start = Math.max(within.start, Math.min(error.index, within.end));
  // The parser names the offset only; the word that starts there is what a person looks at.
  const word = /^[^\s=,[\]{}#]+/.exec(text.slice(start, start + 80))?.[0] ?? ' ';
  return { code, severity: 'error', message, range: visibleRange(text, start, start + word.length) };
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
  /** The table of each header, and where it starts. */
  private readonly headers: { readonly start: number; readonly table: Table }[] = [];

  constructor(private readonly text: string) {}

  build(program: AST.TOMLProgram, broken: readonly TomlStatement[]): TreeNode {
    const root = this.newTable({ start: 0, end: this.text.length });
    this.headers.push({ start: 0, table: root });
    for (const entry of program.body[0].body) {
      if (entry.type === 'TOMLKeyValue') this.addKeyValue(root, entry);
      else this.addTable(root, entry);
    }
    for (const statement of broken) this.addBroken(statement);
    return root;
  }

  /** So that its key is not reported as missing. */
  private addBroken({ start, end }: TomlStatement): void {
    const [, bare, quoted] = /^(?:([\w-]+)|"([^"\\]*)"|'([^']*)')[ \t]*(?:=|$)/.exec(this.text.slice(start, end)) ?? [];
    const key = bare ?? quoted;
    const table = lastOf(this.headers, (header) => header.start <= start)?.table;
    if (key === undefined || !table || this.index.get(table)?.has(key)) return;
    const quotes = bare === undefined ? 2 : 0;
    table.properties.push({ key, keyRange: { start, end: start + key.length + quotes }, value: { type: 'null', range: { start: end, end }, isBroken: true } });
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
    this.headers.push({ start: range.start, table });
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
