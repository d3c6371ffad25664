import assert from 'node:assert/strict';
import { maxProblems, maxTextLength } from '../../src/config/limits';
import { readTomlTree } from '../../src/config/tomlTree';
import { nodeAtPath } from '../../src/config/tree';
import type { TreeNode } from '../../src/config/tree';
import { marked, withMarks } from './marked';

function plain(node: TreeNode): unknown {
  if (node.type === 'object') return new Map(node.properties.map(({ key, value }) => [key, plain(value)]));
  if (node.type === 'array') return node.items.map(plain);
  return node.type === 'number' ? node.source : node.type === 'null' ? null : node.value;
}

const map = (object: Record<string, unknown>): Map<string, unknown> => new Map(Object.entries(object));

describe('a TOML tree', () => {
  for (const [name, text, expected] of [
    ['nothing', '', map({})],
    ['texts of all four kinds', `a = "b\\t"\nc = 'd\\t'\ne = """\nf"""\ng = '''\nh'''\n`, map({ a: 'b\t', c: 'd\\t', e: 'f', g: 'h' })],
    ['numbers with what is written', 'a = 1.0\nb = 9223372036854775807\nc = 0x1F\nd = 1_000\ne = inf\n', map({ a: '1.0', b: '9223372036854775807', c: '0x1F', d: '1_000', e: 'inf' })],
    ['dates and times as texts', 'a = 1979-05-27T07:32:00Z\nb = 1979-05-27\nc = 07:32:00\n', map({ a: '1979-05-27T07:32:00Z', b: '1979-05-27', c: '07:32:00' })],
    ['tables and tables in them', '[a]\nb = true\n[a.c]\nd = 1\n', map({ a: map({ b: true, c: map({ d: '1' }) }) })],
    ['a table after those in it', '[a.c]\nd = 1\n[a]\nb = 2\n', map({ a: map({ c: map({ d: '1' }), b: '2' }) })],
    ['dotted and quoted keys', 'a."b c".d = 1\na.e = 2\n', map({ a: map({ 'b c': map({ d: '1' }), e: '2' }) })],
    ['arrays of tables, with tables in each', '[[t]]\nx = 1\n[t.u]\nv = 1\n[[t]]\n[t.u]\nv = 2\n[[t.w]]\ny = 3\n', map({ t: [map({ x: '1', u: map({ v: '1' }) }), map({ u: map({ v: '2' }), w: [map({ y: '3' })] })] })],
    ['inline tables with dotted keys', 'a = [{ b.c = 1, d = [2] }, {}]\n', map({ a: [map({ b: map({ c: '1' }), d: ['2'] }), map({})] })],
    ['a byte order mark and CRLF', '\uFEFFa = 1\r\n[b]\r\nc = 2\r\n', map({ a: '1', b: map({ c: '2' }) })],
    ['keys of objects in JavaScript', '__proto__ = 1\n[constructor]\na = 2\n', new Map<string, unknown>([['__proto__', '1'], ['constructor', map({ a: '2' })]])],
  ] as const) {
    it(`holds ${name}`, () => {
      const tree = readTomlTree(text);
      assert.deepEqual(tree.problems, []);
      assert.deepEqual(tree.root && plain(tree.root), expected);
    });
  }

  for (const [name, written, path] of [
    ['a value', 'a = «"😀"»\n', ['a']],
    ['a value after CRLF and a byte order mark', '\uFEFFx = "😀"\r\na = «[1]»\r\n', ['a']],
    ['a table with its header', 'a = 1\n«[b]\nc = 1»\n\n[d]\n', ['b']],
    ['a table of its own header, not of the one that implied it', '[b.e]\n«[b]\nc = 1»\n', ['b']],
    ['an array of tables from the first to the last', '«[[b]]\nc = 1\n[[b]]\nc = 2»\n', ['b']],
    ['one table of an array', '[[b]]\nc = 1\n«[[b]]\nc = 2»\n', ['b', 1]],
  ] as const) {
    it(`has the range of ${name}`, () => {
      const { text, ranges } = marked(written);
      const { root } = readTomlTree(text);
      assert.deepEqual(root && nodeAtPath(root, path)?.range, ranges[0]);
    });
  }

  for (const [name, written, code, read] of [
    ['a key given twice', 'a = 1\n«a» = 2\nb = 3\n', 'duplicate-key', map({ a: '1', b: '3' })],
    ['a table given twice', '[a]\nx = 1\n[«a»]\ny = 2\n[b]\nz = 3\n', 'duplicate-key', map({ a: map({ x: '1' }), b: map({ z: '3' }) })],
    ['a table that an inline table closed', 'a = { b = 1 }\n[«a.c»]\nd = 1\n', 'duplicate-key', map({ a: map({ b: '1' }) })],
    ['a word that is no value', 'a = «yes»\nb = 1\n', 'syntax', map({ a: null, b: '1' })],
    ['a value that is missing', 'a «=»\nb = 1\n', 'syntax', map({ a: null, b: '1' })],
    ['a key alone', '[t]\n«a»\nb = 1\n[u]\nc = 2\n', 'syntax', map({ t: map({ b: '1', a: null }), u: map({ c: '2' }) })],
    ['a text without its second quote', 'a = "«x»\nb = 1\n', 'syntax', map({ a: null, b: '1' })],
    ['a text of several lines without its end', 'a = """«x»\nb = 1\n', 'syntax', map({ a: null, b: '1' })],
    ['a list without its end', 'a = [1«,»\nb = 1\n[c]\nd = 2\n', 'syntax', map({ a: null, b: '1', c: map({ d: '2' }) })],
    ['a list without its end before a header', 'a = [«1»\n[c]\nd = 2\n', 'syntax', map({ a: null, c: map({ d: '2' }) })],
    ['a header without its end', 'a = 1\n[«b»\nc = 2\n[d]\ne = 3\n', 'syntax', map({ a: '1', d: map({ e: '3' }) })],
    ['a second value', 'a = 1 «2»\nb = 3\n', 'syntax', map({ a: null, b: '3' })],
    ['a byte order mark before it', '\uFEFFa = 1\r\n«a» = 2\r\n', 'duplicate-key', map({ a: '1' })],
  ] as const) {
    it(`is read around ${name}`, () => {
      const { text } = marked(written);
      const { root, problems, isGuess } = readTomlTree(text);
      assert.deepEqual(problems.map((problem) => problem.code), [code]);
      assert.equal(withMarks(text, problems), written);
      assert.deepEqual([isGuess, root && plain(root)], [true, read]);
    });
  }

  it('has a problem for each statement that is wrong', () => {
    const { text } = marked('a «=»\nb = 1\n«b» = 2\n[t]\nc = «yes»\nd = 3\n');
    const { root, problems } = readTomlTree(text);
    assert.equal(withMarks(text, problems), 'a «=»\nb = 1\n«b» = 2\n[t]\nc = «yes»\nd = 3\n');
    assert.deepEqual(root && plain(root), map({ b: '1', a: null, t: map({ d: '3', c: null }) }));
  });

  it('ends in a bounded time however many statements are wrong', () => {
    const { root, problems, isGuess } = readTomlTree('a = yes\n'.repeat(20_000));
    assert.deepEqual([root, isGuess], [null, true]);
    assert.ok(problems.length > 0 && problems.length <= maxProblems);
  });

  for (const [name, text] of [
    ['arrays', `a = ${'['.repeat(100_000)}`],
    ['inline tables', `a = ${'{a='.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ] as const) {
    it(`refuses deep nesting of ${name} with one problem`, () => {
      assert.deepEqual(readTomlTree(text).problems.map(({ code }) => code), ['too-deep']);
    });
  }

  it('reads a key of many parts', () => {
    assert.deepEqual(readTomlTree(`${'a.'.repeat(20_000)}a = 1\n`).problems, []);
  });

  it('refuses a string that the parser cannot hold, at its line', () => {
    const { text, ranges } = marked(`a = 1\n«b = "${'x'.repeat(400_000)}"»\nc = 2\n`);
    assert.deepEqual(readTomlTree(text).problems.map(({ code, range }) => [code, range]), [['too-long', ranges[0]]]);
  });

  it('refuses a text that is too long', () => {
    assert.deepEqual(readTomlTree(`# ${'x'.repeat(maxTextLength)}`).problems.map(({ code }) => code), ['too-large']);
  });
});
