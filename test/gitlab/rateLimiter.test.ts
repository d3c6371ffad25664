import assert from 'node:assert/strict';
import { createRateLimiter, type Clock } from '../../src/gitlab/rateLimiter';
import { rejection } from './expect';

const patient = { maxPauseMs: 60_000 };

/** Lets everything that can settle now settle. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A clock that stands still until it runs from one thing that is to be done to the next. */
class HandClock implements Clock {
  private due: { readonly at: number; readonly call: () => void }[] = [];

  constructor(private time = 0) {}

  now(): number {
    return this.time;
  }

  set(time: number): void {
    this.time = time;
  }

  after(ms: number, call: () => void): () => void {
    const entry = { at: this.time + ms, call };
    this.due.push(entry);
    return () => void (this.due = this.due.filter((other) => other !== entry));
  }

  get waiting(): number {
    return this.due.length;
  }

  async run(): Promise<void> {
    for (;;) {
      await settled();
      const next = this.due.reduce<(typeof this.due)[number] | null>((first, other) => (first && first.at <= other.at ? first : other), null);
      if (!next) return;
      this.due = this.due.filter((other) => other !== next);
      this.time = Math.max(this.time, next.at);
      next.call();
    }
  }
}

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

  describe('with requests per second', () => {
    for (const [requestsPerSecond, starts] of [
      [1, [0, 1000, 2000, 3000, 4000]],
      [2, [0, 0, 1000, 1000, 2000]],
      [4, [0, 0, 0, 0, 1000]],
      [5, [0, 0, 0, 0, 0]],
      [0.5, [0, 2000, 4000, 6000, 8000]],
      [2.5, [0, 400, 800, 1200, 1600]],
      [0.001, [0, 1e6, 2e6, 3e6, 4e6]],
    ] as const) {
      it(`starts at ${starts.join(', ')} ms where ${requestsPerSecond} are allowed`, async () => {
        const clock = new HandClock();
        const limiter = createRateLimiter({ requestsPerSecond, clock });
        const started: number[] = [];
        for (const _ of starts) void limiter.acquire(patient).then(() => started.push(clock.now()));
        await clock.run();
        assert.deepEqual(started, starts);
      });
    }

    it('never starts more of them within any second, whenever they come', async () => {
      const clock = new HandClock();
      const limiter = createRateLimiter({ concurrency: 100, requestsPerSecond: 3, clock });
      const started: number[] = [];
      for (const at of [0, 900, 900, 950, 950, 1100, 1900, 1950, 2000, 2000]) {
        clock.after(at, () => void limiter.acquire(patient).then((release) => (started.push(clock.now()), release())));
      }
      await clock.run();
      assert.equal(started.length, 10);
      for (const from of started) assert(started.filter((at) => at >= from && at < from + 1000).length <= 3, started.join(', '));
      assert.deepEqual(started, [0, 900, 900, 1000, 1900, 1900, 2000, 2900, 2900, 3000]);
    });

    it('gives up at once when aborted, however long it would have to wait', async () => {
      const clock = new HandClock();
      const limiter = createRateLimiter({ requestsPerSecond: 0.001, clock });
      await limiter.acquire(patient);
      const controller = new AbortController();
      const aborted = limiter.acquire({ ...patient, signal: controller.signal });
      controller.abort('stop');
      await assert.rejects(aborted, (reason) => reason === 'stop');
      assert.equal(clock.now(), 0);
      assert.equal(clock.waiting, 0, 'no timer is left');
    });

    it('goes on although the clock was set back', async () => {
      const clock = new HandClock(3_600_000);
      const limiter = createRateLimiter({ requestsPerSecond: 1, clock });
      await limiter.acquire(patient);
      clock.set(0);
      await limiter.acquire(patient);
      assert.equal(clock.now(), 0);
    });
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
