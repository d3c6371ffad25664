import assert from 'node:assert/strict';
import { normalizeInstance } from '../../src/config/instance';
import { parseUrl } from '../../src/config/parseUrl';

describe('parseUrl', () => {
  it('gives a URL, also one that is relative to another', () => {
    assert.equal(parseUrl('https://example.org/a')?.pathname, '/a');
    assert.equal(parseUrl('../b', new URL('https://example.org/a/c'))?.href, 'https://example.org/b');
  });
  it('gives nothing for what is none', () => assert.deepEqual(['', 'a b', 'https://', '/a'].map((text) => parseUrl(text)), [null, null, null, null]));
  it('knows letters such as ü however often it is called', () => {
    let known = 0;
    for (let call = 0; call < 20_000; call++) if (parseUrl('https://bücher.example') && normalizeInstance('https://bücher.example')) known++;
    assert.equal(known, 20_000);
  });
});
