import type { Range } from '../problem';
import { isOnlyDefinitions } from './linkDefinitions';

/** A leaf of Markdown's tree of blocks. Ranges are whole lines from the first sign of the block on, with the marks of quotes within. */
interface MarkdownBlock {
  /** `text`: a paragraph or heading. Within `html` nothing is Markdown. */
  readonly kind: 'text' | 'code' | 'html';
  readonly range: Range;
}

interface Container {
  /** For an item of a list: how far right of its parent's text its own stands, in columns; null for a quote. */
  readonly width: number | null;
  /** An item whose first line has no text, and which ends where the second one has none either. */
  isEmpty: boolean;
}

/** Quotes and lists within each other that are read; what stands deeper is text. */
const maxNesting = 100;

interface Leaf {
  readonly kind: MarkdownBlock['kind'] | 'fence';
  readonly start: number;
  end: number;
  /** What ends a fence or HTML; null for what a blank line ends. */
  readonly closing: RegExp | null;
}

const blockElements =
  'address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul';
const attribute = '[ \\t]+[a-z_:][\\w:.-]*(?:[ \\t]*=[ \\t]*(?:[^\\s"\'=<>`]+|\'[^\'\\r\\n]*\'|"[^"\\r\\n]*"))?';
/** Of a line. */
const end = '(?![^\\r\\n])';

/** What starts HTML and what ends it, https://spec.commonmark.org/0.31.2/#html-blocks; the last one does not interrupt a paragraph. */
const htmlStarts: readonly (readonly [start: RegExp, end: RegExp | null])[] = [
  [new RegExp(`<(?:script|pre|style|textarea)(?:[ \\t>]|${end})`, 'iy'), /<\/(?:script|pre|style|textarea)>/i],
  [/<!--/y, /-->/],
  [/<\?/y, /\?>/],
  [/<![a-z]/iy, />/],
  [/<!\[CDATA\[/y, /\]\]>/],
  [new RegExp(`</?(?:${blockElements})(?:[ \\t]|/?>|${end})`, 'iy'), null],
  [new RegExp(`<(?:[a-z][a-z0-9-]*(?:${attribute})*[ \\t]*/?|/[a-z][a-z0-9-]*[ \\t]*)>[ \\t]*${end}`, 'iy'), null],
];
const fenceStart = /(`{3,})[^`\r\n]*(?![^\r\n])|(~{3,})/y;
const heading = /#{1,6}(?:[ \t]|(?![^\r\n]))/y;
const underline = new RegExp(`(?:=+|-+)[ \\t]*${end}`, 'y');
const thematicBreak = new RegExp(`(?:(?:\\*[ \\t]*){3,}|(?:_[ \\t]*){3,}|(?:-[ \\t]*){3,})${end}`, 'y');
const itemMark = new RegExp(`(?:[-*+]|(\\d{1,9})[.)])(?=([ \\t]*${end})|[ \\t])`, 'y');

/**
 * The leaves of a text by the first phase of CommonMark (https://spec.commonmark.org/0.31.2/#phase-1-block-structure), in their order.
 * @param from where the Markdown starts
 * @param isMarker whether a line that would start HTML is one of ours, and Markdown stands beside it
 */
export function markdownBlocks(text: string, from: number, isMarker: (line: string) => boolean): readonly MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  const containers: Container[] = [];
  let leaf: Leaf | null = null;

  const close = (): void => {
    if (leaf) blocks.push({ kind: leaf.kind === 'fence' ? 'code' : leaf.kind, range: { start: leaf.start, end: leaf.end } });
    leaf = null;
  };
  const open = (kind: Leaf['kind'], line: Line, closing: RegExp | null = null): void => {
    close();
    leaf = { kind, start: line.at, end: line.end, closing };
  };

  const read = (line: Line): void => {
    let matched = 0;
    for (const container of containers) {
      if (container.width === null ? !line.takeQuote() : !line.takeItem(container.width, container.isEmpty)) break;
      matched++;
    }
    const isInside = matched === containers.length;
    const kept = isInside ? leaf : null;
    if (kept?.kind === 'fence' || (kept?.kind === 'html' && kept.closing)) {
      kept.end = line.end;
      if (kept.kind === 'fence' ? line.indent < 4 && kept.closing?.test(line.rest) : kept.closing?.test(line.rest)) close();
      return;
    }
    if (kept?.kind === 'html' && !line.isBlank) {
      kept.end = line.end;
      return;
    }
    if (kept?.kind === 'code' && (line.isBlank || line.indent >= 4)) {
      if (!line.isBlank) kept.end = line.end;
      return;
    }

    let paragraph = leaf?.kind === 'text' ? leaf : null;
    /** Something new starts in the innermost container that goes on. */
    const leave = (): void => {
      close();
      containers.length = matched;
      const inner = containers.at(-1);
      if (inner && !line.isBlank) inner.isEmpty = false;
      paragraph = null;
    };
    let isStarted = false;
    while (!line.isBlank && containers.length < maxNesting) {
      if (line.indent >= 4) {
        if (paragraph) break;
        leave();
        return open('code', line);
      }
      const { sign } = line;
      if (!/[>`~<#=\-*_+\d]/.test(sign)) break;
      const interrupts = paragraph !== null && isInside && !isStarted;
      if (sign === '>') {
        leave();
        line.takeQuote();
        containers.push({ width: null, isEmpty: false });
      } else {
        const fence = line.match(fenceStart);
        if (fence) {
          leave();
          const mark = fence[1] ?? fence[2] ?? '';
          return open('fence', line, new RegExp(`^[ \\t]*${mark.charAt(0)}{${mark.length},}[ \\t]*$`));
        }
        if (sign === '<' && isMarker(line.rest)) {
          leave();
          open('text', line);
          return close();
        }
        const html = sign === '<' ? htmlStarts.find(([start], index) => (index < htmlStarts.length - 1 || !paragraph) && line.match(start)) : undefined;
        if (html) {
          leave();
          open('html', line, html[1]);
          if (html[1]?.test(line.rest)) close();
          return;
        }
        if (line.match(heading)) {
          leave();
          open('text', line);
          return close();
        }
        if (paragraph && interrupts && line.match(underline) && !isOnlyDefinitions(text, paragraph)) return close();
        if (line.match(thematicBreak)) return leave();
        const item = line.match(itemMark);
        if (!item || (interrupts && (item[2] !== undefined || !/^0*1$/.test(item[1] ?? '1')))) break;
        leave();
        containers.push(line.takeMarker(item[0].length));
      }
      matched = containers.length;
      isStarted = true;
    }

    if (paragraph && !line.isBlank && !isStarted) {
      // Also where the marks of its containers are left out.
      paragraph.end = line.end;
      return;
    }
    leave();
    if (!line.isBlank) open('text', line);
  };

  const lines = /\r\n|\n|\r|$/g;
  let start = from;
  lines.lastIndex = start;
  for (let match = lines.exec(text); match; match = lines.exec(text)) {
    read(new Line(text, start, match.index));
    if (match[0] === '') break;
    start = lines.lastIndex;
  }
  close();
  return blocks;
}

const tabStop = 4;

/** A line as it is read from the left, container by container. */
class Line {
  #at: number;
  #column = 0;
  /** Columns of a tab that were taken already. */
  #taken = 0;

  constructor(
    private readonly text: string,
    start: number,
    readonly end: number,
  ) {
    this.#at = start;
  }

  get at(): number {
    return this.#at;
  }

  get rest(): string {
    return this.text.slice(this.#at, this.end);
  }

  /** Columns of blanks before the next sign. */
  get indent(): number {
    return this.#blanks().columns;
  }

  get isBlank(): boolean {
    return this.#blanks().at === this.end;
  }

  /** The first one behind the blanks. */
  get sign(): string {
    return this.text.charAt(this.#blanks().at);
  }

  /** Looks for a sticky pattern behind the blanks. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#blanks().at;
    return pattern.exec(this.text);
  }

  takeQuote(): boolean {
    if (this.isBlank || this.indent >= 4 || this.sign !== '>') return false;
    this.#skip();
    this.#move(1);
    if (this.indent > 0) this.#take(1);
    return true;
  }

  takeItem(width: number, isEmpty: boolean): boolean {
    if (this.isBlank) return !isEmpty;
    if (this.indent < width) return false;
    this.#take(width);
    return true;
  }

  /** The mark of an item; what belongs to it stands as far right as its text. */
  takeMarker(length: number): Container {
    const before = this.indent;
    this.#skip();
    this.#move(length);
    const { isBlank: isEmpty, indent } = this;
    const after = isEmpty || indent > tabStop ? 1 : indent;
    if (!isEmpty) this.#take(after);
    return { width: before + length + after, isEmpty };
  }

  #blanks(): { readonly at: number; readonly columns: number } {
    let at = this.#at;
    let column = this.#column + this.#taken;
    for (; at < this.end; at++) {
      const character = this.text.charCodeAt(at);
      if (character === 0x20) column++;
      else if (character === 0x09) column += tabStop - (column % tabStop);
      else break;
    }
    return { at, columns: column - this.#column - this.#taken };
  }

  #skip(): void {
    const { at, columns } = this.#blanks();
    this.#column += this.#taken + columns;
    this.#taken = 0;
    this.#at = at;
  }

  #move(length: number): void {
    this.#at += length;
    this.#column += length;
  }

  /** Takes columns of blanks, maybe a part of a tab. */
  #take(columns: number): void {
    for (let left = columns; left > 0 && this.#at < this.end; left--) {
      const column = this.#column + this.#taken;
      const isTab = this.text.charAt(this.#at) === '\t';
      if (isTab && (column + 1) % tabStop !== 0) {
        this.#taken++;
        continue;
      }
      this.#at++;
      this.#column = column + 1;
      this.#taken = 0;
    }
  }
}
