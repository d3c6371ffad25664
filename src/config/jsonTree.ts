/** A JSON value with the place where it starts, an offset in UTF-16 units. */
export type JsonNode =
  | { readonly type: 'object'; readonly start: number; readonly members: readonly JsonMember[] }
  | { readonly type: 'array'; readonly start: number; readonly items: readonly JsonNode[] }
  | { readonly type: 'string'; readonly start: number; readonly value: string }
  | { readonly type: 'number'; readonly start: number; readonly value: number }
  | { readonly type: 'boolean'; readonly start: number; readonly value: boolean }
  | { readonly type: 'null'; readonly start: number };

export interface JsonMember {
  readonly key: string;
  /** Where the key starts. */
  readonly start: number;
  readonly value: JsonNode;
}

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

/** Parses strict JSON (RFC 8259), keeping positions, which JSON.parse does not. Throws JsonError. */
export function parseJsonTree(text: string): JsonNode {
  let at = 0;
  const root = readValue(0);
  skipBlanks();
  if (at < text.length) throw new JsonError(`unexpected ${found()} after the end of the value`, at);
  return root;

  function readValue(depth: number): JsonNode {
    skipBlanks();
    const start = at;
    if (depth > maxDepth) throw new JsonError(`nested deeper than ${maxDepth} levels`, at);
    if (text[at] === '{') return readObject(start, depth);
    if (text[at] === '[') return readArray(start, depth);
    if (text[at] === '"') return { type: 'string', start, value: readString() };
    for (const [word, node] of words) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return { ...node, start };
      }
    }
    const number = take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number === null) throw new JsonError(`a value is missing before ${found()}`, at);
    return { type: 'number', start, value: Number(number) };
  }

  function readObject(start: number, depth: number): JsonNode {
    const members: JsonMember[] = [];
    at += 1;
    skipBlanks();
    while (text[at] !== '}') {
      if (members.length > 0) expect(',', ', or }');
      skipBlanks();
      const keyStart = at;
      if (text[at] !== '"') throw new JsonError(`a key in double quotes is missing before ${found()}`, at);
      const key = readString();
      skipBlanks();
      expect(':', ':');
      members.push({ key, start: keyStart, value: readValue(depth + 1) });
      skipBlanks();
    }
    at += 1;
    return { type: 'object', start, members };
  }

  function readArray(start: number, depth: number): JsonNode {
    const items: JsonNode[] = [];
    at += 1;
    skipBlanks();
    while (text[at] !== ']') {
      if (items.length > 0) expect(',', ', or ]');
      items.push(readValue(depth + 1));
      skipBlanks();
    }
    at += 1;
    return { type: 'array', start, items };
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

const words = [
  ['true', { type: 'boolean', value: true }],
  ['false', { type: 'boolean', value: false }],
  ['null', { type: 'null' }],
] as const;

/** What a value is, in a message. */
export const jsonKinds: Readonly<Record<JsonNode['type'], string>> = {
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
