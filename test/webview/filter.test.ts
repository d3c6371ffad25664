import assert from 'node:assert/strict';
import { matches } from '../../src/webview/filter';
import type { PreviewBadge } from '../../src/webview/protocol';

const badge: PreviewBadge = { stem: 'open_issues', label: 'open issues', status: 'known', text: 'open issues: 12', image: null, source: 'acme/shop on gitlab.com', canOpen: true, at: '', ladder: null };

describe('the filter', () => {
  const cases: [string, boolean][] = [
    ['', true],
    ['  ', true],
    ['OPEN', true],
    ['issues open', true],
    ['open_issues', true],
    ['12', true],
    ['shop', true],
    ['closed', false],
    ['open closed', false],
  ];
  for (const [filter, expected] of cases) it(`"${filter}" ${expected ? 'finds' : 'does not find'} it`, () => assert.equal(matches(badge, filter), expected));
});
