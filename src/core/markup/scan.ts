import { lineBreakOf } from '../lineBreak';
import type { Range } from '../problem';
import type { MarkupFormat } from './format';
import { liveText, type LiveText } from './live';
import { linkDefinitions, type TextPart } from './linkDefinitions';

/** An image as it stands in a document. Texts are decoded, ranges are offsets of what is written. */
export interface FoundImage {
  /** With the link around it. */
  readonly range: Range;
  readonly alt: string;
  /** Where the alternative text is to be written, and what has to stand around it. */
  readonly altPlace: { readonly range: Range; readonly before: string; readonly after: string };
  readonly url: string;
  readonly urlRange: Range;
  readonly link: { readonly url: string; readonly range: Range } | null;
  /** A tag of HTML, which stands among the markup of other formats, too. */
  readonly isTag: boolean;
}

/** Longest address, text or tag that is looked at, so that a text costs what its length does. */
const maxPart = 4096;

/** All images of a document in their order, without those in code and comments. `live` is its `liveText`. */
export function findImages(text: string, format: MarkupFormat, { text: live, paragraphs }: LiveText = liveText(text, format)): readonly FoundImage[] {
  switch (format) {
    case 'markdown':
      return inOrder(markdownImages(text, live, paragraphs), tagImages(text, live));
    case 'html':
      return tagImages(text, live);
    case 'asciidoc':
      return asciidocImages(text, live);
    case 'restructuredtext':
      return restructuredImages(text, live);
    case 'org':
      return orgImages(text, live);
    case 'textile':
      return inOrder(textileImages(text, live), tagImages(text, live));
    case 'rdoc':
      return inOrder(rdocImages(text, live), tagImages(text, live));
  }
}

/** A tag in the text of an image is but its text. */
function inOrder(images: readonly FoundImage[], tags: readonly FoundImage[]): readonly FoundImage[] {
  let end = 0;
  return [...images, ...tags]
    .sort((a, b) => a.range.start - b.range.start)
    .filter(({ range, isTag }) => {
      if (isTag && range.start < end) return false;
      end = range.end;
      return true;
    });
}

/** By https://spec.commonmark.org/0.31.2/#phase-2-inline-structure: what is closed first is a link or an image first. */
function markdownImages(text: string, live: string, paragraphs: readonly Range[]): readonly FoundImage[] {
  const definitions = markdownDefinitions(live, paragraphs);
  const found: FoundImage[] = [];
  const token = /\\[^\r\n]|!?\[|\]/g;
  for (const { start, end } of paragraphs) {
    const part = live.slice(start, end);
    let open: number[] = [];
    token.lastIndex = 0;
    for (let match = token.exec(part); match; match = token.exec(part)) {
      const at = start + match.index;
      if (match[0] === '[' || match[0] === '![') open.push(at);
      if (match[0] !== ']') continue;
      const opened = open.pop();
      if (opened === undefined) continue;
      const isImage = live.charAt(opened) === '!';
      const label = { start: opened + (isImage ? 2 : 1), end: at };
      const target = markdownTarget(text, at + 1, label, definitions);
      if (!target || target.end > end) continue;
      token.lastIndex = target.end - start;
      if (isImage) {
        // An image in the text of another one is but its text.
        while ((found.at(-1)?.range.start ?? -1) > opened) found.pop();
        const range = { start: opened, end: target.end };
        found.push({ range, alt: markdownText(text.slice(label.start, label.end)), altPlace: { range: label, before: '', after: '' }, url: markdownText(target.url.text), urlRange: target.url.range, link: null, isTag: false });
      } else {
        // No link stands in another one.
        open = open.filter((each) => live.charAt(each) === '!');
        const image = found.at(-1);
        if (image?.range.start === label.start && image.range.end === label.end) {
          found.splice(-1, 1, { ...image, range: { start: opened, end: target.end }, link: { url: markdownText(target.url.text), range: target.url.range } });
        }
      }
    }
  }
  return found;
}

const destination = /[ \t\r\n]*(?:<((?:\\.|[^<>\r\n\\])*)>|((?:\\[^\s]|[^\s()<\\]|\((?:\\[^\s]|[^\s()\\])*\))(?:\\[^\s]|[^\s()\\]|\((?:\\[^\s]|[^\s()\\])*\))*))(?:[ \t\r\n]+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^)\\])*\)))?[ \t\r\n]*\)/y;

/** The target of a link or image whose brackets close before `at`; `label` is what stands in them. */
function markdownTarget(text: string, at: number, label: Range, definitions: ReadonlyMap<string, TextPart>): { readonly url: TextPart; readonly end: number } | null {
  if (text.charAt(at) === '(') {
    const window = text.slice(at + 1, at + 1 + maxPart);
    destination.lastIndex = 0;
    const match = destination.exec(window);
    if (match) {
      const written = match[1] ?? match[2] ?? '';
      const start = at + 1 + window.search(/[^ \t\r\n]/) + (match[1] === undefined ? 0 : 1);
      return { url: { text: written, range: { start, end: start + written.length } }, end: at + 1 + match[0].length };
    }
  }
  if (definitions.size === 0) return null;
  const reference = /^\[((?:\\.|[^[\]\\]){0,999})\]/.exec(text.slice(at, at + 1001));
  const url = definitions.get(labelOf(reference?.[1] || text.slice(label.start, Math.min(label.end, label.start + 1000))));
  return url ? { url, end: at + (reference?.[0].length ?? 0) } : null;
}

/** By their labels; the first of a label counts. */
function markdownDefinitions(live: string, paragraphs: readonly Range[]): ReadonlyMap<string, TextPart> {
  const definitions = new Map<string, TextPart>();
  for (const paragraph of paragraphs) {
    for (const { label: written, url } of linkDefinitions(live, paragraph)) {
      const label = labelOf(written);
      if (label !== '' && !definitions.has(label)) definitions.set(label, url);
    }
  }
  return definitions;
}

function labelOf(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase();
}

function markdownText(text: string): string {
  return references(text.replace(/\\([!-/:-@[-`{-~])|&(#?\w{1,32};)/g, (whole, escaped: string | undefined) => (escaped === undefined ? whole : `&#${escaped.charCodeAt(0)};`)));
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** With character references replaced; of the named ones, those that anybody writes. */
function references(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,10}));/gi, (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    return code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code);
  });
}

function tagImages(text: string, live: string): readonly FoundImage[] {
  const found: FoundImage[] = [];
  for (const match of live.matchAll(/<img(?=[\s/])((?:"[^"]{0,4096}"|'[^']{0,4096}'|[^'"<>]){0,4096})>/gi)) {
    const start = match.index + 4;
    const attributes = attributesOf(text.slice(start, start + (match[1] ?? '').length), start);
    const source = attributes.get('src');
    if (!source) continue;
    const alt = attributes.get('alt');
    const around = live.slice(Math.max(0, match.index - maxPart), match.index);
    const anchor = /<a(?=\s)((?:"[^"]*"|'[^']*'|[^'">])*)>\s*$/i.exec(around);
    const end = match.index + match[0].length;
    let range = { start: match.index, end };
    let link: FoundImage['link'] = null;
    const label = /\{\s*$/.exec(around);
    const target = label && /^\s*\}\[([^\]\s]{1,4096})\]/.exec(live.slice(end, end + maxPart));
    if (anchor) {
      const from = match.index - around.length + anchor.index + 2;
      const href = attributesOf(text.slice(from, from + (anchor[1] ?? '').length), from).get('href');
      const close = /^\s*<\/a\s*>/i.exec(live.slice(end, end + 200));
      if (href) link = { url: references(href.text), range: href.range };
      range = { start: match.index - anchor[0].length, end: end + (close?.[0].length ?? 0) };
    } else if (target) {
      const at = end + target[0].length - 1;
      link = { url: references(target[1] ?? ''), range: { start: at - (target[1] ?? '').length, end: at } };
      range = { start: match.index - label[0].length, end: at + 1 };
    }
    found.push({
      range,
      alt: references(alt?.text ?? ''),
      altPlace: alt ? { range: alt.range, before: alt.isQuoted ? '' : '"', after: alt.isQuoted ? '' : '"' } : { range: { start, end: start }, before: ' alt="', after: '"' },
      url: references(source.text),
      urlRange: source.range,
      link,
      isTag: true,
    });
  }
  return found;
}

function attributesOf(text: string, offset: number): ReadonlyMap<string, TextPart & { readonly isQuoted: boolean }> {
  const attributes = new Map<string, TextPart & { readonly isQuoted: boolean }>();
  for (const match of text.matchAll(/([a-z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi)) {
    const quoted = match[2] ?? match[3];
    const value = quoted ?? match[4];
    if (value === undefined) continue;
    const end = offset + match.index + match[0].length - (quoted === undefined ? 0 : 1);
    const name = (match[1] ?? '').toLowerCase();
    if (!attributes.has(name)) attributes.set(name, { text: value, range: { start: end - value.length, end }, isQuoted: quoted !== undefined });
  }
  return attributes;
}

function asciidocImages(text: string, live: string): readonly FoundImage[] {
  return [...live.matchAll(/(?<![\w\\])image::?(?![:\s])([^\s[\]]{1,4096})\[((?:"(?:\\.|[^"\\]){0,4096}"|\\\]|[^[\]"]|"){0,4096}?)\]/g)].map((match) => {
    const start = match.index + match[0].indexOf(match[1] ?? '', 6);
    const urlRange = { start, end: start + (match[1] ?? '').length };
    const from = urlRange.end + 1;
    const list = text.slice(from, from + (match[2] ?? '').length);
    const alt = /^\s*(?:alt\s*=\s*)?(?:"((?:\\.|[^"\\])*)"|((?![\w-]+\s*=)[^",=]*))/.exec(list);
    const value = alt?.[1] ?? alt?.[2] ?? '';
    const at = from + (alt ? alt[0].length - value.length - (alt[1] === undefined ? 0 : 1) : 0);
    const link = /(?:^|,)\s*link\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^",\s]*))/.exec(list);
    const href = link?.[1] ?? link?.[2] ?? '';
    const linkEnd = from + (link ? link.index + link[0].length - (link[1] === undefined ? 0 : 1) : 0);
    const needsComma = value === '' && alt?.[1] === undefined && /^\s*[\w-]+\s*=/.test(list);
    return {
      range: { start: match.index, end: match.index + match[0].length },
      alt: references(value.replace(/\\(["\]])/g, '$1')).trim(),
      altPlace: { range: { start: at, end: at + value.length }, before: alt?.[1] === undefined ? '"' : '', after: alt?.[1] === undefined ? `"${needsComma ? ',' : ''}` : '' },
      url: references(match[1] ?? ''),
      urlRange,
      link: link ? { url: references(href), range: { start: linkEnd - href.length, end: linkEnd } } : null,
      isTag: false,
    };
  });
}

function restructuredImages(text: string, live: string): readonly FoundImage[] {
  const found: FoundImage[] = [];
  for (const match of live.matchAll(/^([ \t]*)\.\.[ \t]+(?:\|[^|\r\n]+\|[ \t]+)?(?:image|figure)::[ \t]*(\S+)[^\r\n]*((?:(?:\r\n|\n|\r)\1[ \t]+:[\w-]+:[^\r\n]*)*)/gm)) {
    const head = match[0].length - (match[3] ?? '').length;
    const url = match[2] ?? '';
    const urlStart = match.index + match[0].indexOf('::') + 2 + (/^[ \t]*/.exec(match[0].slice(match[0].indexOf('::') + 2))?.[0].length ?? 0);
    const option = (name: string): TextPart | null => {
      const written = new RegExp(`([\\r\\n][ \\t]+:${name}:[ \\t]*)([^\\r\\n]*)`).exec(match[3] ?? '');
      if (!written) return null;
      const start = match.index + head + written.index + (written[1] ?? '').length;
      return { text: text.slice(start, start + (written[2] ?? '').length).trimEnd(), range: { start, end: start + (written[2] ?? '').trimEnd().length } };
    };
    const alt = option('alt');
    const target = option('target');
    const lineBreak = lineBreakOf(text);
    found.push({
      range: { start: match.index + (match[1] ?? '').length, end: match.index + match[0].length },
      alt: alt?.text ?? '',
      altPlace: alt
        ? { range: alt.range, before: alt.range.start > 0 && /:/.test(text.charAt(alt.range.start - 1)) ? ' ' : '', after: '' }
        : { range: { start: match.index + head, end: match.index + head }, before: `${lineBreak}${match[1] ?? ''}   :alt: `, after: '' },
      url,
      urlRange: { start: urlStart, end: urlStart + url.length },
      link: target && { url: target.text, range: target.range },
      isTag: false,
    });
  }
  return found;
}

const orgPicture = /\.(?:gif|jpe?g|png|svgz?|webp)\b|^https?:\/\/[^/]+\/.*\b(?:badge|shield)/i;

function orgImages(text: string, live: string): readonly FoundImage[] {
  return [...live.matchAll(/^([ \t]*#\+attr_html:(.*)(?:\r\n|\n|\r))?(.*\[\[.*)$/gim)].flatMap((line) => {
    const start = line.index + (line[1] ?? '').length;
    let attribute: TextPart | null = null;
    if (line[1] !== undefined) {
      const value = /(:alt[ \t]+)(.*?)(?=[ \t]+:\w|[ \t]*$)/i.exec(line[2] ?? '');
      const at = line.index + line[1].indexOf(':', line[1].toLowerCase().indexOf('attr_html')) + 1 + (value ? value.index + (value[1] ?? '').length : 0);
      if (value) attribute = { text: value[2] ?? '', range: { start: at, end: at + (value[2] ?? '').length } };
    }
    const lineBreak = lineBreakOf(text);
    return [...(line[3] ?? '').matchAll(/\[\[([^[\]]{1,4096})\](?:\[([^[\]]{1,4096})\])?\]/g)].flatMap((match, index): readonly FoundImage[] => {
      const target = match[1] ?? '';
      const description = match[2];
      const url = description ?? target;
      if (!orgPicture.test(url)) return [];
      const at = start + match.index;
      const targetRange = { start: at + 2, end: at + 2 + target.length };
      const own = index === 0 ? attribute : null;
      return [
        {
          range: { start: at, end: at + match[0].length },
          alt: own?.text ?? '',
          altPlace: own ? { range: own.range, before: '', after: '' } : { range: { start, end: start }, before: '#+ATTR_HTML: :alt ', after: lineBreak },
          url: url.replace(/^file:/, ''),
          urlRange: description === undefined ? targetRange : { start: targetRange.end + 2, end: targetRange.end + 2 + description.length },
          link: description === undefined ? null : { url: target, range: targetRange },
          isTag: false,
        },
      ];
    });
  });
}

function textileImages(text: string, live: string): readonly FoundImage[] {
  return [...live.matchAll(/(?<![\w!])!([<>=]?)([^\s!("]{1,4096}[./][^\s!("]{1,4096})(?:\(([^)\r\n]{0,4096})\))?!(?::([^\s<]{1,4096}))?/g)].map((match) => {
    const [, align = '', url = '', alt, link] = match;
    const start = match.index + 1 + align.length;
    const end = match.index + match[0].length;
    const urlEnd = start + url.length;
    return {
      range: { start: match.index, end },
      alt: text.slice(urlEnd + 1, urlEnd + 1 + (alt ?? '').length) && (alt ?? ''),
      altPlace: alt === undefined ? { range: { start: urlEnd, end: urlEnd }, before: '(', after: ')' } : { range: { start: urlEnd + 1, end: urlEnd + 1 + alt.length }, before: '', after: '' },
      url: references(url),
      urlRange: { start, end: urlEnd },
      link: link === undefined ? null : { url: references(link), range: { start: end - link.length, end } },
      isTag: false,
    };
  });
}

/** `{rdoc-image:URL:ALT}[LINK]`; the alternative text came with newer versions of RDoc. */
function rdocImages(text: string, live: string): readonly FoundImage[] {
  return [...live.matchAll(/\{rdoc-image:([^{}\s:]*(?::[/\d][^{}\s:]*)*)(?::([^{}\r\n]{0,4096}))?\}(?:\[([^\]\s]{1,4096})\])?/g)].map((match) => {
    const [, url = '', alt, link] = match;
    const start = match.index + '{rdoc-image:'.length;
    const urlEnd = start + url.length;
    const end = match.index + match[0].length;
    return {
      range: { start: match.index, end },
      alt: alt === undefined ? '' : text.slice(urlEnd + 1, urlEnd + 1 + alt.length),
      altPlace: alt === undefined ? { range: { start: urlEnd, end: urlEnd }, before: ':', after: '' } : { range: { start: urlEnd + 1, end: urlEnd + 1 + alt.length }, before: '', after: '' },
      url,
      urlRange: { start, end: urlEnd },
      link: link === undefined ? null : { url: link, range: { start: end - 1 - link.length, end: end - 1 } },
      isTag: false,
    };
  });
}
