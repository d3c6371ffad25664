import assert from 'node:assert/strict';
import { decodeFromPick, decodePickState, decodeToPick, type PickBadge } from '../../src/webview/pickProtocol';

describe('what the page on which badges are picked says', () => {
  for (const message of [{ type: 'ready' }, { type: 'cancel' }, { type: 'pick', keys: ['2', '0'] }]) it(`${JSON.stringify(message)} is understood`, () => assert.deepEqual(decodeFromPick(message), message));
  for (const message of [null, 'ready', {}, { type: 'pick' }, { type: 'pick', keys: [] }, { type: 'pick', keys: '2' }, { type: 'pick', keys: [2] }]) it(`${JSON.stringify(message)} is dropped`, () => assert.equal(decodeFromPick(message), null));
});

describe('what the page on which badges are picked is told', () => {
  const badge: PickBadge = { key: '0', group: 'generated', stem: 'a', label: 'a', text: 'a: 1', image: 'data:image/svg+xml;base64,PHN2Zz4=', source: 'x' };
  const message = { type: 'badges', document: 'README.md', takesFocus: true, badges: [badge, { ...badge, key: '1', image: null }] };
  it('is understood', () => assert.deepEqual(decodeToPick(message), message));
  for (const wrong of [null, {}, { ...message, type: 'page' }, { ...message, document: 1 }, { ...message, badges: null }]) it(`${JSON.stringify(wrong)} is dropped`, () => assert.equal(decodeToPick(wrong), null));
  it('has no picture but data', () => assert.equal(decodeToPick({ ...message, badges: [{ ...badge, image: 'https://example.org/a.svg' }] })?.badges[0]?.image, null));
});

describe('what that page keeps while it is hidden', () => {
  const nothing = { picked: [], filter: '' };
  for (const [state, expected] of [[undefined, nothing], [{ picked: ['1'], filter: 'x' }, { picked: ['1'], filter: 'x' }], [{ picked: [1], filter: 1 }, nothing], ['x', nothing]] as const) {
    it(`${JSON.stringify(state)} is read as ${JSON.stringify(expected)}`, () => assert.deepEqual(decodePickState(state), expected));
  }
});
