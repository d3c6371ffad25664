import assert from 'node:assert/strict';
import { readSubsequentUse } from '../../src/config/subsequentUseFile';

describe('the file that says who uses a project', () => {
  it('lists organisations by project, and an entry that is wrong costs its own project', () => {
    const text = '{\n  "https://gitlab.example.com/acme/shop": ["City of Example", "Office"],\n  "https://gitlab.example.com/acme/api": [],\n  "a": ["x", 5],\n  "b": "x"\n}';
    assert.deepEqual(readSubsequentUse(text), {
      use: new Map<string, unknown>([
        ['https://gitlab.example.com/acme/shop', ['City of Example', 'Office']],
        ['https://gitlab.example.com/acme/api', []],
        ['a', { problem: '4:14: a list of the names of organisations belongs here' }],
        ['b', { problem: '5:8: a list of the names of organisations belongs here' }],
      ]),
    });
  });

  for (const [what, text, problem] of [
    ['a list', '[]', /^1:1: the file holds a list/],
    ['HTML', '<html>', /^1:1: /],
    ['nothing', '', /^1:1: /],
  ] as const) {
    it(`cannot be read where it is ${what}`, () => {
      const read = readSubsequentUse(text);
      assert.match('problem' in read ? read.problem : '', problem);
    });
  }
});
