import assert from 'node:assert/strict';
import type { Badge } from '../../../src/core/badge';
import { badgeIcon } from '../../../src/extension/readme/badgeIcon';

const origin = { kind: 'static', text: 'x', at: '2026-03-01T00:00:00Z' } as const;
const identity = { stem: 'a', label: 'a', origin } as const;
const svg = (badge: Badge | null) => Buffer.from(badgeIcon(badge).replace('data:image/svg+xml;base64,', ''), 'base64').toString();
const fills = (badge: Badge | null) => [...svg(badge).matchAll(/fill="(#[0-9a-f]{3,6})" d="M/g)].map((match) => match[1]).slice(0, 2);

describe('the icon of a badge', () => {
  it('has the colours of its halves', () => assert.deepEqual(fills({ ...identity, status: 'known', face: { label: 'a', message: 'b', color: 'red', labelColor: '#123456' } }), ['#123456', '#dd4343']));
  it('has one colour where there is no label', () => assert.deepEqual(fills({ ...identity, status: 'known', face: { label: '', message: 'b', color: 'red' } }), ['#dd4343', '#dd4343']));
  it('is grey where the badge is unknown', () => assert.deepEqual(fills({ ...identity, status: 'unknown', reason: 'x' }), ['#555', '#9f9f9f']));
  it('takes no colour that is none', () => assert.ok(!svg({ ...identity, status: 'known', face: { label: 'a', message: 'b', color: '"/><script>' } }).includes('script')));
});
