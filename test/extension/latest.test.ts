import assert from 'node:assert/strict';
import { Latest } from '../../src/extension/latest';

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

describe('the latest run', () => {
  it('answers its value', async () => {
    assert.deepEqual(await new Latest().run(() => Promise.resolve(1)), { value: 1 });
  });

  it('aborts the older one and drops its late answer', async () => {
    const latest = new Latest();
    const slow = deferred<string>();
    let seen: AbortSignal | undefined;
    const older = latest.run((signal) => {
      seen = signal;
      return slow.promise;
    });
    const newer = latest.run(() => Promise.resolve('new'));
    assert.equal(seen?.aborted, true);
    assert.deepEqual(await newer, { value: 'new' });
    slow.resolve('old');
    assert.equal(await older, undefined);
  });

  it('drops a late error as well', async () => {
    const latest = new Latest();
    const slow = deferred<string>();
    const older = latest.run(() => slow.promise);
    latest.cancel();
    slow.reject(new Error('too late'));
    assert.equal(await older, undefined);
  });

  it('rejects with an error that is still wanted', async () => {
    await assert.rejects(
      new Latest().run(() => Promise.reject(new Error('broken'))),
      /broken/,
    );
  });

  it("ends with the caller's signal", async () => {
    const controller = new AbortController();
    const slow = deferred<string>();
    const run = new Latest().run(() => slow.promise, controller.signal);
    controller.abort();
    slow.resolve('late');
    assert.equal(await run, undefined);
  });

  it('does not start where the signal is aborted already', async () => {
    let started = false;
    await new Latest().run(() => Promise.resolve((started = true)), AbortSignal.abort());
    assert.equal(started, false);
  });

  it('knows whether it runs', async () => {
    const latest = new Latest();
    const slow = deferred<string>();
    const run = latest.run(() => slow.promise);
    assert.equal(latest.running, true);
    slow.resolve('done');
    await run;
    assert.equal(latest.running, false);
  });
});
