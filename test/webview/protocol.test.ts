import assert from 'node:assert/strict';
import { decodeFromPreview, decodeState, decodeToPreview, type PreviewBadge } from '../../src/webview/protocol';

const badge: PreviewBadge = { stem: 'a', label: 'a', status: 'known', text: 'a: 1', image: 'data:image/svg+xml;base64,PHN2Zz4=', source: 'x', canOpen: true, at: '2026-03-01T00:00:00Z', ladder: null };
const badges = { type: 'badges', name: 'shop', place: '', badges: [badge], obstacle: '', busy: false } as const;

describe('a message to the preview', () => {
  it('is read', () => assert.deepEqual(decodeToPreview(badges), badges));
  it('of a copy is read', () => assert.deepEqual(decodeToPreview({ type: 'copied', text: 'Copied' }), { type: 'copied', text: 'Copied' }));

  it('loses an image that is no data URI of an SVG', () => {
    for (const image of ['https://example.org/a.svg', 'data:text/html;base64,PHN2Zz4=', 5]) {
      const read = decodeToPreview({ ...badges, badges: [{ ...badge, image }] });
      assert.equal(read?.type === 'badges' && read.badges[0]?.image, null);
    }
  });

  it('loses what is no badge', () => {
    const read = decodeToPreview({ ...badges, badges: [null, {}, { ...badge, status: 'odd' }, badge] });
    assert.equal(read?.type === 'badges' && read.badges.length, 1);
  });

  it('loses what is no ladder, no level and no check', () => {
    const check = { outcome: 'pass', text: 'commits', spoken: 'commits', why: '', chart: { value: 1, min: 'x', max: Infinity } };
    const level = { name: 'bronze', outcome: 'pass', text: 'reached', checks: [null, { ...check, outcome: 'odd' }, check] };
    const ladders = [null, 5, {}, { levels: 5 }, { levels: [null, { ...level, name: 1 }, level] }];
    const read = decodeToPreview({ ...badges, badges: ladders.map((ladder) => ({ ...badge, ladder })) });
    assert.deepEqual(read?.type === 'badges' && read.badges.map(({ ladder }) => ladder), [
      null,
      null,
      null,
      null,
      { note: '', levels: [{ ...level, checks: [{ ...check, chart: { value: 1, min: null, max: null } }] }] },
    ]);
  });

  for (const message of [null, 'badges', {}, { type: 'badges' }, { type: 'setImmediate' }]) it(`is not ${JSON.stringify(message)}`, () => assert.equal(decodeToPreview(message), null));
});

describe('a message from the preview', () => {
  const valid = [
    { type: 'ready', style: null },
    { type: 'style', style: 'plastic' },
    { type: 'copy', stem: 'a', format: 'svg' },
    { type: 'openSource', stem: 'a' },
    { type: 'refresh' },
  ];
  for (const message of valid) it(`${message.type} is read`, () => assert.deepEqual(decodeFromPreview(message), message));

  const invalid = [null, 5, {}, { type: 'style', style: 'round' }, { type: 'style' }, { type: 'copy', stem: 'a', format: 'exe' }, { type: 'copy', format: 'svg' }, { type: 'openSource' }, { type: 'run' }];
  for (const message of invalid) it(`is not ${JSON.stringify(message)}`, () => assert.equal(decodeFromPreview(message), null));
});

describe('the state of a preview', () => {
  it('is read back', () => {
    const state = { folder: 'file:///shop', style: 'social', filter: 'cov', light: true, dark: false } as const;
    assert.deepEqual(decodeState(JSON.parse(JSON.stringify(state))), state);
  });
  it('has defaults', () => assert.deepEqual(decodeState({ folder: 'file:///shop' }), { folder: 'file:///shop', style: null, filter: '', light: true, dark: true }));
  it('needs its folder', () => assert.equal(decodeState({ style: null }), null));
});
