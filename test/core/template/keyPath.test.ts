import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseKeyPath } from '../../../src/core/template/keyPath';

describe('the way to a value', () => {
  for (const [text, steps] of [
    ['version', ['version']],
    ['project.version', ['project', 'version']],
    ['packages[0].name', ['packages', 0, 'name']],
    ['[1]', [1]],
    ['dependencies["@types/node"]', ['dependencies', '@types/node']],
    ["a['b.c'].d-e", ['a', 'b.c', 'd-e']],
    ['tool.my-tool', ['tool', 'my-tool']],
    ['', null],
    ['.a', null],
    ['a.', null],
    ['a..b', null],
    ['a[x]', null],
    ['a[-1]', null],
    ['a["b]', null],
    ['a b', null],
    [Array(33).fill('a').join('.'), null],
  ] as const) {
    it(`${text.slice(0, 40)} is ${JSON.stringify(steps)}`, () => assert.deepEqual(parseKeyPath(text), steps));
  }
});
