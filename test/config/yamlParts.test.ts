import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readYamlParts } from '../../src/config/yamlParts';
import { readAnyYaml } from '../../src/config/yamlTree';
import { editsOf, typedPieces } from './edits';

/** Long enough to be read by parts, with what is not plain at several depths. */
const text = `# what people write
path: public/badges
style: flat
facts: [name, owner]
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
          { type: COMMITS },
          { type: RELEASES } ]
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
      '          { type: COMMITS },',
      '          { type: RELEASES } ]',
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
      assert.deepEqual(readAnyYaml(typed, masked(typed)).isGuess, readAnyYaml(typed).isGuess);
    });
  }

  it('is left to the library where it is short, or all of it is rare', () => {
    assert.equal(masked('a: b\nc: d\n'), null);
    assert.equal(masked('a: *x\n'.repeat(40)), null);
  });

  it('says what the library says, or of what has mistakes that it has some, whatever is typed', () => {
    let read = 0;
    let faulty = 0;
    fc.assert(
      fc.property(editsOf(text, typedPieces), (typed) => {
        const parts = masked(typed);
        if (!parts) return;
        read++;
        const tree = readAnyYaml(typed, parts);
        const whole = readAnyYaml(typed);
        assert.equal(tree.isGuess, whole.isGuess);
        if (whole.isGuess) faulty++;
        else assert.deepEqual(tree, whole);
      }),
      { numRuns: 2000 },
    );
    assert.ok(read > 1000 && faulty > 200 && read - faulty > 200, `${read} texts were read by parts, ${faulty} with mistakes`);
  });
});
