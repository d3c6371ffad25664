import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import type { Alias, CST, Document, Node, ParsedNode, Scalar, YAMLError, YAMLMap, YAMLSeq } from 'yaml';
import type { Problem, Range } from '../core/problem';
import { maxAliasedNodes, maxDepth, maxProblems } from './limits';
import { tooLarge, visibleRange } from './place';
import { readPlainYaml } from './plainYaml';
import type { NullNode, Property, Tree, TreeNode } from './tree';
import { quoted } from './words';
import { readYamlParts, withEntries, type ReadEntry, type YamlEntry, type YamlParts } from './yamlParts';

/**
 * Reads YAML 1.2. Tolerates errors: the tree holds what could be understood, the problems what could not.
 * Aliases and merge keys (`<<`) are resolved; an alias stands in the tree with its own range, what is inside with the
 * range where it was written.
 */
export function readYamlTree(text: string): Tree {
  const large = tooLarge(text);
  if (large) return { root: null, problems: [large], isGuess: true };
  // The library counts a byte order mark as a column; an empty line instead of it keeps the offsets.
  const source = text.startsWith('\uFEFF') ? `\n${text.slice(1)}` : text;
  const plain = readPlainYaml(source);
  if (plain) return { root: plain, problems: [], isGuess: false };
  const parts = readYamlParts(source);
  return (parts && readWithParts(source, parts)) ?? readAnyYaml(source);
}

/** Reads the text with the library, whatever is in it. */
export function readAnyYaml(text: string): Tree {
  const parsed = parse(text);
  if ('tooDeepAt' in parsed) {
    const message = `This is nested more than ${maxDepth} levels deep, so the file is not read.`;
    return { root: null, problems: [error('too-deep', message, visibleRange(text, parsed.tooDeepAt, parsed.tooDeepAt + 1))], isGuess: true };
  }
  const problems: Problem[] = syntaxProblems(parsed.first, text);
  return treeOf(parsed, text, problems, new TreeBuilder(text, problems));
}

/**
 * Reads with the library what was not read yet. An entry with a mistake is read by itself, since the library takes what comes
 * behind it for wrong, too. Null where that does not explain all mistakes, or where a stand-in is none.
 */
export function readWithParts(text: string, parts: YamlParts): Tree | null {
  const problems = Array.from(parts.bareKeys.values(), (range) => error('syntax', 'A “:” is missing behind this key.', range));
  let left = parts;
  let parsed = parse(left.text);
  // Mostly the entry that the first mistake lies in explains all others. If not, all are tried.
  for (const candidates of [entriesBefore, ({ rest }: YamlParts) => rest]) {
    if ('tooDeepAt' in parsed) return null;
    const [mistake] = parsed.first.errors;
    const broken = mistake ? candidates(left, mistake.pos[0]).flatMap((entry) => brokenEntry(text, entry) ?? []) : [];
    if (broken.length === 0) continue;
    problems.push(...broken.map(({ problem }) => problem));
    left = withEntries(left, broken);
    parsed = parse(left.text);
  }
  if ('tooDeepAt' in parsed || parsed.first.errors.length > 0) return null;
  problems.push(...syntaxProblems(parsed.first, text));
  const builder = new TreeBuilder(text, problems, left);
  const tree = treeOf(parsed, text, problems, builder);
  return builder.hasAllParts ? { ...tree, isGuess: left !== parts || parts.bareKeys.size > 0 } : null;
}

/** The entry that an offset lies in or behind, and the one before it. */
function entriesBefore({ rest }: YamlParts, offset: number): readonly YamlEntry[] {
  const next = rest.findIndex(({ start }) => start > offset);
  return rest.slice(Math.max(0, (next < 0 ? rest.length : next) - 2), next < 0 ? undefined : next);
}

/** What the library makes of an entry that has mistakes, told from it alone, and the first of them; null where there are none. */
function brokenEntry(text: string, entry: YamlEntry): (ReadEntry & { readonly problem: Problem }) | null {
  const indent = ' '.repeat(entry.column);
  // Behind another entry, it cannot be anything but one.
  const before = `${indent}${entry.isItem ? '- 0' : 'key: 0'}\n${indent}`;
  const parsed = parse(`${before}${text.slice(entry.start, entry.end)}\n`);
  const mistake = 'tooDeepAt' in parsed ? undefined : parsed.first.errors[0];
  if ('tooDeepAt' in parsed || !mistake) return null;
  const moved = entry.start - before.length;
  // Other entries are not in sight: what it says of aliases and keys may not be so.
  const tree = new TreeBuilder(text, [], null, moved).buildRoot(parsed.first.contents);
  // More than one follows from the mistake alone.
  const nodes = tree?.type === 'array' && entry.isItem ? tree.items.slice(1, 2) : tree?.type === 'object' && !entry.isItem ? tree.properties.slice(1, 2).map(withBrokenValue) : [];
  const tab = /\n *\t/.exec(text.slice(entry.start, entry.end));
  const tabAt = tab ? entry.start + tab.index + tab[0].length - 1 : 0;
  // The library speaks of what it leads to.
  return { entry, nodes, problem: tab ? error('syntax', noTabs, { start: tabAt, end: tabAt + 1 }) : syntaxProblem(mistake, text, moved, entry.end) };
}

/** That a value is missing follows from the mistake, too. */
function withBrokenValue(property: Property): Property {
  return property.value.type === 'null' ? { ...property, value: { ...property.value, isBroken: true } } : property;
}

function treeOf({ first, second }: Parsed, text: string, problems: Problem[], builder: TreeBuilder): Tree {
  if (second) {
    const [start, end] = second.range;
    const message = 'A second YAML document starts here. Only the first one is read: remove this one or the line “---”.';
    problems.push(error('second-document', message, visibleRange(text, start, firstLineEnd(text, start, end))));
  }
  const root = builder.buildRoot(first.contents);
  problems.sort((a, b) => a.range.start - b.range.start);
  return { root, problems: problems.slice(0, maxProblems), isGuess: first.errors.length > 0 };
}

type YamlDocument = Document.Parsed;

interface Parsed {
  readonly first: YamlDocument;
  readonly second: YamlDocument | null;
}

/** The library's parser, with a bound on nesting: its composer and its parser call themselves for each level. */
function parse(text: string): Parsed | { readonly tooDeepAt: number } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > maxDepth) return { tooDeepAt: parser.offset - lexeme.length };
  }
  for (const token of parser.end()) tokens.push(token);

  const composer = new Composer({
    // Whatever a %YAML directive says: `yes` and dates stay texts.
    schema: 'core',
    resolveKnownTags: false,
    // The library compares each key with each other one; the builder does it with a set.
    uniqueKeys: false,
  });
  const [first, second] = composed(composer.compose(tokens, true, text.length));
  if (!first) throw new Error('The YAML composer gave no document although it was told to.');
  return { first, second: second ?? null };
}

/** The first document and the one behind it, if that is not blank. */
function composed(documents: Iterable<YamlDocument>): readonly YamlDocument[] {
  // Each mistake is an error with a stack that nobody reads: half of the time where there are hundreds.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const found: YamlDocument[] = [];
    for (const document of documents) {
      if (found.length === 0 || !isBlank(document)) found.push(document);
      if (found.length === 2) break;
    }
    return found;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** A line `---` with nothing behind it starts no second document that anybody would miss. */
function isBlank(document: YamlDocument): boolean {
  const { contents, errors } = document;
  return errors.length === 0 && (contents === null || (isScalar(contents) && contents.value === null && contents.range[0] === contents.range[1]));
}

class TreeBuilder {
  private readonly anchors = new Map<string, { readonly node: TreeNode; readonly size: number }>();
  /** Nodes made so far, those that aliases stand for counted again each time. */
  private size = 0;
  private aliased = 0;
  private bombAt: Range | null = null;
  private partsFound = 0;

  constructor(
    private readonly text: string,
    private readonly problems: Problem[],
    private readonly parts: YamlParts | null = null,
    /** By how much the library's offsets are too low. */
    private readonly moved = 0,
  ) {}

  /** Whether each stand-in was met: something could have taken one for a part of itself. */
  get hasAllParts(): boolean {
    return this.partsFound === (this.parts ? this.parts.items.size + this.parts.properties.size : 0);
  }

  buildRoot(contents: ParsedNode | null): TreeNode | null {
    const root = contents === null ? emptyNode(0) : this.build(contents);
    if (!this.bombAt) return root;
    const message = `The aliases of this file stand for more than ${maxAliasedNodes.toLocaleString('en')} values, so it is not read: write them out or use fewer.`;
    this.problems.push(error('too-many-aliases', message, this.bombAt));
    return null;
  }

  private build(node: Node): TreeNode {
    if (isAlias(node)) return this.resolve(node);
    const anchor = 'anchor' in node ? node.anchor : undefined;
    // Until its value is complete an anchor names nothing, not even an earlier value of that name.
    if (anchor !== undefined) this.anchors.delete(anchor);
    const sizeBefore = this.size++;
    const built = isMap(node) ? this.buildObject(node) : isSeq(node) ? this.buildArray(node) : this.buildScalar(node);
    if (anchor !== undefined) this.anchors.set(anchor, { node: built, size: this.size - sizeBefore });
    return built;
  }

  private resolve(alias: Alias): TreeNode {
    const range = this.rangeOf(alias);
    const target = this.anchors.get(alias.source);
    if (!target) {
      const message = `No value above is marked &${alias.source}, so the alias *${alias.source} stands for nothing.`;
      this.report('unknown-alias', message, range);
      return { type: 'null', range, isBroken: true };
    }
    this.size += target.size;
    this.aliased += target.size;
    if (this.aliased > maxAliasedNodes) {
      this.bombAt ??= range;
      return { type: 'null', range };
    }
    return { ...target.node, range };
  }

  private buildArray(node: YAMLSeq): TreeNode {
    const items = node.items.flatMap((item) => this.partAt(this.parts?.items, node, item) ?? [this.build(item as Node)]);
    return { type: 'array', range: this.collectionRange(node, items.at(-1)), items, ...(node.tag !== undefined && { tag: node.tag }) };
  }

  private buildObject(node: YAMLMap): TreeNode {
    const own: Property[] = [];
    const ownKeys = new Set<string>();
    const merged: Property[] = [];
    let last: TreeNode | undefined;
    const add = (property: Property): void => {
      const { key, keyRange, value } = property;
      if (ownKeys.has(key)) this.report('duplicate-key', `${quoted(key)} is already set above: the first one counts, remove one of the two.`, keyRange);
      ownKeys.add(key);
      own.push(property);
      last = value;
    };
    for (const pair of node.items) {
      const read = this.partAt(this.parts?.properties, node, pair.key);
      if (read) {
        for (const property of read) add(property);
        continue;
      }
      const keyNode = pair.key as Node;
      const key = this.keyText(keyNode);
      const keyRange = this.parts?.bareKeys.get(this.rangeOf(keyNode).start) ?? this.rangeOf(keyNode);
      const value = pair.value ? this.build(pair.value as Node) : emptyNode(keyRange.end);
      last = value;
      if (key === null) continue;
      if (key === '<<' && isScalar(keyNode) && keyNode.type === 'PLAIN') {
        merged.push(...this.mergedProperties(value));
        continue;
      }
      add({ key, keyRange, value });
    }
    const properties = merged.length === 0 ? own : [...own, ...firstOfEach(merged.filter(({ key }) => !ownKeys.has(key)))];
    return { type: 'object', range: this.collectionRange(node, last), properties };
  }

  /** What was read already in place of a node. In brackets it would have been read otherwise. */
  private partAt<Part>(parts: ReadonlyMap<number, readonly Part[]> | undefined, parent: YAMLMap | YAMLSeq, node: unknown): readonly Part[] | undefined {
    const part = parent.flow ? undefined : parts?.get((node as Node | null)?.range?.[0] ?? -1);
    if (part) this.partsFound++;
    return part;
  }

  private mergedProperties(value: TreeNode): readonly Property[] {
    const sources = value.type === 'array' ? value.items : [value];
    return sources.flatMap((source) => {
      if (source.type === 'object') return source.properties;
      this.report('bad-merge', '“<<” takes a mapping, an alias of one, or a list of them.', source.range);
      return [];
    });
  }

  private keyText(node: Node): string | null {
    const range = this.rangeOf(node);
    const bare = this.parts?.bareKeys.get(range.start);
    if (bare) return this.text.slice(bare.start, bare.end);
    if (isScalar(node)) {
      const text = typeof node.value === 'string' ? node.value : this.text.slice(range.start, range.end);
      if (node.anchor !== undefined) this.build(node);
      if (text !== '' || range.end > range.start) return text;
      // Without a colon the library has said already what is wrong.
      if (this.text[range.start] === ':') this.report('no-key', 'A key is missing before this “:”.', { start: range.start, end: range.start + 1 });
      return null;
    }
    const target = isAlias(node) ? this.resolve(node) : null;
    if (target?.type === 'string') return target.value;
    if (target?.type === 'number' || target?.type === 'boolean') return target.source;
    this.report('key-not-text', 'A key must be a plain text, not a list or a mapping.', range);
    return null;
  }

  private buildScalar(node: Scalar): TreeNode {
    const range = this.rangeOf(node);
    const source = this.text.slice(range.start, range.end);
    const { value } = node;
    if (typeof value === 'string') return { type: 'string', range, value };
    if (typeof value === 'number') return { type: 'number', range, value, source };
    if (typeof value === 'boolean') return { type: 'boolean', range, value, source };
    return { type: 'null', range };
  }

  /** The library counts the comments behind a block to it. */
  private collectionRange(node: YAMLMap | YAMLSeq, last: TreeNode | undefined): Range {
    const range = this.rangeOf(node);
    return node.flow || !last ? range : { start: range.start, end: Math.max(range.start, last.range.end) };
  }

  /** Without the line break that the library counts to the end of a block. */
  private rangeOf(node: Node): Range {
    const [from, to] = node.range ?? [0, 0];
    const start = from + this.moved;
    let end = Math.min(to + this.moved, this.text.length);
    while (end > start && /\s/.test(this.text.charAt(end - 1))) end--;
    return { start, end };
  }

  private report(code: string, message: string, range: Range): void {
    // After an alias bomb everything is a consequence of it.
    if (!this.bombAt && this.problems.length < 2 * maxProblems) this.problems.push(error(code, message, range));
  }
}

function firstOfEach(properties: readonly Property[]): readonly Property[] {
  const seen = new Set<string>();
  return properties.filter(({ key }) => !seen.has(key) && seen.add(key));
}

function emptyNode(offset: number): NullNode {
  return { type: 'null', range: { start: offset, end: offset } };
}

const noTabs = 'YAML does not allow tabs for indentation: use spaces.';

/** The library's own words, where they are not meant for people who know YAML's grammar. */
const plainWords: readonly (readonly [starts: string, words: string])[] = [
  ['Tabs are not allowed', noTabs],
  ['Implicit map keys need', 'A “:” and a value are missing here.'],
  ['Missing closing', 'The quote that ends this text is missing.'],
  ['Flow sequence in block collection', 'The “]” that ends this list is missing, or what stands below is not indented more than its key.'],
  ['Flow map in block collection', 'The “}” that ends this table is missing, or what stands below is not indented more than its key.'],
  ['Nested mappings are not allowed', 'A mapping cannot start here: put the value on its own line, or in quotes if the colon belongs to a text.'],
  ['A block sequence may not be used', 'A list cannot start here: put its items on lines of their own.'],
  ['Implicit keys', 'This key goes over more than one line: a line above it is probably unfinished.'],
  ['Sequence item without', 'Below the items of a list, a “- ” is missing here.'],
  ['Missing ,', 'A comma is missing before this.'],
  ['Unexpected empty item', 'Nothing stands between these commas.'],
  ['Missing space after :', 'A blank is missing behind the “:”.'],
  ['Comments must be separated', 'A comment needs a blank before its “#”; a text that holds a “#” stands in quotes.'],
  ['Plain value cannot start', 'A text that starts with this character stands in quotes.'],
  ['Invalid escape sequence', 'In double quotes a “\\” starts an escape, and this is none: write “\\\\”, or use single quotes.'],
];

const badIndent = 'The indentation does not fit here, or a bracket or quote above is not closed.';

function syntaxProblems({ errors, warnings }: YamlDocument, text: string): Problem[] {
  const problem = (found: YAMLError) => syntaxProblem(found, text);
  return [...errors.slice(0, maxProblems).map(problem), ...warnings.slice(0, maxProblems).map((found): Problem => ({ ...problem(found), severity: 'warning' }))];
}

/** @param moved by how much the library's offsets are too low */
function syntaxProblem(found: YAMLError, text: string, moved = 0, end = text.length): Problem {
  const code = found.code === 'TAG_RESOLVE_FAILED' ? 'unknown-tag' : 'syntax';
  const words = plainWords.find(([starts]) => found.message.startsWith(starts))?.[1] ?? (found.code === 'BAD_INDENT' ? badIndent : null);
  const message = words ?? `${found.message.replace(/\.$/, '')}.`;
  const at = (offset: number) => Math.min(offset + moved, end);
  return error(code, message, visibleRange(text, at(found.pos[0]), at(found.pos[1])));
}

function error(code: string, message: string, range: Range): Problem {
  return { code, severity: 'error', message, range };
}

function firstLineEnd(text: string, start: number, end: number): number {
  const length = text.slice(start, end).search(/[\r\n]/);
  return length < 0 ? end : start + length;
}
