import { GitLabError } from './gitlabError';

export interface RateLimiter {
  /**
   * Waits for a place, in the order of the calls, and gives the function that frees it again.
   * Rejects with the signal's reason when aborted, and with GitLabError `rate-limited` where the origin pauses for longer than `maxPauseMs`.
   */
  acquire(options: { readonly maxPauseMs: number; readonly signal?: AbortSignal | undefined }): Promise<() => void>;
  /** No request starts before this time (milliseconds since the epoch). A later end replaces an earlier one, never the other way. */
  pauseUntil(time: number): void;
}

interface RateLimiterOptions {
  /** Most requests at a time; 10 by default. */
  readonly concurrency?: number | undefined;
  /**
   * Most requests that start within any second. They need not be spaced: whoever waited may start at once. A number that is not
   * whole, such as 0.5 for one in two seconds, spaces them evenly.
   */
  readonly requestsPerSecond?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** The time, and something to do later. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls once after that many milliseconds, unless the function it gives is called before. */
  after(ms: number, call: () => void): () => void;
}

const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Limits the requests to one origin. */
export function createRateLimiter({ concurrency = 10, requestsPerSecond, clock = systemClock }: RateLimiterOptions = {}): RateLimiter {
  const budget = requestsPerSecond === undefined ? null : createBudget(requestsPerSecond);
  let waiting: Waiter[] = [];
  let running = 0;
  let pausedUntil = 0;
  let stopTimer = () => {};

  const startWaiting = (): void => {
    stopTimer();
    while (waiting.length > 0 && running < concurrency) {
      const now = clock.now();
      const delay = Math.max(pausedUntil - now, budget?.delayAt(now) ?? 0);
      if (delay > 0) {
        stopTimer = clock.after(Math.min(delay, longestTimerMs), startWaiting);
        return;
      }
      running++;
      budget?.spend(now);
      waiting.shift()?.start();
    }
  };

  const rejectImpatient = (): void => {
    const pauseMs = pausedUntil - clock.now();
    const impatient = waiting.filter((waiter) => waiter.maxPauseMs < pauseMs);
    if (impatient.length === 0) return;
    waiting = waiting.filter((waiter) => waiter.maxPauseMs >= pauseMs);
    for (const waiter of impatient) waiter.giveUp(pausedFor(pausedUntil));
  };

  return {
    acquire: ({ maxPauseMs, signal }) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const onAbort = () => waiter.giveUp(signal?.reason);
        const waiter: Waiter = {
          maxPauseMs,
          start() {
            signal?.removeEventListener('abort', onAbort);
            let held = true;
            resolve(() => {
              if (!held) return;
              held = false;
              running--;
              startWaiting();
            });
          },
          giveUp(reason) {
            signal?.removeEventListener('abort', onAbort);
            waiting = waiting.filter((other) => other !== waiter);
            // Stops the timer too where nobody waits for it any more.
            startWaiting();
            // The caller's own reason is passed on as it is, whatever it is.
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
            reject(reason);
          },
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        waiting.push(waiter);
        rejectImpatient();
        startWaiting();
      }),
    pauseUntil(time) {
      if (time <= pausedUntil) return;
      pausedUntil = time;
      rejectImpatient();
      startWaiting();
    },
  };
}

/** How many requests may start within a stretch of time, whichever stretch one looks at. */
function createBudget(requestsPerSecond: number): { delayAt(now: number): number; spend(now: number): void } {
  const burst = Number.isInteger(requestsPerSecond) ? requestsPerSecond : 1;
  const windowMs = (1000 * burst) / requestsPerSecond;
  /** When the requests of the last window started, oldest first. */
  const starts: number[] = [];
  return {
    delayAt(now) {
      // A clock that was set back must not stop everything until it is there again.
      const counts = (start: number) => start <= now && start + windowMs > now;
      while (starts[0] !== undefined && !counts(starts[0])) starts.shift();
      return starts[0] === undefined || starts.length < burst ? 0 : starts[0] + windowMs - now;
    },
    spend: (now) => void starts.push(now),
  };
}

interface Waiter {
  readonly maxPauseMs: number;
  start(): void;
  giveUp(reason: unknown): void;
}

/** Timers of more than 2^31 ms fire at once. */
const longestTimerMs = 2 ** 31 - 1;

function pausedFor(until: number): GitLabError {
  return new GitLabError('rate-limited', `GitLab answers no requests before ${new Date(until).toISOString()}, because there were too many. Try again then.`, {
    retryAt: until,
  });
}
