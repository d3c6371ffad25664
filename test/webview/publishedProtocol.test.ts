import assert from 'node:assert/strict';
import { decodeFromPublishedPage, decodeToPublishedPage } from '../../src/webview/publishedProtocol';

describe('what the page of the badges on GitLab says', () => {
  for (const message of [{ type: 'ready' }, { type: 'refresh' }, { type: 'edit', key: '7' }]) it(`${JSON.stringify(message)} is understood`, () => assert.deepEqual(decodeFromPublishedPage(message), message));
  for (const message of [null, 'ready', {}, { type: 'remove', key: '7' }, { type: 'edit' }, { type: 'edit', key: 7 }]) it(`${JSON.stringify(message)} is dropped`, () => assert.equal(decodeFromPublishedPage(message), null));
});

describe('what the page of the badges on GitLab is told', () => {
  const page = { title: 'Badges', message: '', busy: false, targets: [] };
  const picture = { type: 'picture', url: 'https://example.org/a.svg', image: 'data:image/png;base64,AA==', why: '' };
  for (const message of [{ type: 'page', page }, picture]) it(`${JSON.stringify(message)} is understood`, () => assert.deepEqual(decodeToPublishedPage(message), message));
  for (const message of [null, {}, { type: 'page' }, { type: 'page', page: { ...page, targets: null } }, { ...picture, url: 1 }, { ...picture, why: undefined }]) {
    it(`${JSON.stringify(message)} is dropped`, () => assert.equal(decodeToPublishedPage(message), null));
  }
  it('has no picture but data', () => assert.deepEqual(decodeToPublishedPage({ ...picture, image: 'https://example.org/a.svg' }), { ...picture, image: null }));
});
