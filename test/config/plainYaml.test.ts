import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readPlainYaml } from '../../src/config/plainYaml';
import { readAnyYaml } from '../../src/config/yamlTree';
import { editsOf, typedPieces, yamlPieces } from './edits';

const usual = `# what most people write
path: public/badges
style: flat  # a comment
facts: [
  license_name,   # why
  "x \\"y\\" \\u00e9", 'it''s'
]
static_badges:
  - [a, 1.0.0,
     yellow]
  - { label: chat, "message": join us,

      link: "https://example.org/#a" }

  - label: 🚀 x
    color:
    message: ~
  - {
      label: x,
      color: [ {
        a: b }, c ]
    }
badges:
  coverage: { color: { 0: red,
      60.5: yellow } }
list:
- 1
- -2.5
-
- [
  2
  ]
- a: [b,
    d ]
  c: true
publish:
  prune: false
  project:
    - name: n
      image_url: https://example.org/%{b}?c=d#e
  # end
`;

describe('the quick reading of plain YAML', () => {
  for (const [name, text] of [
    ['what most people write', usual],
    ['the same with CRLF', usual.replaceAll('\n', '\r\n')],
    ['lists in lists', '- - a\n  - b: c\n    d: e\n-\n  - f\n'],
    ['a value behind many blanks, without a line break at the end', 'a:   b  '],
  ] as const) {
    it(`reads ${name} as the library does`, () => {
      const root = readPlainYaml(text);
      assert.ok(root);
      const tree = readAnyYaml(text);
      assert.deepEqual(tree.problems, []);
      assert.deepEqual(root, tree.root);
    });
  }

  for (const [name, text] of [
    ['tabs', 'a:\tb\n'],
    ['anchors', 'a: &x b\n'],
    ['tags', 'a: !!str b\n'],
    ['aliases', 'a: *x\n'],
    ['texts in blocks', 'a: |\n  b\n'],
    ['texts over several lines', 'a: b\n  c\n'],
    ['brackets that go on at the column of their key', 'a: [b,\nc]\n'],
    ['brackets that end left of their key', 'a:\n  b: [c\n]\n'],
    ['two brackets that end at the column of their key', 'a: [[b\n]]\n'],
    ['a text over several lines in brackets', 'a: [b\n  c]\n'],
    ['a key over several lines in brackets', 'a: {b:\n  c}\n'],
    ['brackets that are not closed', 'a: [b,\n'],
    ['half of a character', 'a: \ud83d\n'],
    ['merge keys', 'a:\n  <<: b\n'],
    ['several documents', 'a: b\n---\nc: d\n'],
    ['keys given twice', 'a: b\na: c\n'],
    ['keys given twice in brackets', '{a: b, a: c}\n'],
    ['a colon in a value', 'a: b: c\n'],
    ['a wrong indentation', 'a:\n    b: c\n  d: e\n'],
    ['a quote that is not closed', 'a: "b\n'],
    ['a key without a colon', 'a: b\nc\n'],
    ['numbers of other bases', 'a: 0x1F\n'],
    ['a byte order mark', '\uFEFFa: b\n'],
    ['a byte order mark behind an empty line', '\n\uFEFFa: b\n'],
    ['nothing', '# nothing\n'],
    ['deep nesting', `a: ${'['.repeat(60)}${']'.repeat(60)}\n`],
  ] as const) {
    it(`leaves ${name} to the library`, () => assert.equal(readPlainYaml(text), null));
  }

  it('says what the library says, or nothing, whatever is typed', () => {
    let read = 0;
    fc.assert(
      fc.property(editsOf(usual, [...typedPieces, ...yamlPieces]), (text) => {
        const root = readPlainYaml(text);
        if (!root) return;
        read++;
        const tree = readAnyYaml(text);
        assert.deepEqual(tree.problems, []);
        assert.deepEqual(root, tree.root);
      }),
      { numRuns: 1500 },
    );
    assert.ok(read > 100, `only ${read} texts were plain`);
  });
});
