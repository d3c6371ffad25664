import assert from 'node:assert/strict';
import { detailsMarkdown, escapeMarkdown } from '../../src/extension/detailsMarkdown';

describe('details as Markdown', () => {
  it('are a title, paragraphs, and lines that may be links', () => {
    assert.equal(
      detailsMarkdown({ title: '✗ commits: not passed', paragraphs: [[{ text: '3 commits' }], [{ text: 'page', url: 'https://example.org/a' }, { text: 'more' }]] }),
      '**✗ commits\\: not passed**\n\n3 commits\n\n[page](https://example.org/a)  \nmore',
    );
  });

  it('let no text be more than text', () => {
    assert.equal(escapeMarkdown('<img src=x>\n# [a](command:x) `b` $(bug) & *c*'), '&lt;img src=x&gt; \\# \\[a\\]\\(command\\:x\\) \\`b\\` \\$\\(bug\\) &amp; \\*c\\*');
  });

  for (const [url, target] of [
    ['https://example.org/a(b)', 'https://example.org/a%28b%29'],
    ['https://example.org/a b', 'https://example.org/a%20b'],
    ['https://example.org/a%20b%2Fc?x=1', 'https://example.org/a%20b%2Fc?x=1'],
    ['https://example.org/100%', 'https://example.org/100%'],
  ] as const) {
    it(`lead to ${url}`, () => assert.equal(detailsMarkdown({ title: '', paragraphs: [[{ text: 'x', url }]] }).split('\n\n')[1], `[x](${target})`));
  }
});
