import assert from 'node:assert/strict';
import { maxAliasedNodes, maxDepth, maxProblems, maxTextLength } from '../../src/config/limits';
import type { TreeNode } from '../../src/config/tree';
import { readYamlTree } from '../../src/config/yamlTree';
import { marked, withMarks } from './marked';

/** Each scalar and key of a tree with the text at its range, to see values and positions at once. */
function shown(node: TreeNode | null, text: string): unknown {
  if (!node) return null;
  const written = text.slice(node.range.start, node.range.end);
  if (node.type === 'object') return node.properties.map(({ key, keyRange, value }) => [key, text.slice(keyRange.start, keyRange.end), shown(value, text)]);
  if (node.type === 'array') return { items: node.items.map((item) => shown(item, text)) };
  return node.type === 'null' ? ['null', written] : [node.type, node.value, written];
}

describe('a YAML tree', () => {
  for (const [name, text, expected] of [
    ['plain, single and double quoted texts', `a: b c\n'd': 'e''f'\n"g": "h\\ti"\n`, [['a', 'a', ['string', 'b c', 'b c']], ['d', "'d'", ['string', "e'f", "'e''f'"]], ['g', '"g"', ['string', 'h\ti', '"h\\ti"']]]],
    ['numbers with what is written', 'a: 1.0\nb: 012\nc: 99999999999999999999\n', [['a', 'a', ['number', 1, '1.0']], ['b', 'b', ['number', 12, '012']], ['c', 'c', ['number', 1e20, '99999999999999999999']]]],
    ['booleans and nothing', 'a: true\nb:\nc: ~\n', [['a', 'a', ['boolean', true, 'true']], ['b', 'b', ['null', '']], ['c', 'c', ['null', '~']]]],
    ['texts that YAML 1.1 read as something else', '%YAML 1.1\n---\na: yes\nb: 2020-01-02\n', [['a', 'a', ['string', 'yes', 'yes']], ['b', 'b', ['string', '2020-01-02', '2020-01-02']]]],
    ['block texts without the line break behind them', 'a: |\n  x\n  y\nb: 1\n', [['a', 'a', ['string', 'x\ny\n', '|\n  x\n  y']], ['b', 'b', ['number', 1, '1']]]],
    ['lists and inline mappings', 'a:\n  - {b: c}\n  - [d]\n', [['a', 'a', { items: [[['b', 'b', ['string', 'c', 'c']]], { items: [['string', 'd', 'd']] }] }]]],
    ['keys that are numbers or booleans as they are written', '1: a\n1.50: b\ntrue: c\n', [['1', '1', ['string', 'a', 'a']], ['1.50', '1.50', ['string', 'b', 'b']], ['true', 'true', ['string', 'c', 'c']]]],
    ['a byte order mark and CRLF', '\uFEFFa: b\r\nc:\r\n  - d\r\n', [['a', 'a', ['string', 'b', 'b']], ['c', 'c', { items: [['string', 'd', 'd']] }]]],
    ['an alias with its own range', 'a: &x hello\nb: *x\n', [['a', 'a', ['string', 'hello', 'hello']], ['b', 'b', ['string', 'hello', '*x']]]],
    ['an alias of the newest anchor', 'a: &x 1\nb: &x 2\nc: *x\n', [['a', 'a', ['number', 1, '1']], ['b', 'b', ['number', 2, '2']], ['c', 'c', ['number', 2, '*x']]]],
    ['merged keys last, own ones first', 'a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  k: 3\n', [['a', 'a', [['k', 'k', ['number', 1, '1']], ['l', 'l', ['number', 2, '2']]]], ['b', 'b', [['k', 'k', ['number', 3, '3']], ['l', 'l', ['number', 2, '2']]]]]],
    ['of merged lists the first that has the key', 'a: {<<: [{k: 1}, {k: 2, l: 3}]}\n', [['a', 'a', [['k', 'k', ['number', 1, '1']], ['l', 'l', ['number', 3, '3']]]]]],
    ['<< in quotes as a key', 'a: {"<<": 1}\n', [['a', 'a', [['<<', '"<<"', ['number', 1, '1']]]]]],
    ['an explicit text', 'a: !!str 1.0\n', [['a', 'a', ['string', '1.0', '1.0']]]],
    ['an alias as a key', 'a: &x k\n*x : 1\n', [['a', 'a', ['string', 'k', 'k']], ['k', '*x', ['number', 1, '1']]]],
    ['a document end with nothing behind it', 'a: 1\n---\n', [['a', 'a', ['number', 1, '1']]]],
    ['keys of objects in JavaScript', '__proto__: 1\nconstructor: 2\n', [['__proto__', '__proto__', ['number', 1, '1']], ['constructor', 'constructor', ['number', 2, '2']]]],
  ] as const) {
    it(`holds ${name}`, () => {
      const tree = readYamlTree(text);
      assert.deepEqual(tree.problems, []);
      assert.deepEqual(shown(tree.root, text), expected);
    });
  }

  for (const text of ['', '\n', '# nothing\n', '---\n', '\uFEFF']) {
    it(`is a null node for ${JSON.stringify(text)}`, () => {
      const tree = readYamlTree(text);
      assert.deepEqual([tree.root?.type, tree.problems], ['null', []]);
    });
  }

  for (const [name, written, codes] of [
    ['a tab', 'a:\n«\t»b: 1\n', ['syntax']],
    ['several mistakes', 'a: "x«\\»qy"\nb: [1, «2»\nc: 3\n', ['syntax', 'syntax']],
    ['a quote that is not closed', 'a: "x«»', ['syntax']],
    ['a key given twice', 'a: 1\n«a»: 2\n', ['duplicate-key']],
    ['a key given twice in other quotes', 'a: 1\n«"a"»: 2\n', ['duplicate-key']],
    ['a second document', 'a: 1\n«---»\nb: 2\n', ['second-document']],
    ['an alias of nothing', 'a: «*x»\n', ['unknown-alias']],
    ['an alias before its anchor', 'a: «*x»\nb: &x 1\n', ['unknown-alias']],
    ['an alias within its own anchor', 'a: &x [«*x»]\n', ['unknown-alias']],
    ['a key that is a list', '? «[a]»\n: 1\n', ['key-not-text']],
    ['a key that is missing', '«:» 5\n', ['no-key']],
    ['a merge of no mapping', 'a:\n  <<: «5»\n', ['bad-merge']],
    ['CRLF and a byte order mark before it', '\uFEFFa: 1\r\nb: «*x»\r\n', ['unknown-alias']],
    ['characters of two UTF-16 units before it', 'a: 😀\nb: [😀, «*x»]\n', ['unknown-alias']],
  ] as const) {
    it(`has a problem at ${name}`, () => {
      const { text, ranges } = marked(written);
      const { problems } = readYamlTree(text);
      assert.deepEqual(problems.map(({ code }) => code), codes);
      // A place behind the last character is shown on that character.
      if (ranges.every(({ start, end }) => start < end)) assert.equal(withMarks(text, problems), written);
      else assert.deepEqual(problems[0]?.range, { start: text.length - 1, end: text.length });
    });
  }

  it('warns about a tag it does not know and takes the value', () => {
    const { root, problems } = readYamlTree('a: !vault x\n');
    assert.deepEqual(problems.map(({ code, severity }) => [code, severity]), [['unknown-tag', 'warning']]);
    assert.equal(root?.type === 'object' && root.properties[0]?.value.type, 'string');
  });

  it('keeps what stands around a half-typed key', () => {
    const { root, problems } = readYamlTree('path: x\nsty\n');
    assert.deepEqual(root?.type === 'object' && root.properties.map(({ key }) => key), ['path', 'sty']);
    assert.deepEqual(problems.map(({ code }) => code), ['syntax']);
  });

  it('has its problems inside the text where a key is missing at the end of it', () => {
    for (const text of ['a: 1\n&b', 'a: 1\n&', 'a: 1\n|\n']) {
      const { problems } = readYamlTree(text);
      assert.ok(problems.length > 0);
      for (const { range } of problems) assert.ok(range.start < range.end && range.end <= text.length, text);
    }
  });

  it('refuses an alias bomb with one problem, quickly', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 30; i++) lines.push(`a${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}]`);
    const text = lines.join('\n');
    // The best of three: on a busy machine one of them may have to wait.
    const took = [1, 2, 3].map(() => {
      const start = performance.now();
      readYamlTree(text);
      return performance.now() - start;
    });
    assert.ok(Math.min(...took) < 100, `${took.join(', ')} ms`);
    const { root, problems } = readYamlTree(text);
    assert.equal(root, null);
    assert.deepEqual(problems.map(({ code }) => code), ['too-many-aliases']);
  });

  it('refuses a bomb of merge keys too', () => {
    const lines = ['a0: &a0 {x: 1, y: 2}'];
    for (let i = 1; i < 30; i++) lines.push(`a${i}: &a${i} {k: *a${i - 1}, <<: [*a${i - 1}, *a${i - 1}]}`);
    assert.deepEqual(readYamlTree(lines.join('\n')).problems.map(({ code }) => code), ['too-many-aliases']);
  });

  it('counts what aliases stand for: as many as allowed, not one more', () => {
    const withAliases = (count: number): string => `a: &x 1\nb: [${'*x, '.repeat(count)}]\n`;
    assert.deepEqual(readYamlTree(withAliases(maxAliasedNodes)).problems, []);
    assert.equal(readYamlTree(withAliases(maxAliasedNodes + 1)).problems.length, 1);
  });

  for (const [name, text] of [
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(100_000)],
    ['dashes', '- '.repeat(100_000)],
    ['explicit keys', '? '.repeat(100_000)],
    ['indentation', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ] as const) {
    it(`refuses deep nesting of ${name} with one problem`, () => {
      const { root, problems } = readYamlTree(text);
      assert.equal(root, null);
      assert.deepEqual(problems.map(({ code }) => code), ['too-deep']);
    });
  }

  it('reads nesting as deep as is allowed', () => {
    const depth = maxDepth - 2;
    assert.deepEqual(readYamlTree('['.repeat(depth) + ']'.repeat(depth)).problems, []);
  });

  it('reads a text as long as is allowed and refuses a longer one', () => {
    const text = `a: ${'x'.repeat(maxTextLength - 3)}`;
    assert.deepEqual(readYamlTree(text).problems, []);
    assert.deepEqual(readYamlTree(`${text}x`).problems.map(({ code }) => code), ['too-large']);
  });

  it('reports no more problems than anybody reads', () => {
    assert.equal(readYamlTree('- *x\n'.repeat(1000)).problems.length, maxProblems);
    assert.equal(readYamlTree('}'.repeat(1000)).problems.length, maxProblems);
  });
});
