import fc from 'fast-check';

/** What a person types, and what trips parsers up. */
export const typedPieces = [
  ...[':', ': ', ' ', '  ', '\n', '\r\n', '- ', '-', '#', ' #', '"', "'", '[', ']', '{', '}', ',', '=', '.', '?', '\\', '&x', '*x', '!', '|', '>', '%', '@', '`', '~', '<<: '],
  ...['a', '1', 'é', '😀', 'true', 'null', '0x1', '1e3', '1.5', 'a: b', 'a = 1', '\n  ', '\n    ', '\n- ', '\n[a]\n', '"""', "'''", '\t', '---\n', '\uFEFF', '%{x}', '\u2028'],
];

/** What opens, closes and indents in YAML. */
export const yamlPieces = ['[\n    a,\n  ]', '{ a: b,\n     c: d }', '\n]', '\n}', '\n  ]', '\n    }', '[a', '{a: ', '"x', "'x", '\n- a: [', '- [', '\n  - {', '# x\n', '\n\n', '|\n', '>-\n', '\n  x', '0: 0', '- 0', 'key\n', '\t\t', '\ud83d'];

/** A stretch of the text, up to all of it, with up to four pieces put in, some in place of what stood there. */
export function editsOf(text: string, pieces: readonly string[]): fc.Arbitrary<string> {
  const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.oneof(fc.constant(0), fc.nat(12)), piece: fc.constantFrom(...pieces) });
  const stretch = fc.oneof(fc.constant([0, text.length] as const), fc.tuple(fc.nat(text.length), fc.nat(text.length)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const));
  return fc.tuple(stretch, fc.array(edit, { minLength: 0, maxLength: 4 })).map(([[start, end], edits]) =>
    edits.reduce((edited, { at, remove, piece }) => {
      const offset = Math.round(at * edited.length);
      return edited.slice(0, offset) + piece + edited.slice(offset + remove);
    }, text.slice(start, end)),
  );
}
