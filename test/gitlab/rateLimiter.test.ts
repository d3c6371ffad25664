import assert from 'node:assert/strict';
import { createRateLimiter } from '../../src/gitlab/rateLimiter';
import { rejection } from './expect';

const patient = { maxPauseMs: 60_000 };

/** Lets everything that can settle now settle. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('createRateLimiter', () => {
  for (const concurrency of [1, 3, 10]) {
    it(`lets ${concurrency} in at a time, in order`, async () => {
      const limiter = createRateLimiter({ concurrency });
      const started: number[] = [];
      const releases: (() => void)[] = [];
      for (let index = 0; index <= concurrency + 1; index++) {
        void limiter.acquire(patient).then((release) => {
          started.push(index);
          releases.push(release);
        });
      }
      await settled();
      assert.equal(started.length, concurrency);
      releases[0]?.();
      releases[0]?.();
      await settled();
      assert.equal(started.length, concurrency + 1, 'a place that is freed twice counts once');
      releases[1 % concurrency]?.();
      releases[concurrency]?.();
      await settled();
      assert.deepEqual(started, [...started].sort((a, b) => a - b));
      assert.equal(started.length, concurrency + 2);
    });
  }

  it('spaces the starts by the requests per second', async () => {
    const limiter = createRateLimiter({ requestsPerSecond: 100 });
    const starts: number[] = [];
    await Promise.all(
      Array.from({ length: 5 }, async () => {
        await limiter.acquire(patient);
        starts.push(Date.now());
      }),
    );
    assert((starts.at(-1) ?? 0) - (starts[0] ?? 0) >= 40);
  });

  it('starts nothing before the end of a pause, and keeps the later of two ends', async () => {
    const limiter = createRateLimiter();
    const until = Date.now() + 50;
    limiter.pauseUntil(until);
    limiter.pauseUntil(until - 40);
    await Promise.all([limiter.acquire(patient), limiter.acquire(patient)]);
    assert(Date.now() >= until);
  });

  it('turns away who would wait longer than wanted, before and during the waiting', async () => {
    const limiter = createRateLimiter({ concurrency: 1 });
    await limiter.acquire(patient);
    const waiting = limiter.acquire(patient);
    const retryAt = Date.now() + 120_000;
    limiter.pauseUntil(retryAt);
    assert.equal((await rejection(waiting, 'rate-limited')).details.retryAt, retryAt);
    assert.equal((await rejection(limiter.acquire(patient), 'rate-limited')).details.retryAt, retryAt);
  });

  it('gives up waiting with the reason of an abort, and frees no place by it', async () => {
    const limiter = createRateLimiter({ concurrency: 1 });
    const release = await limiter.acquire(patient);
    const controller = new AbortController();
    const aborted = limiter.acquire({ ...patient, signal: controller.signal });
    const next = limiter.acquire(patient);
    const reason = { why: 'a newer run' };
    controller.abort(reason);
    await assert.rejects(aborted, (thrown) => thrown === reason);
    let started = false;
    void next.then(() => (started = true));
    await settled();
    assert.equal(started, false);
    release();
    await next;
  });

  it('rejects at once when aborted before', async () => {
    await assert.rejects(createRateLimiter().acquire({ ...patient, signal: AbortSignal.abort('stop') }), (reason) => reason === 'stop');
  });
});
