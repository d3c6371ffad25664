import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { DocumentTimers } from '../../src/extension/documentTimers';

const document = (uri: string) => ({ uri: { toString: () => uri } }) as vscode.TextDocument;

describe('what is done some time after a document changed', () => {
  it('is done once for a burst, and for each document', async () => {
    const done: string[] = [];
    await new Promise<void>((resolve) => {
      const timers = new DocumentTimers(({ uri }) => done.push(uri.toString()) === 2 && resolve());
      for (let call = 0; call < 5; call++) timers.schedule(document('a'), 1);
      timers.schedule(document('b'), 1);
    });
    assert.deepEqual(done.sort(), ['a', 'b']);
  });

  for (const [name, stop] of [
    ['the document was closed', (timers: DocumentTimers) => timers.cancel(document('a'))],
    ['all was disposed of', (timers: DocumentTimers) => timers.dispose()],
  ] as const) {
    it(`is not done once ${name}`, async () => {
      let done = 0;
      const timers = new DocumentTimers(() => done++);
      timers.schedule(document('a'), 0);
      stop(timers);
      // A timer of the same length that was set later fires later.
      await new Promise((resolve) => setTimeout(resolve, 1));
      assert.equal(done, 0);
    });
  }
});
