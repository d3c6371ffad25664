import assert from 'node:assert/strict';
import type { Badge } from '../../../src/core/badge';
import { badgeRow } from '../../../src/extension/badges/badgeRow';

const origin = { kind: 'gitlab', text: 'acme/shop on gitlab.com', at: '2026-03-01T00:00:00Z' } as const;
const identity = { stem: 'open_issues', label: 'open issues', origin };
const known: Badge = { ...identity, status: 'known', face: { label: 'open issues', message: '12', color: 'red' } };

describe('the row of a badge', () => {
  it('shows the message of a known one', () => {
    assert.deepEqual(badgeRow(known), { label: 'open issues', description: '12', icon: 'pass', color: 'testing.iconPassed', spoken: 'open issues: 12', traits: 'badge drawn' });
  });

  it('says why one is unknown', () => {
    const row = badgeRow({ ...identity, status: 'unknown', reason: 'There is no release yet.' });
    assert.deepEqual(row, { label: 'open issues', description: 'unknown: There is no release yet.', icon: 'circle-outline', spoken: 'open issues: unknown: There is no release yet.', traits: 'badge' });
  });

  it('says why one failed, in words for those who do not see the icon', () => {
    const row = badgeRow({ ...identity, status: 'failed', reason: 'link badge answered 404' });
    assert.equal(row.description, 'link badge answered 404');
    assert.equal(row.spoken, 'open issues, failed: link badge answered 404');
    assert.equal(row.icon, 'error');
  });

  it('stays on one line', () => {
    assert.equal(badgeRow({ ...identity, status: 'failed', reason: 'first\n  second' }).description, 'first second');
  });

  it('is named by its stem where the label is empty', () => {
    assert.equal(badgeRow({ ...known, label: '' }).label, 'open_issues');
  });

  for (const place of [{ url: 'https://gitlab.com/acme/shop' }, { file: 'reports/junit.xml' }]) {
    it(`has a source with ${Object.keys(place)[0]}`, () => assert.equal(badgeRow({ ...known, origin: { ...origin, ...place } }).traits, 'badge drawn source'));
  }
});
