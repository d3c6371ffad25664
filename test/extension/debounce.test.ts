import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { debounce } from '../../src/extension/debounce';

describe('a debounced call', () => {
  it('comes once for a burst', async () => {
    let calls = 0;
    const done = new Promise<void>((resolve) => {
      const call = debounce(() => {
        calls++;
        resolve();
      }, 1);
      for (let i = 0; i < 5; i++) call();
    });
    await done;
    await setImmediate();
    assert.equal(calls, 1);
  });

  it('never comes after it was disposed', async () => {
    let calls = 0;
    const call = debounce(() => calls++, 0);
    call();
    call.dispose();
    // A timer of the same length that was set later fires later.
    await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(calls, 0);
  });
});
