import assert from 'node:assert/strict';
import { decoded } from '../../src/core/percent';

describe('decoded', () => {
  const cases: [text: string, expected: string][] = [
    ['a%20b', 'a b'],
    ['%C3%BC%2F%25', 'ü/%'],
    ['a+b', 'a+b'],
    // A placeholder, half a letter and a lone sign are no escapes.
    ['%{project_path}/a%20b', '%{project_path}/a%20b'],
    ['%C3', '%C3'],
    ['100%', '100%'],
  ];
  for (const [text, expected] of cases) it(`makes ${text} ${expected}`, () => assert.equal(decoded(text), expected));
});
