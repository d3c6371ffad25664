import type { ArrayNode, NullNode, ObjectNode, Property, TreeNode } from './tree';

/**
 * Reads the YAML that most people write: block mappings and lists, values on the line of their key, quotes that end on their line,
 * brackets, comments. Null for anything else, be it rarer or wrong: the library then reads the text, ten times as
 * slowly, and says what is wrong. Where this gives a tree it is the one that the library's would be.
 */
export function readPlainYaml(text: string): TreeNode | null {
  return readPlainLines(text, contentLines(text));
}

/** `readPlainYaml` for some lines in a row, as if they were a text of their own. */
export function readPlainLines(text: string, lines: readonly Line[]): ObjectNode | ArrayNode | null {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last || unusual.test(text.slice(first.start - first.indent, last.end))) return null;
  try {
    return new PlainReader(text, lines).read();
  } catch (error) {
    if (error === notPlain) return null;
    throw error;
  }
}

/** What changes the meaning of what follows, or the indentation. */
const unusual = /\t|\r(?!\n)|^(?:---|\.\.\.|%)|[\u0085\u2028\u2029\uFEFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|^\s*(?:- +)*\?(?:\s|$)/m;

/** Thrown out of the recursion. One for all: making the stack of a new one takes longer than reading some texts. */
const notPlain = new Error('This YAML is not plain.');

export interface Line {
  /** Where the first character that is no blank stands. */
  readonly start: number;
  /** Before the line break. */
  readonly end: number;
  /** In blanks; infinite before a tab, which is no indentation: what stands behind one belongs to the line above, or is wrong. */
  readonly indent: number;
}

/** Well below what the library is allowed, which has the words for it. */
export const maxPlainDepth = 40;

/** What a plain text must not start with, in a block and in brackets alike. */
const startsWithIndicator = /^[&*!|>'"%@`#,[\]{}]|^[-?:](?:[\s,[\]{}]|$)/;

class PlainReader {
  private at = 0;
  private depth = 0;
  /** Where the line of what is read right now ends; brackets go over several. */
  private end = 0;
  /** Brackets that are open, and the column that what stands in them has to be indented by more than. */
  private brackets = 0;
  private column = 0;

  constructor(
    private readonly text: string,
    private readonly lines: readonly Line[],
  ) {}

  read(): ObjectNode | ArrayNode {
    const first = this.lines[0];
    if (!first) throw notPlain;
    const root = this.block(first, first.start);
    if (this.at < this.lines.length) throw notPlain;
    return root;
  }

  /** A mapping or list that starts at an offset of the current line. */
  private block(line: Line, start: number): ObjectNode | ArrayNode {
    if (++this.depth > maxPlainDepth) throw notPlain;
    const column = line.indent + start - line.start;
    const node = this.isItem(start, line.end) ? this.list(line, start, column) : this.mapping(line, start, column);
    this.depth--;
    return node;
  }

  private list(first: Line, start: number, column: number): ArrayNode {
    const items: TreeNode[] = [];
    let line: Line | undefined = first;
    let dash = start;
    while (line) {
      const content = this.skipBlanks(dash + 1, line.end);
      if (this.isEnd(content, line.end)) {
        this.at++;
        const next = this.lines[this.at];
        items.push(next && next.indent > column ? this.block(next, next.start) : emptyNode(content));
      } else if (this.isItem(content, line.end) || this.keyEnd(content, line.end) !== null) {
        items.push(this.block(line, content));
      } else {
        items.push(this.lineValue(content, line.end, column));
      }
      const next: Line | undefined = this.lines[this.at];
      if (next && next.indent > column) throw notPlain;
      line = next && next.indent === column && this.isItem(next.start, next.end) ? next : undefined;
      if (line) dash = line.start;
    }
    return { type: 'array', range: { start, end: endOf(items.at(-1)) }, items };
  }

  private mapping(first: Line, start: number, column: number): ObjectNode {
    const properties: Property[] = [];
    const keys = new Set<string>();
    let line: Line | undefined = first;
    let keyStart = start;
    while (line) {
      const keyEnd = this.keyEnd(keyStart, line.end);
      if (keyEnd === null) throw notPlain;
      const key = this.keyText(keyStart, keyEnd);
      if (keys.has(key)) throw notPlain;
      keys.add(key);
      const colon = this.skipBlanks(keyEnd, line.end);
      properties.push({ key, keyRange: { start: keyStart, end: keyEnd }, value: this.mappedValue(line, colon + 1, column) });
      const next: Line | undefined = this.lines[this.at];
      if (next && next.indent > column) throw notPlain;
      line = next && next.indent === column && !this.isItem(next.start, next.end) ? next : undefined;
      if (line) keyStart = line.start;
    }
    return { type: 'object', range: { start, end: endOf(properties.at(-1)?.value) }, properties };
  }

  private mappedValue(line: Line, afterColon: number, column: number): TreeNode {
    const content = this.skipBlanks(afterColon, line.end);
    if (!this.isEnd(content, line.end)) return this.lineValue(content, line.end, column);
    this.at++;
    const next = this.lines[this.at];
    const isNested = next && (next.indent > column || (next.indent === column && this.isItem(next.start, next.end)));
    return isNested ? this.block(next, next.start) : emptyNode(content);
  }

  /** A value that ends with its line, or with the one of its last bracket. */
  private lineValue(start: number, end: number, column: number): TreeNode {
    this.end = end;
    this.column = column;
    const node = this.value(start, false);
    const rest = this.skipBlanks(node.range.end, this.end);
    if (!this.isEnd(rest, this.end)) throw notPlain;
    this.at++;
    // A text can go on in lines that are indented more.
    const next = this.lines[this.at];
    if (next && next.indent > column) throw notPlain;
    return node;
  }

  private value(start: number, inBrackets: boolean): TreeNode {
    switch (this.text[start]) {
      case '"':
      case "'": {
        const quoteEnd = this.quoteEnd(start, this.end);
        return { type: 'string', range: { start, end: quoteEnd }, value: this.unquoted(start, quoteEnd) };
      }
      case '[':
        return this.bracketList(start);
      case '{':
        return this.bracketTable(start);
      default:
        return this.plain(start, this.plainEnd(start, this.end, inBrackets));
    }
  }

  private bracketList(start: number): ArrayNode {
    this.open();
    const items: TreeNode[] = [];
    let at = this.nextInBrackets(start + 1);
    while (this.text[at] !== ']') {
      const item = this.value(at, true);
      items.push(item);
      at = this.afterEntry(item.range.end, ']');
    }
    this.brackets--;
    return { type: 'array', range: { start, end: at + 1 }, items };
  }

  private bracketTable(start: number): ObjectNode {
    this.open();
    const properties: Property[] = [];
    const keys = new Set<string>();
    let at = this.nextInBrackets(start + 1);
    while (this.text[at] !== '}') {
      const { end } = this;
      const isQuoted = this.text[at] === '"' || this.text[at] === "'";
      const keyEnd = isQuoted ? this.quoteEnd(at, end) : this.plainEnd(at, end, true);
      const key = this.keyText(at, keyEnd);
      const colon = this.skipBlanks(keyEnd, end);
      const content = this.skipBlanks(colon + 1, end);
      if (keys.has(key) || colon >= end || this.text[colon] !== ':' || (content === colon + 1 && !isQuoted)) throw notPlain;
      // Without a value on the line, or with a comment in place of it.
      if (/[,}#\]]/.test(this.text.charAt(content)) || content >= end) throw notPlain;
      keys.add(key);
      const value = this.value(content, true);
      properties.push({ key, keyRange: { start: at, end: keyEnd }, value });
      at = this.afterEntry(value.range.end, '}');
    }
    this.brackets--;
    return { type: 'object', range: { start, end: at + 1 }, properties };
  }

  private open(): void {
    if (this.depth + ++this.brackets > maxPlainDepth) throw notPlain;
  }

  /** Behind the comma, or at the bracket that closes. */
  private afterEntry(from: number, closing: string): number {
    const at = this.nextInBrackets(from);
    if (this.text[at] === closing) return at;
    if (this.text[at] !== ',') throw notPlain;
    const next = this.nextInBrackets(at + 1);
    if (this.text[next] === ',') throw notPlain;
    return next;
  }

  /** The next character that is no blank, in the lines below if need be. */
  private nextInBrackets(from: number): number {
    let at = this.skipBlanks(from, this.end);
    while (this.isEnd(at, this.end)) {
      const next = this.lines[++this.at];
      if (!next || !(next.indent > this.column || (next.indent === this.column && this.brackets === 1 && closesBracket(this.text, next)))) throw notPlain;
      this.end = next.end;
      at = next.start;
    }
    return at;
  }

  /** Where a key ends, if one starts here: before the colon and the blanks before that. Null where it is no key. */
  private keyEnd(start: number, end: number): number | null {
    const first = this.text[start];
    if (first === '"' || first === "'") {
      const quoteEnd = this.quoteEnd(start, end);
      const colon = this.skipBlanks(quoteEnd, end);
      return colon < end && this.text[colon] === ':' && (colon + 1 >= end || this.text[colon + 1] === ' ') ? quoteEnd : null;
    }
    if (first === '[' || first === '{') return null;
    const colon = this.plainStop(start, end, false);
    if (colon >= end || this.text[colon] !== ':') return null;
    return this.trimmedEnd(start, colon);
  }

  private keyText(start: number, end: number): string {
    const first = this.text[start];
    if (first === '"' || first === "'") return this.unquoted(start, end);
    const key = this.text.slice(start, end);
    if (end === start || startsWithIndicator.test(key) || key === '<<') throw notPlain;
    return key;
  }

  private plain(start: number, end: number): TreeNode {
    const source = this.text.slice(start, end);
    if (source === '' || startsWithIndicator.test(source)) throw notPlain;
    const range = { start, end };
    // A letter that starts no word below starts a text.
    if (/^[^-+.\dtTfFnN~]/.test(source)) return { type: 'string', range, value: source };
    if (/^(?:~|null|Null|NULL)$/.test(source)) return { type: 'null', range };
    if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(source)) return { type: 'boolean', range, value: /^t/i.test(source), source };
    if (/^[-+]?\d+(?:\.\d*)?$/.test(source)) return { type: 'number', range, value: Number(source), source };
    // Exponents, other bases, infinity.
    if (/^(?:[-+]?[.\d][\d.]*e[-+]?\d|0[ox]|[-+]?\.(?:\d|inf)|\.nan)/i.test(source)) throw notPlain;
    return { type: 'string', range, value: source };
  }

  private plainEnd(start: number, end: number, inBrackets: boolean): number {
    const stop = this.plainStop(start, end, inBrackets);
    // In a block, a colon in a value is a mapping that must not start here.
    if (!inBrackets && this.text[stop] === ':' && stop < end) throw notPlain;
    return this.trimmedEnd(start, stop);
  }

  /** Where a plain text stops: at a colon with a blank behind, at a comment, in brackets at one of their signs, or with the line. */
  private plainStop(start: number, end: number, inBrackets: boolean): number {
    const { text } = this;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x3a /* : */) {
        if (at + 1 >= end || text[at + 1] === ' ') return at;
        if (inBrackets && /[,[\]{}]/.test(text.charAt(at + 1))) throw notPlain;
      } else if (code === 0x23 /* # */) {
        if (at > start && text[at - 1] === ' ') return at;
      } else if (inBrackets && (code === 0x2c || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d)) {
        return at;
      }
    }
    return end;
  }

  private quoteEnd(start: number, end: number): number {
    const { text } = this;
    const quote = text.charCodeAt(start);
    for (let at = start + 1; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x5c && quote === 0x22) at++;
      else if (code === quote) {
        if (quote === 0x22 || text.charCodeAt(at + 1) !== quote || at + 1 >= end) return at + 1;
        at++;
      }
    }
    throw notPlain;
  }

  private unquoted(start: number, end: number): string {
    const inner = this.text.slice(start + 1, end - 1);
    if (this.text[start] === "'") return inner.replaceAll("''", "'");
    if (!inner.includes('\\')) return inner;
    return inner.replace(/\\(?:u([\da-f]{4})|(.))/giu, (_, hex: string | undefined, escaped: string | undefined) => {
      const character = hex === undefined ? escapes[escaped ?? ''] : String.fromCharCode(parseInt(hex, 16));
      if (character === undefined) throw notPlain;
      return character;
    });
  }

  private isItem(start: number, end: number): boolean {
    return this.text[start] === '-' && (start + 1 >= end || this.text[start + 1] === ' ');
  }

  /** The end of the line, or a comment up to it. */
  private isEnd(at: number, end: number): boolean {
    return at >= end || (this.text[at] === '#' && this.text[at - 1] === ' ');
  }

  private skipBlanks(from: number, end: number): number {
    let at = from;
    while (at < end && this.text.charCodeAt(at) === 0x20) at++;
    return at;
  }

  private trimmedEnd(start: number, end: number): number {
    let at = end;
    while (at > start && this.text.charCodeAt(at - 1) === 0x20) at--;
    return at;
  }
}

/** Those that JSON has, too; the library knows the others. */
const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Whether a line starts with a bracket that closes: it may stand as far left as the key whose value it ends. */
export function closesBracket(text: string, { start }: Line): boolean {
  return text[start] === ']' || text[start] === '}';
}

/** The lines that hold more than blanks and a comment. */
export function contentLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (let lineStart = 0; lineStart < text.length; ) {
    const lineBreak = text.indexOf('\n', lineStart);
    const next = lineBreak < 0 ? text.length : lineBreak + 1;
    let end = lineBreak < 0 ? text.length : lineBreak;
    if (text.charCodeAt(end - 1) === 0x0d) end--;
    let start = lineStart;
    while (start < end && text.charCodeAt(start) === 0x20) start++;
    if (start < end && text.charCodeAt(start) !== 0x23) lines.push({ start, end, indent: text.charCodeAt(start) === 0x09 ? Infinity : start - lineStart });
    lineStart = next;
  }
  return lines;
}

function endOf(node: TreeNode | undefined): number {
  if (!node) throw notPlain;
  return node.range.end;
}

function emptyNode(offset: number): NullNode {
  return { type: 'null', range: { start: offset, end: offset } };
}
