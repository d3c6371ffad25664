import assert from 'node:assert/strict';
import { keptFiles } from '../../../src/extension/levels/keptFiles';
import type { PublicAnswer } from '../../../src/sources/fetchPublic';

const url = 'https://example.org/a.json';

/** Files of which each fetch is in the test's hands. */
function begin() {
  const fetches: { readonly answer: (text: string) => void; readonly fail: (error: Error) => void }[] = [];
  const files = keptFiles({
    connections: [],
    fetchPublic: (_url, signal) =>
      new Promise<PublicAnswer>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        fetches.push({ answer: (text) => resolve({ text } as PublicAnswer), fail: reject });
      }),
  });
  return { files, fetches };
}

describe('kept files', () => {
  it('are fetched once, also where they are asked for side by side', async () => {
    const { files, fetches } = begin();
    const { signal } = new AbortController();
    const both = [files.fetchPublic(url, signal), files.fetchPublic(url, signal)];
    fetches[0]?.answer('text');
    assert.deepEqual((await Promise.all(both)).map(({ text }) => text), ['text', 'text']);
    assert.equal((await files.fetchPublic(url, signal)).text, 'text');
    assert.equal(fetches.length, 1);
  });

  it('keep a failure as well', async () => {
    const { files, fetches } = begin();
    const { signal } = new AbortController();
    const first = files.fetchPublic(url, signal);
    fetches[0]?.fail(new Error('answered 500'));
    await assert.rejects(first, /500/);
    await assert.rejects(files.fetchPublic(url, signal), /500/);
    assert.equal(fetches.length, 1);
  });

  it('are fetched again where that was cancelled', async () => {
    const { files, fetches } = begin();
    const controller = new AbortController();
    const first = files.fetchPublic(url, controller.signal);
    controller.abort();
    await assert.rejects(first, { name: 'AbortError' });
    const second = files.fetchPublic(url, new AbortController().signal);
    fetches[1]?.answer('text');
    assert.equal((await second).text, 'text');
  });
});
