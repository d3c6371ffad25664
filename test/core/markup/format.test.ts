import assert from 'node:assert/strict';
import { formatOf, isReadme } from '../../../src/core/markup/format';

describe('the format of a document', () => {
  for (const [languageId, path, format] of [
    ['markdown', '/a/NOTES', 'markdown'],
    ['plaintext', '/a/README.adoc', 'asciidoc'],
    ['asciidoc', '/a/README.txt', 'asciidoc'],
    ['restructuredtext', '/a/README.rst', 'restructuredtext'],
    ['rst', '/a/x', 'restructuredtext'],
    ['html', '/a/index.html', 'html'],
    ['plaintext', 'C:\\a\\README.ORG', 'org'],
    ['plaintext', '/a/README.textile', 'textile'],
    ['plaintext', '/a/README.rdoc', 'rdoc'],
    ['plaintext', '/a/README', null],
    ['plaintext', '/a.md/README', null],
    ['javascript', '/a/x.js', null],
  ] as const) {
    it(`${languageId} ${path}: ${format ?? 'none'}`, () => assert.equal(formatOf(languageId, path), format));
  }

  for (const [path, expected] of [['README.md', true], ['docs/readme.rst', true], ['a\\Readme.adoc', true], ['README', false], ['README.txt', false], ['xREADME.md', false], ['README.de.md', false]] as const) {
    it(`${path} is ${expected ? 'a' : 'no'} README`, () => assert.equal(isReadme(path), expected));
  }
});
