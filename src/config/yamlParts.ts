import type { Range } from '../core/problem';
import { closesBracket, contentLines, maxPlainDepth, readPlainLines, type Line } from './plainYaml';
import type { Property, TreeNode } from './tree';

/** A text of which some parts were read already. */
export interface YamlParts {
  /** The text with a stand-in of the same length for each run of entries that were read. */
  readonly text: string;
  /** What a stand-in stands for, by the offset of its item or of its key. */
  readonly items: ReadonlyMap<number, readonly TreeNode[]>;
  readonly properties: ReadonlyMap<number, readonly Property[]>;
  /** Keys whose colon is missing although their value stands below them. The text has a key with a colon there. */
  readonly bareKeys: ReadonlyMap<number, Range>;
  /** Entries that were not read, in the order of the text. */
  readonly rest: readonly YamlEntry[];
}

/** A key with its value, or an item of a list with its dash, up to the last line that belongs to it. */
export interface YamlEntry extends Range {
  readonly isItem: boolean;
  readonly column: number;
}

/** What was made of an entry, or of several in a row. */
export interface ReadEntry {
  readonly entry: YamlEntry;
  readonly nodes: readonly (TreeNode | Property)[];
}

/**
 * Finds the entries of a text, at any depth, that can be read as plain YAML by themselves, so that the library has only the rest
 * to read: the line that is being typed, an anchor, a text in a block. Whether a stand-in is an entry at all, and not part of a
 * text that goes over several lines, the library finds out. Null where the text is neither a mapping nor a list.
 */
export function readYamlParts(text: string): YamlParts | null {
  const lines = firstDocument(text);
  const reader = new PartReader(text);
  if (!reader.isBlock(lines)) return null;
  reader.block(lines);
  const bareKeys = new Map(reader.bareKeys.map((key) => [key.start, key]));
  return withEntries({ text: withColons(text, reader.bareKeys), items: new Map(), properties: new Map(), bareKeys, rest: reader.rest }, reader.read);
}

/** Without the lines that start and end a document. */
function firstDocument(text: string): readonly Line[] {
  const lines = contentLines(text);
  const isMark = ({ start, end, indent }: Line) => indent === 0 && /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(start, end));
  const first = lines.findIndex((line) => line.indent !== 0 || !/^(?:%|---$)/.test(text.slice(line.start, line.end)));
  const content = lines.slice(first);
  const next = content.findIndex(isMark);
  return next < 0 ? content : content.slice(0, next);
}

/** Puts stand-ins in place of entries, given in the order of the text. */
export function withEntries(parts: YamlParts, read: readonly ReadEntry[]): YamlParts {
  const items = new Map(parts.items);
  const properties = new Map(parts.properties);
  const pieces: string[] = [];
  let at = 0;
  for (const { entry, nodes } of read) {
    const { start, end, isItem } = entry;
    const standIn = standInFor(entry);
    pieces.push(parts.text.slice(at, start), standIn.padEnd(end - start));
    at = end;
    if (isItem && standIn !== '') items.set(start + 2, nodes as readonly TreeNode[]);
    else if (standIn !== '') properties.set(start, nodes as readonly Property[]);
  }
  const done = new Set(read.map(({ entry }) => entry));
  return { ...parts, text: pieces.join('') + parts.text.slice(at), items, properties, rest: parts.rest.filter((entry) => !done.has(entry)) };
}

/** The longest one that fits; in place of a single character there is none. */
function standInFor({ start, end, isItem }: Pick<YamlEntry, 'start' | 'end' | 'isItem'>): string {
  return (isItem ? ['- 0'] : ['0: 0', '0:']).find(({ length }) => length <= end - start) ?? '';
}

/** A key with its value on the lines below. */
const opensBlock = /^[\w.-]+ *: *(?:#.*)?$/;

/** A key without its colon, maybe. */
const bareWord = /^[\w.-]{2,}$/;

function withColons(text: string, keys: readonly Range[]): string {
  return keys.reduceRight((written, { start, end }) => `${written.slice(0, start)}${'0:'.padEnd(end - start)}${written.slice(end)}`, text);
}

class PartReader {
  readonly read: ReadEntry[] = [];
  readonly rest: YamlEntry[] = [];
  readonly bareKeys: Range[] = [];

  constructor(private readonly text: string) {}

  /** Reads what is plain in a mapping or list, given by its lines. */
  block(lines: readonly Line[], depth = 0): void {
    const [first] = lines;
    if (!first) return;
    const column = first.indent;
    const isItem = this.isItem(first);
    let run: { start: number; end: number; readonly nodes: (TreeNode | Property)[] } | null = null;
    const close = (): void => {
      // Not a single dash, which has no stand-in, nor a key without a value, whose line the next one could go on.
      if (run && run.end - run.start >= 4) this.read.push({ entry: { start: run.start, end: run.end, isItem, column }, nodes: run.nodes });
      run = null;
    };
    for (const entry of this.entriesOf(lines, column, isItem)) {
      const [head, last] = [entry[0], entry.at(-1)];
      if (!head || !last) break;
      const range = { start: head.start, end: last.end };
      const found = readPlainLines(this.text, entry);
      const node = found?.type === 'array' ? found.items[0] : found?.properties[0];
      if (node && (found?.type === 'array') === isItem) {
        run ??= { ...range, nodes: [] };
        run.end = range.end;
        run.nodes.push(node);
        continue;
      }
      close();
      const inner = depth < maxPlainDepth ? this.innerLines(entry, head, isItem) : null;
      if (inner && bareWord.test(this.text.slice(head.start, head.end))) this.bareKeys.push({ start: head.start, end: head.end });
      if (inner) this.block(inner, depth + 1);
      else this.rest.push({ ...range, isItem, column });
    }
    close();
  }

  /** The lines of the mapping or list in an entry that cannot be read as a whole: maybe some of what is in it can. */
  private innerLines(entry: readonly Line[], head: Line, isItem: boolean): readonly Line[] | null {
    const below = entry.slice(1);
    const written = this.text.slice(head.start, head.end);
    if (isItem ? written === '-' : opensBlock.test(written) || bareWord.test(written)) return this.isBlock(below) ? below : null;
    const dash = isItem ? (/^- +/.exec(written)?.[0].length ?? 0) : 0;
    const content = { start: head.start + dash, end: head.end, indent: head.indent + dash };
    return dash > 0 && this.isBlock([content, ...below]) ? [content, ...below] : null;
  }

  /** Whether lines are a mapping or a list, and not a text that goes over them. The first key may be half typed. */
  isBlock(lines: readonly Line[]): boolean {
    const [first] = lines;
    if (!first || first.indent === Infinity || lines.some(({ indent }) => indent < first.indent)) return false;
    if (this.isItem(first) || this.isKey(first)) return true;
    return /^[\w.:/-]+$/.test(this.text.slice(first.start, first.end)) && lines.some((line) => line.indent === first.indent && this.isKey(line));
  }

  private isKey({ start, end }: Line): boolean {
    return /^[\w.-]+ *:(?:\s|$)/.test(this.text.slice(start, end));
  }

  /** The lines of each entry: those that start at a column, each with what is indented more and the bracket that it ends with. */
  private entriesOf(lines: readonly Line[], column: number, isList: boolean): readonly (readonly Line[])[] {
    const isStart = (line: Line) => line.indent === column && (isList || !this.isItem(line)) && !closesBracket(this.text, line);
    const starts = lines.flatMap((line, index) => (index === 0 || isStart(line) ? [index] : []));
    return starts.map((start, index) => lines.slice(start, starts[index + 1]));
  }

  private isItem({ start, end }: Line): boolean {
    return this.text[start] === '-' && (start + 1 >= end || this.text[start + 1] === ' ');
  }
}
