import assert from 'node:assert/strict';
import { nodeAtPath, placeAt } from '../../src/config/tree';
import type { Tree, TreeNode } from '../../src/config/tree';
import { readTomlTree } from '../../src/config/tomlTree';
import { readYamlTree } from '../../src/config/yamlTree';
import { marked } from './marked';

function rootOf(tree: Tree): TreeNode {
  assert.ok(tree.root, JSON.stringify(tree.problems));
  return tree.root;
}

describe('nodeAtPath', () => {
  const root = rootOf(readYamlTree('a:\n  - b: 1\n'));
  it('finds by keys and indices', () => assert.equal(nodeAtPath(root, ['a', 0, 'b'])?.type, 'number'));
  it('finds the root by the empty path', () => assert.equal(nodeAtPath(root, []), root));
  for (const path of [['b'], ['a', 1], ['a', 'b'], [0], ['a', 0, 'b', 'c']]) {
    it(`finds nothing at ${JSON.stringify(path)}`, () => assert.equal(nodeAtPath(root, path), undefined));
  }
});

describe('placeAt', () => {
  for (const [name, read, written, path, inKey] of [
    ['a value', readYamlTree, 'a:\n  b: x«»y\n', ['a', 'b'], false],
    ['the end of a value', readYamlTree, 'a: xy«»\n', ['a'], false],
    ['a key', readYamlTree, 'a:\n  b«»c: 1\n', ['a', 'bc'], true],
    ['an item', readYamlTree, 'a: [x, «»y]\n', ['a', 1], false],
    ['a value that is not there yet', readYamlTree, 'style:«»\n', ['style'], false],
    ['a merged mapping where it was written', readYamlTree, 'a: &x {k: v«»w}\nb:\n  <<: *x\n', ['a', 'k'], false],
    ['an alias', readYamlTree, 'a: &x {k: v}\nb: *«»x\n', ['b'], false],
    ['a table continued below another', readTomlTree, '[a.b]\nx = 1\n[c]\ny = 1\n[a.d]\nz = "o«»k"\n', ['a', 'd', 'z'], false],
    ['a dotted key', readTomlTree, 'a.b«».c = 1\n', ['a', 'b'], true],
    ['the second table of an array', readTomlTree, '[[t]]\nx = 1\n[[t]]\nx = «»2\n', ['t', 1, 'x'], false],
  ] as const) {
    it(`finds ${name}`, () => {
      const { text, ranges } = marked(written);
      const place = placeAt(rootOf(read(text)), ranges[0]?.start ?? 0);
      assert.deepEqual({ path: place?.path, inKey: place?.inKey }, { path, inKey });
    });
  }
  it('finds nothing outside the root', () => assert.equal(placeAt(rootOf(readYamlTree('a: 1\n\n\n\n')), 7), null));
});
