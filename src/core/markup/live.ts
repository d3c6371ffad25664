import type { Range } from '../problem';
import type { MarkupFormat } from './format';

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

/** Each with the kind as its first group, to be looked for in a live text. */
export const markerPatterns: Readonly<Record<MarkupFormat, RegExp>> = {
  markdown: htmlMarker,
  html: htmlMarker,
  textile: htmlMarker,
  asciidoc: /^\/\/[ \t]*badges:(start|end)[ \t]*$/gm,
  restructuredtext: /^\.\.[ \t]+badges:(start|end)[ \t]*$/gm,
  org: /^[ \t]*#[ \t]+badges:(start|end)[ \t]*$/gm,
  rdoc: /\{\}\[rdoc-label:badges:(start|end)\]/g,
};

/**
 * The text with everything blanked that is shown as it is written (code) or not at all (comments), so that offsets stay. Markers of
 * blocks stay, too. Reads a text once, whatever stands in it.
 */
export function liveText(text: string, format: MarkupFormat): string {
  const blanks = new Blanks(text);
  switch (format) {
    case 'markdown':
      markdownBlanks(text, blanks);
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
  return blanks.apply();
}

/** Stretches of a text that are blanked in the end, line breaks aside. */
class Blanks {
  readonly #ranges: Range[] = [];

  constructor(private readonly text: string) {}

  add(start: number, end: number): void {
    if (end > start) this.#ranges.push({ start, end });
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

/** Fences, also in quotes and lists, comments, and code within a paragraph. */
function markdownBlanks(text: string, blanks: Blanks): void {
  const opening = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:(`{3,})[^`\r\n]*|(~{3,}).*)$|<!--/gm;
  const outside: Range[] = [];
  let from = 0;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const fence = match[1] ?? match[2];
    let end: number;
    if (fence === undefined) {
      const close = text.indexOf('-->', match.index + 4);
      end = close < 0 ? text.length : close + 3;
      if (isMarker(text.slice(match.index, Math.min(end, match.index + 60)), 'markdown')) continue;
    } else {
      const closing = new RegExp(`^[ \\t>]*${fence.charAt(0)}{${fence.length},}[ \\t]*$`, 'gm');
      closing.lastIndex = opening.lastIndex;
      end = closing.exec(text) ? closing.lastIndex : text.length;
    }
    outside.push({ start: from, end: match.index });
    blanks.add(match.index, end);
    from = opening.lastIndex = end;
  }
  outside.push({ start: from, end: text.length });
  for (const range of outside) codeSpans(text, range, blanks);
}

/** A run of backticks is closed by the next run of its length in the same paragraph. */
function codeSpans(text: string, { start, end }: Range, blanks: Blanks): void {
  const token = /\\`|(`+)|(?:\r\n|\n|\r)[ \t]*(?=\r\n|\n|\r)/g;
  let runs: { readonly at: number; readonly length: number }[] = [];
  const close = (): void => {
    const next: number[] = [];
    const last = new Map<number, number>();
    for (let index = runs.length - 1; index >= 0; index--) {
      const { length } = runs[index] ?? { length: 0 };
      next[index] = last.get(length) ?? -1;
      last.set(length, index);
    }
    for (let index = 0; index < runs.length; index++) {
      const closing = runs[next[index] ?? -1];
      const opened = runs[index];
      if (!closing || !opened) continue;
      blanks.add(opened.at, closing.at + closing.length);
      index = next[index] ?? index;
    }
    runs = [];
  };
  token.lastIndex = start;
  for (let match = token.exec(text); match && match.index < end; match = token.exec(text)) {
    if (match[1] !== undefined) runs.push({ at: match.index, length: match[1].length });
    else if (match[0] !== '\\`') close();
  }
  close();
}

/** Comments of HTML, and elements whose text is code. */
function tagBlanks(text: string, blanks: Blanks): void {
  const opening = /<!--|<(pre|code|script|style|textarea|xmp|notextile)\b/gi;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const name = match[1];
    const closing = name === undefined ? /-->/g : new RegExp(`</${name}\\s*>`, 'gi');
    closing.lastIndex = opening.lastIndex;
    const end = closing.exec(text) ? closing.lastIndex : text.length;
    if (name !== undefined || !isMarker(text.slice(match.index, Math.min(end, match.index + 60)), 'html')) blanks.add(match.index, end);
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
