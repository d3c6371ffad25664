import { lineBreakOf } from '../lineBreak';
import type { Problem, Range } from '../problem';
import { changeImage, type MarkupEdit } from './change';
import type { MarkupFormat } from './format';
import { formatAt, liveText, markerPatterns, markers, type MarkerKind } from './live';
import { findImages, type FoundImage } from './scan';
import { standsAlone, writeImages, type ImageToWrite } from './write';

/** The part of a document that is kept up to date. */
interface Block {
  /** With both markers. */
  readonly range: Range;
  /** Between the markers. */
  readonly inner: Range;
}

export interface FoundBlock {
  /** Null where there is none, and where it cannot be told which part is meant: then there is a problem. */
  readonly block: Block | null;
  readonly problems: readonly Problem[];
}

/** The block of a document. Markers in code are none. There is one block at most, so that it is never a question which is meant. */
export function findBlock(text: string, format: MarkupFormat, live = liveText(text, format)): FoundBlock {
  const problems: Problem[] = [];
  const blocks: Block[] = [];
  let open: Range | null = null;
  const report = (code: string, message: string, range: Range) => problems.push({ code, severity: 'error', message, range });
  const unclosed = (range: Range) => report('block-without-end', `This block of badges has no end: write ${markers[format]('end')} below it, on a line of its own.`, range);
  for (const match of live.text.matchAll(markerPatterns[format])) {
    const range = { start: match.index, end: match.index + match[0].length };
    if ((match[1] as MarkerKind) === 'start') {
      if (open) unclosed(open);
      open = range;
    } else if (open) {
      blocks.push({ range: { start: open.start, end: range.end }, inner: { start: open.end, end: range.start } });
      open = null;
    } else {
      report('block-without-start', `Here ends a block of badges that starts nowhere: write ${markers[format]('start')} above it, or remove this line.`, range);
    }
  }
  if (open) unclosed(open);
  for (const { range } of blocks.slice(1)) report('second-block', 'A document has one block of badges: join this one with the first.', { start: range.start, end: range.start + markers[format]('start').length });
  return { block: problems.length === 0 ? (blocks[0] ?? null) : null, problems };
}

export interface BlockUpdate {
  readonly edits: readonly MarkupEdit[];
  /** Images in the block that are badges of this project. */
  readonly known: number;
}

/**
 * The edits that bring a block up to date: each badge of this project is written as it is wanted now, in its place; other images and
 * texts between them stay. A block without any image is filled with `all`. Nothing outside of the block is touched, and doing it
 * again changes nothing.
 * @param wantedFor what is wanted in the place of an image; null for one that is none of our business
 */
export function updateBlock(text: string, format: MarkupFormat, block: Block, wantedFor: (image: FoundImage) => Partial<ImageToWrite> | null, all: readonly ImageToWrite[], live = liveText(text, format)): BlockUpdate {
  const images = findImages(text, format, live).filter(({ range }) => range.start >= block.inner.start && range.end <= block.inner.end);
  if (images.length > 0) {
    const wanted = images.map((image) => ({ image, wanted: wantedFor(image) }));
    return { edits: wanted.flatMap(({ image, wanted: change }) => (change ? changeImage(image, change, format) : [])), known: wanted.filter(({ wanted: change }) => change).length };
  }
  const inner = text.slice(block.inner.start, block.inner.end);
  const own = formatAt(live, format, block.inner.start);
  // Images of Markdown that stand in HTML are shown as text, which is no reason to lose them.
  if (own !== format && inner.includes('![')) return { edits: [], known: 0 };
  // What follows a comment at the start of a line of Markdown belongs to it.
  const isAlone = format === 'markdown' && text.slice(lineStart(text, block.range.start), block.range.start).trim() === '';
  const filled = innerText(all, own, lineBreakOf(text), isAlone || /[\r\n]/.test(inner) || needsLines(own));
  return { edits: filled === inner || filled.trim() === '' ? [] : [{ range: block.inner, text: filled }], known: 0 };
}

/** A block with images, on lines of its own. */
export function blockOf(images: readonly ImageToWrite[], format: MarkupFormat, lineBreak: string): string {
  return `${markers[format]('start')}${innerText(images, format, lineBreak, true)}${markers[format]('end')}`;
}

/** Where a document without a block gets one: below its title, else at its start. What is to stand there, with the lines around it. */
export function insertBlock(text: string, format: MarkupFormat, images: readonly ImageToWrite[], live = liveText(text, format)): MarkupEdit {
  const lineBreak = lineBreakOf(text);
  const at = belowTitle(live.text, format) ?? (text.startsWith('\uFEFF') ? 1 : 0);
  const isLineStart = at === 0 || /[\r\n\uFEFF]/.test(text.charAt(at - 1));
  const above = at <= 1 && text.slice(0, at).replace('\uFEFF', '') === '' ? '' : isLineStart ? lineBreak : lineBreak + lineBreak;
  const rest = text.slice(at);
  const below = rest === '' ? lineBreak : /^(?:\r\n|\r|\n)/.test(rest) ? lineBreak : lineBreak + lineBreak;
  return { range: { start: at, end: at }, text: `${above}${blockOf(images, format, lineBreak)}${below}` };
}

/**
 * Images at the cursor, or in the place of a selection. Where the format needs lines of their own for them, they stand as far right as the
 * line does, and blank lines part them from the text around, which would else be read as a part of the last one. Within HTML they are tags.
 */
export function insertImages(text: string, format: MarkupFormat, range: Range, images: readonly ImageToWrite[], live = liveText(text, format)): MarkupEdit {
  const lineBreak = lineBreakOf(text);
  const written = writeImages(images, formatAt(live, format, range.start));
  if (!standsAlone(format) || written === '') return { range, text: written.replace(/\n/g, lineBreak) };
  const start = lineStart(text, range.start);
  const line = text.slice(start, range.start);
  const endAbove = start - (text.slice(0, start).endsWith('\r\n') ? 2 : 1);
  const lineAbove = endAbove < 0 ? '' : text.slice(lineStart(text, endAbove), endAbove);
  const [, rest = '', lineBelow = ''] = /^([^\r\n]*)(?:(?:\r\n|\r|\n)([^\r\n]*))?/.exec(text.slice(range.end)) ?? [];
  const [indentation = ''] = /^[ \t]*/.exec(line) ?? [];
  const above = line.trim() !== '' ? 2 : lineAbove.trim() !== '' ? 1 : 0;
  const below = rest.trim() !== '' ? 2 : lineBelow.trim() !== '' ? 1 : 0;
  const lines = written.split('\n').map((each, index) => (each === '' || (index === 0 && above === 0) ? each : indentation + each));
  return {
    range: { start: range.start - (above === 2 ? line.length - line.trimEnd().length : 0), end: range.end + (below === 2 ? rest.length - rest.trimStart().length : 0) },
    text: `${lineBreak.repeat(above)}${lines.join(lineBreak)}${lineBreak.repeat(below)}${below === 2 ? indentation : ''}`,
  };
}

/** Behind a byte order mark, too. */
function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !/[\r\n\uFEFF]/.test(text.charAt(at - 1))) at--;
  return at;
}

function innerText(images: readonly ImageToWrite[], format: MarkupFormat, lineBreak: string, onLines: boolean): string {
  const written = writeImages(images, format, onLines ? 'lines' : 'row').replace(/\n/g, lineBreak);
  if (!onLines) return written === '' ? '' : ` ${written} `;
  // Where a comment and a paragraph are told apart by a blank line.
  const around = format === 'restructuredtext' || format === 'textile' ? lineBreak + lineBreak : lineBreak;
  return written === '' ? lineBreak : `${around}${written}${around}`;
}

function needsLines(format: MarkupFormat): boolean {
  return !['markdown', 'html', 'rdoc'].includes(format);
}

/** The start of the line below the title and what belongs to it. */
function belowTitle(live: string, format: MarkupFormat): number | null {
  const pattern = titles[format].exec(live);
  return pattern ? pattern.index + pattern[0].length : null;
}

const eol = '(?:\\r\\n|\\r|\\n|$)';
const line = '[^\\r\\n]*';
/** A title with its line break, looked for from the start: the first heading, behind front matter and blank lines. */
const titles: Readonly<Record<MarkupFormat, RegExp>> = {
  markdown: new RegExp(`^\\uFEFF?(?:---[ \\t]*${eol}(?:(?!---[ \\t]*(?:\\r|\\n|$))${line}${eol})*?---[ \\t]*${eol})?(?:[ \\t]*(?:\\r\\n|\\r|\\n))*(?: {0,3}#[ \\t]${line}${eol}| {0,3}[^\\s#>*+<\`-]${line}(?:\\r\\n|\\r|\\n)=+[ \\t]*${eol})`),
  html: /<h1\b[^>]*>[^]*?<\/h1\s*>[ \t]*(?:\r\n|\r|\n|$)?/i,
  // What follows the title up to a blank line are the author and attributes of the document.
  asciidoc: new RegExp(`^\\uFEFF?(?:[ \\t]*(?:\\r\\n|\\r|\\n))*=[ \\t]${line}${eol}(?:[^\\r\\n]+${eol})*`),
  restructuredtext: new RegExp(`^\\uFEFF?(?:[ \\t]*(?:\\r\\n|\\r|\\n))*(?:([=\\-~^"*#])\\1+[ \\t]*(?:\\r\\n|\\r|\\n))?[^\\s.]${line}(?:\\r\\n|\\r|\\n)([=\\-~^"*#])\\2+[ \\t]*${eol}`),
  org: new RegExp(`^\\uFEFF?(?:[ \\t]*(?:\\r\\n|\\r|\\n))*(?:#\\+\\w+:${line}${eol}|\\*[ \\t]${line}${eol})+`),
  textile: new RegExp(`^\\uFEFF?(?:[ \\t]*(?:\\r\\n|\\r|\\n))*h1\\. ${line}${eol}`),
  rdoc: new RegExp(`^\\uFEFF?(?:[ \\t]*(?:\\r\\n|\\r|\\n))*=[ \\t]${line}${eol}`),
};
