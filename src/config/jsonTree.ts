import { visibleRange } from './place';
import type { Property, Tree, TreeNode } from './tree';

/** A text is not what it should be at an offset. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** Deeper nesting is refused, so that a hostile file cannot exhaust the stack. */
const maxDepth = 100;

/** Reads JSON into the same tree as YAML and TOML. The first error makes the text unreadable as a whole. */
export function readJsonTree(text: string): Tree {
  try {
    return { root: parseJson(text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text), problems: [], isGuess: false };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const message = `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`;
    return { root: null, problems: [{ code: 'syntax', severity: 'error', message, range: visibleRange(text, error.offset, error.offset + 1) }], isGuess: true };
  }
}

/** Parses strict JSON (RFC 8259), keeping positions, which JSON.parse does not. Throws JsonError. */
export function parseJson(text: string): TreeNode {
  let at = 0;
  const root = readValue(0);
  skipBlanks();
  if (at < text.length) throw new JsonError(`unexpected ${found()} after the end of the value`, at);
  return root;

  function readValue(depth: number): TreeNode {
    skipBlanks();
    const start = at;
    if (depth > maxDepth) throw new JsonError(`nested deeper than ${maxDepth} levels`, at);
    if (text[at] === '{') return readObject(start, depth);
    if (text[at] === '[') return readArray(start, depth);
    if (text[at] === '"') return { type: 'string', value: readString(), range: { start, end: at } };
    const word = take(/true|false|null/y);
    if (word === 'null') return { type: 'null', range: { start, end: at } };
    if (word !== null) return { type: 'boolean', value: word === 'true', source: word, range: { start, end: at } };
    const number = take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number === null) throw new JsonError(`a value is missing before ${found()}`, at);
    return { type: 'number', value: Number(number), source: number, range: { start, end: at } };
  }

  function readObject(start: number, depth: number): TreeNode {
    const properties: Property[] = [];
    at += 1;
    skipBlanks();
    while (text[at] !== '}') {
      if (properties.length > 0) expect(',', ', or }');
      skipBlanks();
      const keyStart = at;
      if (text[at] !== '"') throw new JsonError(`a key in double quotes is missing before ${found()}`, at);
      const key = readString();
      const keyRange = { start: keyStart, end: at };
      skipBlanks();
      expect(':', ':');
      properties.push({ key, keyRange, value: readValue(depth + 1) });
      skipBlanks();
    }
    at += 1;
    return { type: 'object', properties, range: { start, end: at } };
  }

  function readArray(start: number, depth: number): TreeNode {
    const items: TreeNode[] = [];
    at += 1;
    skipBlanks();
    while (text[at] !== ']') {
      if (items.length > 0) expect(',', ', or ]');
      items.push(readValue(depth + 1));
      skipBlanks();
    }
    at += 1;
    return { type: 'array', items, range: { start, end: at } };
  }

  function readString(): string {
    const start = at;
    const literal = take(/"[^"\\\0-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\0-\x1f]*)*"/y);
    if (literal === null) throw new JsonError('a text that does not end, or holds a line break, a tab or a wrong \\ escape', start);
    return JSON.parse(literal) as string;
  }

  function take(pattern: RegExp): string | null {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) return null;
    at += match[0].length;
    return match[0];
  }

  function expect(character: string, described: string): void {
    if (text[at] !== character) throw new JsonError(`${described} is missing before ${found()}`, at);
    at += 1;
  }

  function skipBlanks(): void {
    take(/[ \t\n\r]*/y);
  }

  function found(): string {
    return at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at) as number)) : 'the end of the file';
  }
}

/** What a value is, in a message. */
export const jsonKinds: Readonly<Record<TreeNode['type'], string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

/** Line and column of an offset, both from 1. */
export function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split(/\r\n|\r|\n/);
  return `${line.length}:${(line.at(-1)?.length ?? 0) + 1}`;
}
