import assert from 'node:assert/strict';
import { scopeGap } from '../../src/core/tokenScopes';

describe('what the scopes of a token lack', () => {
  const cases: [readonly string[] | null, ReturnType<typeof scopeGap>][] = [
    [['api'], null],
    [['read_api', 'api'], null],
    [['read_api'], 'push'],
    [['read_user'], 'read'],
    [[], 'read'],
    [['granular'], null],
    [null, null],
  ];
  for (const [scopes, expected] of cases) it(`${JSON.stringify(scopes)} lacks ${expected}`, () => assert.equal(scopeGap(scopes), expected));
});
