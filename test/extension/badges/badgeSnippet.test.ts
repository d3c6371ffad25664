import assert from 'node:assert/strict';
import type { KnownBadge } from '../../../src/core/badge';
import { badgeSnippet } from '../../../src/extension/badges/badgeSnippet';

const badge: KnownBadge = {
  stem: 'license_name',
  label: 'license',
  origin: { kind: 'gitlab', text: 'acme/shop', at: '2026-03-01T00:00:00Z' },
  status: 'known',
  face: { label: 'license', message: 'MIT', color: 'yellow' },
};
const linked = (link: string): KnownBadge => ({ ...badge, face: { ...badge.face, link } });

describe('the snippet of a badge', () => {
  it('is an image in Markdown', () => assert.equal(badgeSnippet(badge, 'public/badges', 'markdown'), '![license: MIT](public/badges/license_name.svg)'));

  it('links to where the value came from', () => {
    const sourced = { ...badge, origin: { ...badge.origin, url: 'https://gitlab.com/acme/shop' } };
    assert.equal(badgeSnippet(sourced, 'public/badges', 'markdown'), '[![license: MIT](public/badges/license_name.svg)](https://gitlab.com/acme/shop)');
  });

  it("prefers the badge's own link", () => {
    const sourced = { ...linked('https://example.org'), origin: { ...badge.origin, url: 'https://gitlab.com' } };
    assert.match(badgeSnippet(sourced, 'b', 'markdown'), /\(https:\/\/example\.org\)$/);
  });

  it('is an image in HTML', () => assert.equal(badgeSnippet(linked('https://x.org/?a=1&b="'), 'b', 'html'), '<a href="https://x.org/?a=1&amp;b=%22"><img alt="license: MIT" src="b/license_name.svg"></a>'));

  it('escapes what would end the alternative text', () => {
    assert.equal(badgeSnippet({ ...badge, face: { ...badge.face, message: '[a] \\ b' } }, 'b', 'markdown'), '<a href="b/license_name.svg"><img alt="license: &#91;a&#93; &#92; b" src="b/license_name.svg"></a>');
  });

  it('escapes what would end the address', () => {
    assert.equal(badgeSnippet({ ...badge, stem: 'a (1)' }, 'my badges', 'markdown'), '![license: MIT](my%20badges/a%20%281%29.svg)');
    assert.match(badgeSnippet(linked('https://x.org/(a)'), 'b', 'markdown'), /\(https:\/\/x\.org\/%28a%29\)$/);
  });

  it('has only the message where the label is empty', () => assert.equal(badgeSnippet({ ...badge, face: { ...badge.face, label: '' } }, 'b', 'markdown'), '![MIT](b/license_name.svg)'));
});
