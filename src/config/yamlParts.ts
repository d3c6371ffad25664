import { contentLines, readPlainLines, type Line } from './plainYaml';
import type { Property, TreeNode } from './tree';

/** A text of which the parts that are plain were read already. */
export interface YamlParts {
  /** The text with a stand-in of the same length for each run of entries that were read. */
  readonly text: string;
  /** What a stand-in stands for, by the offset of its value. */
  readonly items: ReadonlyMap<number, readonly TreeNode[]>;
  readonly properties: ReadonlyMap<number, readonly Property[]>;
}

/**
 * Finds the entries of a text, at any depth, that can be read as plain YAML by themselves, so that the library has only the rest
 * to read: the line that is being typed, an anchor, a text in a block. Whether a stand-in is an entry at all, and not part of a
 * text that goes over several lines, the library finds out. Null where there is none.
 */
export function readYamlParts(text: string): YamlParts | null {
  const lines = contentLines(text);
  if (lines.length < minLines) return null;
  const masker = new Masker(text);
  masker.block(lines);
  return masker.parts();
}

/** Shorter texts the library reads fast enough. */
const minLines = 20;

class Masker {
  private readonly items = new Map<number, readonly TreeNode[]>();
  private readonly properties = new Map<number, readonly Property[]>();
  private readonly masks: { readonly start: number; readonly end: number; readonly standIn: string }[] = [];

  constructor(private readonly text: string) {}

  parts(): YamlParts | null {
    if (this.masks.length === 0) return null;
    const pieces: string[] = [];
    let at = 0;
    for (const { start, end, standIn } of this.masks) {
      pieces.push(this.text.slice(at, start), standIn.padEnd(end - start));
      at = end;
    }
    return { text: pieces.join('') + this.text.slice(at), items: this.items, properties: this.properties };
  }

  /** Masks what is plain in a mapping or list, given by its lines. */
  block(lines: readonly Line[]): void {
    const [first] = lines;
    if (!first) return;
    const isList = this.isItem(first);
    let run: { readonly start: number; end: number; readonly nodes: (TreeNode | Property)[] } | null = null;
    const close = (): void => {
      if (run) this.mask(run.start, run.end, run.nodes, isList);
      run = null;
    };
    for (const entry of this.entriesOf(lines, first.indent, isList)) {
      const [head, last] = [entry[0], entry.at(-1)];
      if (!head || !last) break;
      const read = readPlainLines(this.text, entry);
      const node = read?.type === 'array' ? read.items[0] : read?.properties[0];
      if (node && (read?.type === 'array') === isList) {
        run ??= { start: head.start, end: last.end, nodes: [] };
        run.end = last.end;
        run.nodes.push(node);
        continue;
      }
      close();
      this.rest(entry, head, isList);
    }
    close();
  }

  /** An entry that cannot be read as a whole: maybe some of what is in it can. */
  private rest(entry: readonly Line[], head: Line, isList: boolean): void {
    if (isList) {
      const dash = /^- +/.exec(this.text.slice(head.start, head.end))?.[0].length ?? 0;
      const content = { start: head.start + dash, end: head.end, indent: head.indent + dash };
      if (dash > 0 && this.opensBlock(content, true)) this.block([content, ...entry.slice(1)]);
      else if (entry.length > 1 && this.text.slice(head.start, head.end) === '-') this.block(entry.slice(1));
    } else if (entry.length > 1 && this.opensBlock(head, false)) {
      this.block(entry.slice(1));
    }
  }

  /** Whether a line is a key with its value on the lines below, or, at the start of an item, any key. */
  private opensBlock({ start, end }: Line, isAnyKey: boolean): boolean {
    return (isAnyKey ? /^[\w.-]+ *:(?:\s|$)/ : /^[\w.-]+ *: *(?:#.*)?$/).test(this.text.slice(start, end));
  }

  /** The lines of each entry: those that start at a column, each with what is indented more. */
  private entriesOf(lines: readonly Line[], column: number, isList: boolean): readonly (readonly Line[])[] {
    const starts = lines.flatMap((line, index) => (index === 0 || line.indent < column || (line.indent === column && (isList || !this.isItem(line))) ? [index] : []));
    return starts.map((start, index) => lines.slice(start, starts[index + 1]));
  }

  private isItem({ start, end }: Line): boolean {
    return this.text[start] === '-' && (start + 1 >= end || this.text[start + 1] === ' ');
  }

  private mask(start: number, end: number, nodes: readonly (TreeNode | Property)[], isList: boolean): void {
    const standIn = isList ? '- 0' : '0: 0';
    if (end - start < standIn.length) return;
    this.masks.push({ start, end, standIn });
    const at = start + standIn.length - 1;
    if (isList) this.items.set(at, nodes as readonly TreeNode[]);
    else this.properties.set(at, nodes as readonly Property[]);
  }
}
