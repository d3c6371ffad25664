import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { staticBadges } from '../../src/sources/staticBadges';

const make = (label: string, message = '1.0.0', color = 'yellow') => staticBadges([{ value: { label, message, color } }], '.gitlab/badges.yaml', '')[0];

describe('a static badge', () => {
  it('is named after its label', () => {
    const badge = make('Conventional  Commits');
    assert.deepEqual(badge?.status === 'known' && [badge.stem, badge.face], ['conventional_commits', { label: 'Conventional  Commits', message: '1.0.0', color: 'yellow' }]);
    assert.equal(badge?.origin.text, 'static badge "Conventional  Commits" of .gitlab/badges.yaml');
  });
  for (const [what, badge, reason] of [
    ['a label that leads elsewhere', make('../../x'), /label "\.\.\/\.\.\/x" cannot name a file: it holds a slash/],
    ['an empty label', make(''), /cannot name a file: it is empty/],
    ['an empty message', make('a', ' '), /has no message/],
    ['an unknown colour', make('a', 'b', 'gren'), /unknown color "gren", did you mean "green"\?/],
  ] as const) {
    it(`fails for ${what}`, () => assert.match(badge?.status === 'failed' ? badge.reason : '', reason));
  }
  it('goes by a name that no file has where its label names none', () => assert.equal(make('a/b')?.stem, 'static:1'));
});
