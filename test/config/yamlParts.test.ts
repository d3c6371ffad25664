import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readYamlParts } from '../../src/config/yamlParts';
import { nodeAtPath } from '../../src/config/tree';
import { readAnyYaml, readWithParts, readYamlTree } from '../../src/config/yamlTree';
import { editsOf, typedPieces, yamlPieces } from './edits';
import { marked, withMarks } from './marked';

/** Long enough to be read by parts, with what is not plain at several depths. */
const text = `# what people write
path: public/badges
style: flat
facts: [
  name,
  owner
]
usual: &usual { timeRangeInMonths: 6, min: 5 }
badges:
  - id: first
    description: >
      in a block
      - that: looks
        like: a list
    levels:
      - name: bronze
        checks:
          - type: COMMITS
            threshold: { min: 1 }
          - type: RELEASES
            threshold: *usual
      - name: silver
        checks:
        - { type: COMMITS, threshold: { min: 2 } }
        - type: RELEASES
  - id: second
    description: "over
      lines"
    levels:
      - name: bronze
        checks: [
          over
          lines, { type: RELEASES },
        ]
-odd: x
list:
- a
-
  b: c
  d: e
- - f
  - g: h
last:
  key: { a: b }
  other: it's
`;

const masked = (written: string) => readYamlParts(written);

describe('YAML that is read by parts', () => {
  it('leaves to the library what is not plain, and what leads there', () => {
    const parts = masked(text);
    assert.ok(parts);
    assert.equal(parts.text.length, text.length);
    const lines = parts.text.split('\n').map((line) => line.trimEnd());
    assert.deepEqual(lines.filter((line) => line !== '' && !line.startsWith('#')), [
      '0: 0',
      'usual: &usual { timeRangeInMonths: 6, min: 5 }',
      'badges:',
      '  - 0: 0',
      '    description: >',
      '      in a block',
      '      - that: looks',
      '        like: a list',
      '    levels:',
      '      - 0: 0',
      '        checks:',
      '          - 0',
      '          - 0: 0',
      '            threshold: *usual',
      '      - 0',
      '  - 0: 0',
      '    description: "over',
      '      lines"',
      '    levels:',
      '      - 0: 0',
      '        checks: [',
      '          over',
      '          lines, { type: RELEASES },',
      '        ]',
      '0: 0',
    ]);
  });

  for (const [name, start] of [
    ['a text in a block', '|\n'],
    ['a quote', '"'],
    ['a quote behind a key', 'a: "b\n'],
    ['a bracket', 'a: {\n'],
    ['a bracket of a list', '[\n'],
    ['a text over several lines', '---\na\n'],
  ] as const) {
    it(`does not read as entries what ${name} takes in`, () => {
      const typed = start + text;
      assert.deepEqual(readYamlTree(typed).isGuess, readAnyYaml(typed).isGuess);
    });
  }

  it('is left to the library where it is neither a mapping nor a list', () => {
    for (const typed of ['', '# nothing\n', 'a text\n', '"a: b\n  c: d"\n', '&x\na: b\n', '  a: b\nc: d\n']) assert.equal(masked(typed), null, typed);
  });

  describe('with one mistake has one problem, where it stands, and keeps all else', () => {
    const long = `${text}${'# and so on\n'}`;
    for (const [name, before, after] of [
      ['a quote that is not closed', 'id: first', 'id: "fir«s»'],
      ['a single quote that is not closed', 'type: RELEASES\n            threshold', "type: 'RE«L»\n            threshold"],
      ['a bracket that is not closed', 'threshold: { min: 1 }', 'threshold: { min:«1»'],
      ['a bracket that is not closed, above a list', 'type: COMMITS\n', 'type: [COMMIT«S»\n'],
      ['a key without a colon', '  - id: second\n', '  - id: second\n    «descr»\n'],
      ['a short key without a colon', '  - id: second\n', '  - id: second\n    «de»\n'],
      ['a key without a colon above its value', '    levels:\n      - name: bronze\n        checks:\n', '    «levels»\n      - name: bronze\n        checks:\n'],
      ['a colon without a blank', 'id: first', '«id:first»'],
      ['a colon in a value', 'id: first', 'id: «f»irst:second: x'],
      ['a tab', '        checks:\n          -', '«\t»checks:\n          -'],
      ['a wrong indentation', 'type: COMMITS\n            threshold', 'type: COMMITS\n             threshold'],
    ] as const) {
      it(name, () => {
        const { text: written, ranges } = marked(long.replace(before, () => after));
        const { root, problems, isGuess } = readYamlTree(written);
        assert.equal(isGuess, true);
        assert.deepEqual(problems.map(({ code }) => code), ['syntax'], problems.map(({ message }) => message).join(' '));
        if (ranges.length > 0) assert.equal(withMarks(written, problems), long.replace(before, () => after));
        assert.deepEqual(root?.type === 'object' && root.properties.map(({ key }) => key), ['path', 'style', 'facts', 'usual', 'badges', '-odd', 'list', 'last']);
        assert.deepEqual(root && nodeAtPath(root, ['badges', 1, 'levels', 0, 'name'])?.type, 'string');
      });
    }
  });

  it('says what the library says, or of what has mistakes that it has some, whatever is typed', () => {
    let read = 0;
    let faulty = 0;
    fc.assert(
      fc.property(editsOf(text, [...typedPieces, ...yamlPieces]), (typed) => {
        const parts = masked(typed);
        if (!parts) return;
        read++;
        const tree = readWithParts(typed, parts) ?? readAnyYaml(typed);
        const whole = readAnyYaml(typed);
        assert.equal(tree.isGuess, whole.isGuess);
        if (whole.isGuess) faulty++;
        else assert.deepEqual(tree, whole);
      }),
      { numRuns: 3000 },
    );
    assert.ok(read > 500 && faulty > 150 && read - faulty > 150, `${read} texts were read by parts, ${faulty} with mistakes`);
  });
});
