import assert from 'node:assert/strict';
import { maxTextLength } from '../../src/config/limits';
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

  for (const [name, written] of [
    ['a key given twice', 'a = 1\n«a» = 2\n'],
    ['a table given twice', '[a]\n[«a»]\n'],
    ['a table that an inline table closed', 'a = { b = 1 }\n[«a.c»]\n'],
    ['a word that is no value', 'a = «yes»\n'],
    ['a value that is missing at the end', 'a «=»\n'],
    ['a byte order mark before it', '\uFEFFa = 1\r\n«a» = 2\r\n'],
  ] as const) {
    it(`has one problem at ${name}`, () => {
      const { text } = marked(written);
      const { root, problems } = readTomlTree(text);
      assert.equal(root, null);
      assert.deepEqual(problems.map(({ code }) => code), ['syntax']);
      assert.equal(withMarks(text, problems), written);
    });
  }

  it('says so where a bracket is not closed', () => {
    assert.match(readTomlTree('a = [1\n').problems[0]?.message ?? '', /cannot be read/);
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
