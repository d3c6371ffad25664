import { lineEnd, lineStart } from '../textInsertion';
import { statementAt, tomlStatements } from '../tomlStatements';
import type { Range } from '../../core/problem';
import { nodeAtPath, type ArrayNode, type TreeNode } from '../tree';
import { pyprojectTable } from './configFile';
import type { ConfigDocument, Path } from './document';
import type { CursorPlace } from './place';

/** What may be written at the cursor: found by the statement it stands in, which need not be correct. */
export function tomlPlaces(document: ConfigDocument, offset: number): readonly CursorPlace[] {
  const { text } = document;
  const statements = tomlStatements(text);
  const start = lineStart(text, offset);
  const last = statementAt(statements, offset);
  const rest = last ? text.slice(last.end, offset) : '';
  // In the line of a statement, and not in the comment behind it.
  const current = last && (offset <= last.end || /^[^\n#]*$/.test(rest)) ? last : undefined;
  if (!current && /#/.test(text.slice(start, offset))) return [];
  const headers = statements.filter(({ kind, start: from }) => kind === 'header' && from <= offset);
  const own = current?.kind === 'header' ? current : undefined;
  if (own) return headerPlace(text, own, offset);
  const header = headers.at(-1);
  const table = header ? tablePath(document, text.slice(header.start, header.end), header.start) : ours(document, []);

  if (!current) {
    if (!table) return [];
    const empty = { start: offset, end: offset };
    const isAboveKeys = statements.find(({ start: from }) => from > offset)?.kind === 'pair';
    return [{ kind: 'key', parent: table, given: keysAt(document.root, table), isNew: true, style: 'table', typed: empty, replace: empty, column: offset - start, ...(isAboveKeys && { isAboveKeys }) }];
  }
  // Keys of a table above ours, such as `badges_gitlab.style` below `[tool]`, may lead into it.
  const below = (keys: readonly string[]): Path | null => (table ? [...table, ...keys] : ours(document, [...(header ? namesIn(text.slice(header.start, header.end)) : []), ...keys]));
  const equals = equalsOf(text, current);
  if (equals === null || offset <= equals) {
    const written = keysIn(text, current.start, equals ?? lineEnd(text, current.start));
    const at = written.findIndex((key) => offset <= key.end);
    const key = written[at];
    // Between a key and its “=”.
    if (!key && written.length > 0 && !/\.\s*$/.test(text.slice(current.start, offset))) return [];
    const dotted = written.slice(0, at < 0 ? written.length : at).map(({ name }) => name);
    const parent = below(dotted);
    if (!parent) return [];
    const replace = key ? { start: key.start, end: key.end } : { start: offset, end: offset };
    const given = new Set([...keysAt(document.root, parent)].filter((name) => name !== key?.name));
    return [{ kind: 'key', parent, given, isNew: equals === null, style: 'table', typed: { start: replace.start, end: offset }, replace, column: current.start - lineStart(text, current.start) }];
  }
  const keys = keysIn(text, current.start, equals).map(({ name }) => name);
  const path = below(keys);
  return path ? valuePlace(text, path, equals + 1, offset) : [];
}

/** A path of keys from the root of the file as one from the root of our part, with the places in lists where there are any. */
function ours(document: ConfigDocument, full: readonly string[], before = Infinity): Path | null {
  const prefix = document.kind === 'pyproject' ? pyprojectTable : [];
  if (!prefix.every((key, index) => full[index] === key)) return null;
  const path: (string | number)[] = [];
  let node: TreeNode | undefined = document.root ?? undefined;
  for (const key of full.slice(prefix.length)) {
    if (node?.type === 'array') {
      const index: number = indexBefore(node, before);
      path.push(index);
      node = node.items[index];
    }
    path.push(key);
    node = node?.type === 'object' ? nodeAtPath(node, [key]) : undefined;
  }
  return path;
}

/** The table of a list that an offset belongs to: the last one that starts before it. */
function indexBefore(list: ArrayNode, offset: number): number {
  return Math.max(0, list.items.filter(({ range }) => range.start <= offset).length - 1);
}

function tablePath(document: ConfigDocument, header: string, start: number): Path | null {
  const path = ours(document, namesIn(header), start);
  if (!path || !header.startsWith('[[')) return path;
  const list = document.root && nodeAtPath(document.root, path);
  return [...path, list?.type === 'array' ? indexBefore(list, start) : 0];
}

function namesIn(header: string): readonly string[] {
  return keysIn(header, 0, header.length).map(({ name }) => name);
}

function keysAt(root: TreeNode | null, path: Path): ReadonlySet<string> {
  const node = root ? nodeAtPath(root, path) : undefined;
  return new Set(node?.type === 'object' ? node.properties.map(({ key }) => key) : []);
}

interface WrittenKey extends Range {
  readonly name: string;
}

/** The keys between two offsets, which may be dotted and quoted. */
function keysIn(text: string, start: number, end: number): readonly WrittenKey[] {
  return [...text.slice(start, end).matchAll(/([\w-]+)|"((?:[^"\\]|\\.)*)"?|'([^']*)'?/g)].map((match) => {
    const at = start + match.index;
    return { name: match[1] ?? match[2] ?? match[3] ?? '', start: at, end: at + match[0].length };
  });
}

/** The first `=` that is not in quotes. */
function equalsOf(text: string, { start, end }: Range): number | null {
  const found = /^(?:[^="'\n]|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')*=/.exec(text.slice(start, end));
  return found ? start + found[0].length - 1 : null;
}

function headerPlace(text: string, { start, end }: Range, offset: number): readonly CursorPlace[] {
  const isArray = text.startsWith('[[', start);
  const nameStart = start + (isArray ? 2 : 1);
  const closing = text.slice(nameStart, end).search(/\]/);
  const nameEnd = closing < 0 ? end : nameStart + closing;
  if (offset < nameStart || offset > Math.max(nameEnd, nameStart)) return [];
  return [{ kind: 'header', isArray, style: 'table', typed: { start: nameStart, end: offset }, replace: { start: nameStart, end: nameEnd }, column: 0 }];
}

interface Frame {
  readonly kind: 'list' | 'table';
  index: number;
  /** Of a table: the key whose value comes next. */
  key: string | null;
  readonly given: Set<string>;
}

/** Walks through a value up to the cursor; brackets and quotes may be open. */
function valuePlace(text: string, path: Path, from: number, offset: number): readonly CursorPlace[] {
  const frames: Frame[] = [];
  let lastWord = '';
  /** A value ends here, and no comma has come since. */
  let isBehindValue = false;
  let at = from;
  const place = (start: number, quote: '"' | "'" | null, end: number): readonly CursorPlace[] => {
    const frame = frames.at(-1);
    const steps = frames.map(({ kind, index, key }) => (kind === 'list' ? index : key)).filter((step) => step !== null);
    const isLine = frames.length === 0;
    const common = { style: isLine ? 'table' : 'inline', typed: { start, end: offset }, replace: { start, end }, column: 0 } as const;
    if (frame?.kind === 'table' && frame.key === null) {
      const isNew = !/^\s*=/.test(text.slice(end));
      for (const match of text.slice(end).split(/[}\n]/, 1)[0]?.matchAll(/([\w-]+)\s*=/g) ?? []) if (isNew || match.index > 1) frame.given.add(match[1] ?? '');
      return [{ kind: 'key', parent: [...path, ...steps], given: frame.given, isNew, ...common }];
    }
    const before = text.slice(start + (quote === null ? 0 : 1), offset);
    const needsComma = frame?.kind === 'list' && start === end && /^(?:\s|#[^\n]*)*[^\s#,\]]/.test(text.slice(end));
    return [{ kind: 'value', path: [...path, ...steps], quote, before, isInLine: true, needsBlank: isLine && start === from, needsComma, ...common }];
  };
  while (at < offset) {
    const character = text.charAt(at);
    const frame = frames.at(-1);
    if (!/[\s#]/.test(character)) isBehindValue = !/[[{,=]/.test(character);
    if (/\s/.test(character)) at++;
    else if (character === '#') {
      const end = lineEnd(text, at);
      if (offset <= end) return [];
      at = end;
    } else if (character === '[' || character === '{') {
      frames.push({ kind: character === '[' ? 'list' : 'table', index: 0, key: null, given: new Set() });
      at++;
    } else if (character === ']' || character === '}') {
      frames.pop();
      at++;
    } else if (character === ',') {
      if (frame) {
        frame.index++;
        frame.key = null;
      }
      at++;
    } else if (character === '=') {
      if (frame) {
        frame.key = lastWord;
        frame.given.add(lastWord);
      }
      at++;
    } else if (character === '"' || character === "'") {
      const end = quotedEnd(text, at, character);
      const isOpen = end === null;
      const stop = end ?? lineEnd(text, at);
      if (offset < stop || (isOpen && offset <= stop)) return place(at, character, stop);
      lastWord = text.slice(at + 1, stop - 1);
      at = stop;
    } else {
      const end = at + (/^[^\s,[\]{}="'#]+/.exec(text.slice(at))?.[0].length ?? 1);
      if (offset <= end) return place(at, null, end);
      lastWord = text.slice(at, end);
      at = end;
    }
  }
  // Nothing more fits behind a value, nor before one that stands there already.
  const rest = text.slice(offset);
  if (isBehindValue || /^[ \t]*(?:["'\w+-]|#)/.test(rest) || /^[ \t]*[[{]/.test(rest)) return [];
  return place(offset, null, offset);
}

function quotedEnd(text: string, start: number, quote: '"' | "'"): number | null {
  const end = lineEnd(text, start);
  for (let at = start + 1; at < end; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) return at + 1;
  }
  return null;
}
