import assert from 'node:assert/strict';
import { nearest } from '../../src/core/nearest';

describe('nearest', () => {
  const candidates = ['path', 'style', 'facts', 'static_badges', 'link_badges', 'all'];
  for (const [text, expected] of [
    ['stlye', 'style'],
    ['styl', 'style'],
    ['styles', 'style'],
    ['Style', 'style'],
    ['paht', 'path'],
    ['static-badges', 'static_badges'],
    ['staticbadge', 'static_badges'],
    ['al', 'all'],
    ['', null],
    ['colour', null],
    ['p', null],
    ['constructor', null],
    ['x'.repeat(1000), null],
  ] as const) {
    it(`of ${JSON.stringify(text.slice(0, 20))} is ${expected}`, () => assert.equal(nearest(text, candidates), expected));
  }
});
