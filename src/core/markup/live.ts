import type { Range } from '../problem';
import type { MarkupFormat } from './format';
import { markdownBlocks } from './markdownBlocks';

export type MarkerKind = 'start' | 'end';

/** What marks a block of badges: a comment of the format, or where there is none something that is not seen on the page. */
export const markers: Readonly<Record<MarkupFormat, (kind: MarkerKind) => string>> = {
  markdown: inHtml,
  html: inHtml,
  // RedCloth, which GitLab renders Textile with, shows a comment of Textile's own (`###.`) as text.
  textile: inHtml,
  asciidoc: (kind) => `// badges:${kind}`,
  restructuredtext: (kind) => `.. badges:${kind}`,
  org: (kind) => `# badges:${kind}`,
  // RDoc has no comments; a label without a text is a target for links that nobody sees.
  rdoc: (kind) => `{}[rdoc-label:badges:${kind}]`,
};

function inHtml(kind: MarkerKind): string {
  return `<!-- badges:${kind} -->`;
}

const htmlMarker = /<!--[ \t]*badges:(start|end)[ \t]*-->/g;

/** Each with the kind as its first group, to be looked for in a live text. A line may start behind a byte order mark. */
export const markerPatterns: Readonly<Record<MarkupFormat, RegExp>> = {
  markdown: htmlMarker,
  html: htmlMarker,
  textile: htmlMarker,
  asciidoc: /(?<=^\uFEFF?)\/\/[ \t]*badges:(start|end)[ \t]*$/gm,
  restructuredtext: /(?<=^\uFEFF?)\.\.[ \t]+badges:(start|end)[ \t]*$/gm,
  org: /(?<=^\uFEFF?)[ \t]*#[ \t]+badges:(start|end)[ \t]*$/gm,
  rdoc: /\{\}\[rdoc-label:badges:(start|end)\]/g,
};

/** What of a document is markup. */
export interface LiveText {
  readonly text: string;
  /** Of Markdown: paragraphs and headings, in which alone its images stand. */
  readonly paragraphs: readonly Range[];
  /** Of Markdown: HTML, in which nothing else is read. */
  readonly html: readonly Range[];
}

/** The format of what is written at an offset. */
export function formatAt({ html }: LiveText, format: MarkupFormat, offset: number): MarkupFormat {
  return html.some(({ start, end }) => start < offset && offset <= end) ? 'html' : format;
}

/**
 * The text with everything blanked that is shown as it is written (code) or not at all (comments), so that offsets stay. Markers of
 * blocks stay, too. Reads a text once, whatever stands in it.
 */
export function liveText(text: string, format: MarkupFormat): LiveText {
  const blanks = new Blanks(text);
  let parts: Omit<LiveText, 'text'> = { paragraphs: [], html: [] };
  switch (format) {
    case 'markdown':
      parts = markdownBlanks(text, blanks);
      break;
    case 'html':
      tagBlanks(text, blanks);
      break;
    case 'textile':
      lineBlocks(text, blanks, { opens: /^(?:bc|pre|notextile)(?:\([^)\r\n]*\))?\.(\.?) /, closes: ([, isLong]) => (isLong ? /^(?:p|bc|bq|pre|h[1-6]|notextile)(?:\([^)\r\n]*\))?\.\.? / : /^[ \t]*$/) });
      tagBlanks(text, blanks);
      break;
    case 'asciidoc':
      asciidocBlanks(text, blanks);
      break;
    case 'restructuredtext':
      restructuredBlanks(text, blanks);
      break;
    case 'org':
      lineBlocks(text, blanks, { opens: /^[ \t]*#\+begin_(src|example|export|comment|verse)\b/i, closes: ([, name = '']) => new RegExp(`^[ \\t]*#\\+end_${name}\\b`, 'i') });
      blanks.each(/^[ \t]*(?::|#)[ \t].*$/gm, (line) => !isMarker(line, 'org'));
      break;
    case 'rdoc':
      // Indented lines are shown as they are, but in lists, where nobody puts badges.
      blanks.each(/^[ \t]+\S.*$/gm);
      break;
  }
  return { text: blanks.apply(), ...parts };
}

/** Stretches of a text that are blanked in the end, line breaks aside. */
class Blanks {
  readonly #ranges: Range[] = [];

  constructor(private readonly text: string) {}

  add(start: number, end: number): void {
    if (end > start) this.#ranges.push({ start, end });
  }

  /** So that Markdown sees no link there. */
  brackets({ start, end }: Range): void {
    for (const { index } of this.text.slice(start, end).matchAll(/[[\]]/g)) this.add(start + index, start + index + 1);
  }

  each(pattern: RegExp, isWanted: (match: string) => boolean = () => true): void {
    for (const match of this.text.matchAll(pattern)) if (isWanted(match[0])) this.add(match.index, match.index + match[0].length);
  }

  apply(): string {
    const parts: string[] = [];
    let end = 0;
    for (const range of this.#ranges.sort((a, b) => a.start - b.start)) {
      const start = Math.max(range.start, end);
      if (range.end <= start) continue;
      parts.push(this.text.slice(end, start), blanked(this.text.slice(start, range.end)));
      end = range.end;
    }
    return parts.length === 0 ? this.text : parts.join('') + this.text.slice(end);
  }
}

function blanked(text: string): string {
  return /[\r\n]/.test(text) ? text.replace(/[^\r\n]+/g, (line) => ' '.repeat(line.length)) : ' '.repeat(text.length);
}

function isMarker(text: string, format: MarkupFormat): boolean {
  return text.search(markerPatterns[format]) >= 0;
}

/** Whether a comment, or a line that starts with one, is a marker. */
function isHtmlMarker(text: string): boolean {
  return /^[ \t]*<!--[ \t]*badges:(?:start|end)[ \t]*-->/.test(text);
}

/** Between its marks there is YAML, TOML or JSON, as GitLab and VS Code take it. */
const frontMatter = /^\uFEFF?(---|\+\+\+|;;;)[^\S\r\n]*(\r\n|\n|\r)(?:[^]*?(?:\r\n|\n|\r))??\1[^\S\r\n]*(?=[\r\n]|$)/;

function markdownBlanks(text: string, blanks: Blanks): Omit<LiveText, 'text'> {
  const front = frontMatter.exec(text);
  const from = front?.[0].length ?? (text.startsWith('\uFEFF') ? 1 : 0);
  if (front) blanks.add(front[0].indexOf(front[2] ?? ''), from - 3);
  const paragraphs: Range[] = [];
  const html: Range[] = [];
  const inline = new InlineBlanks(text, blanks);
  for (const { kind, range } of markdownBlocks(text, from, isHtmlMarker)) {
    if (kind === 'code') blanks.add(range.start, range.end);
    else if (kind === 'html') {
      html.push(withNextLine(text, range));
      tagBlanks(text, blanks, range);
      blanks.brackets(range);
    } else {
      paragraphs.push(range);
      inline.read(range);
    }
  }
  return { paragraphs, html };
}

/** What is written on the blank line below belongs to it, but where the block has an end of its own. */
function withNextLine(text: string, { start, end }: Range): Range {
  const isClosed = /^[ \t]*<(?:[!?]|(?:script|pre|style|textarea)\b)/i.test(text.slice(start, start + 20));
  const [below = ''] = (isClosed ? null : /^(?:\r\n|\n|\r)[ \t]*/.exec(text.slice(end))) ?? [];
  return { start, end: end + below.length };
}

/** Longest tag within a paragraph that is looked at. */
const maxTag = 4096;
const space = '[ \\t\\r\\n]';
/** https://spec.commonmark.org/0.31.2/#raw-html but for comments, and https://spec.commonmark.org/0.31.2/#autolinks */
const inlineTag = new RegExp(
  `^<(?:[a-z][a-z0-9-]*(?:${space}+[a-z_:][\\w:.-]*(?:${space}*=${space}*(?:[^\\s"'=<>\`]+|'[^']*'|"[^"]*"))?)*${space}*/?|/[a-z][a-z0-9-]*${space}*|\\?[^]*?\\?|![a-z][^>]*|!\\[CDATA\\[[^]*?\\]\\]|[a-z][a-z0-9+.-]{1,31}:[^\\s<>]*|[\\w.!#$%&'*+/=?^\`{|}~-]+@[\\w.-]+)>`,
  'i',
);

/** Code, comments and tags within paragraphs. */
class InlineBlanks {
  /** The end of the comment that was looked for last. */
  #commentEnd = -1;

  constructor(
    private readonly text: string,
    private readonly blanks: Blanks,
  ) {}

  read(range: Range): void {
    const part = this.text.slice(range.start, range.end);
    const token = /\\[`<\\]|`+|</g;
    let closings: ReadonlyMap<number, number[]> | undefined;
    for (let match = token.exec(part); match; match = token.exec(part)) {
      if (match[0] === '<') token.lastIndex = this.#tagEnd(range.start + match.index, range.end) - range.start;
      else if (match[0].startsWith('`')) {
        // A run of backticks is closed by the next run of its length.
        closings ??= backtickRuns(part);
        const runs = closings.get(match[0].length) ?? [];
        while ((runs.at(-1) ?? Infinity) <= match.index) runs.pop();
        const close = runs.at(-1);
        if (close === undefined) continue;
        token.lastIndex = close + match[0].length;
        this.blanks.add(range.start + match.index, range.start + token.lastIndex);
      }
    }
  }

  /** Where a comment or tag ends that starts at an offset; the offset behind that where it is none. */
  #tagEnd(at: number, end: number): number {
    if (this.text.startsWith('<!--', at)) {
      const close = this.#closeOfComment(at + 2);
      if (close > end) return at + 1;
      if (!isHtmlMarker(this.text.slice(at, close))) this.blanks.add(at, close);
      return close;
    }
    const tag = inlineTag.exec(this.text.slice(at, Math.min(end, at + maxTag)));
    if (!tag) return at + 1;
    this.blanks.brackets({ start: at, end: at + tag[0].length });
    return at + tag[0].length;
  }

  #closeOfComment(from: number): number {
    if (this.#commentEnd < from + '-->'.length) {
      const found = this.text.indexOf('-->', from);
      this.#commentEnd = found < 0 ? Infinity : found + '-->'.length;
    }
    return this.#commentEnd;
  }
}

/** Where runs of backticks start, by their length, the last one first. */
function backtickRuns(text: string): ReadonlyMap<number, number[]> {
  const runs = new Map<number, number[]>();
  for (const match of text.matchAll(/`+/g)) {
    const same = runs.get(match[0].length);
    if (same) same.push(match.index);
    else runs.set(match[0].length, [match.index]);
  }
  for (const same of runs.values()) same.reverse();
  return runs;
}

/** Comments of HTML, and elements whose text is code. */
function tagBlanks(text: string, blanks: Blanks, range: Range = { start: 0, end: text.length }): void {
  const opening = /<!--|<(pre|code|script|style|textarea|xmp|notextile)\b/gi;
  const part = text.slice(0, range.end);
  opening.lastIndex = range.start;
  for (let match = opening.exec(part); match; match = opening.exec(part)) {
    const name = match[1];
    const closing = name === undefined ? /-->/g : new RegExp(`</${name}\\s*>`, 'gi');
    closing.lastIndex = opening.lastIndex;
    const end = closing.exec(part) ? closing.lastIndex : part.length;
    if (name !== undefined || !isHtmlMarker(text.slice(match.index, end))) blanks.add(match.index, end);
    opening.lastIndex = end;
  }
}

function asciidocBlanks(text: string, blanks: Blanks): void {
  lineBlocks(text, blanks, { opens: /^(-{4,}|\.{4,}|\/{4,}|\+{4,}|`{3,}|~{3,})[ \t]*\w*[ \t]*$/, closes: ([, fence = '']) => new RegExp(`^${fence.replace(/[.+/]/g, '\\$&')}[ \\t]*$`) });
  blanks.each(/^\/\/(?!\/).*$/gm, (line) => !isMarker(line, 'asciidoc'));
}

/** Blocks from a line to a line. */
function lineBlocks(text: string, blanks: Blanks, { opens, closes }: { readonly opens: RegExp; readonly closes: (opened: RegExpExecArray) => RegExp }): void {
  let open: { readonly start: number; readonly closes: RegExp } | null = null;
  forEachLine(text, (line, start) => {
    if (open) {
      if (!open.closes.test(line)) return;
      blanks.add(open.start, start);
      open = null;
    } else {
      const opened = opens.exec(line);
      if (opened) open = { start: start + line.length, closes: closes(opened) };
    }
  });
  if (open) blanks.add((open as { readonly start: number }).start, text.length);
}

/** Literal blocks and comments are what is indented below the line that opens them. */
function restructuredBlanks(text: string, blanks: Blanks): void {
  let open: { readonly indent: number; readonly start: number } | null = null;
  forEachLine(text, (line, start) => {
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    if (indent === line.length) return;
    if (open && indent > open.indent) {
      blanks.add(start, start + line.length);
      return;
    }
    open = null;
    const explicit = /^[ \t]*\.\.(?:[ \t]+(.*))?$/.exec(line);
    const isDirective = explicit && /^(?:\|[^|]*\| *)?[\w:.+-]+::/.test(explicit[1] ?? '');
    if (explicit && !isDirective && !/^(?:_|\[|__ )/.test(explicit[1] ?? '')) {
      if (isMarker(line, 'restructuredtext')) return;
      blanks.add(start, start + line.length);
      open = { indent, start };
    } else if (explicit ? /^(?:code|code-block|sourcecode|parsed-literal|literalinclude|raw|highlight|math)::/.test(explicit[1] ?? '') : /::[ \t]*$/.test(line)) {
      open = { indent, start };
    }
  });
  blanks.each(/``[^`\r\n]+``/g);
}

function forEachLine(text: string, visit: (line: string, start: number) => void): void {
  const lineBreak = /\r\n|\n|\r|$/g;
  let start = 0;
  for (let match = lineBreak.exec(text); match; match = lineBreak.exec(text)) {
    visit(text.slice(start, match.index), start);
    if (match[0] === '') return;
    start = lineBreak.lastIndex;
  }
}
