import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { matchesBranch } from '../../src/gitlab/protectedBranches';

describe('matchesBranch', () => {
  for (const [pattern, branch, expected] of [
    ['main', 'main', true],
    ['main', 'mai', false],
    ['main', 'main2', false],
    ['*', 'main', true],
    ['*', 'a/b', true],
    ['m*', 'm', true],
    ['*n', 'main', true],
    ['ma*ain', 'main', false],
    ['m*n', 'main', true],
    ['m*a*n', 'main', true],
    ['m*a*a*n', 'main', false],
    ['m*i*n', 'main', true],
    ['m*in*n', 'main', false],
    ['release/*', 'release/1/2', true],
    ['release/*', 'releases', false],
    ['r.l*', 'rel', false],
    ['MAIN', 'main', false],
    ['**', 'main', true],
    ['', 'main', false],
  ] as const) {
    it(`${expected ? 'takes' : 'does not take'} ${branch} for ${pattern || 'nothing'}`, () => assert.equal(matchesBranch(pattern, branch), expected));
  }
});
