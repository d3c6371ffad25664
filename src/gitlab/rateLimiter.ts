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

/** Limits the requests to one origin: at most `concurrency` at a time, and if given `requestsPerSecond`, evenly spaced. */
export function createRateLimiter(options: { readonly concurrency?: number; readonly requestsPerSecond?: number } = {}): RateLimiter {
  const { concurrency = 10, requestsPerSecond } = options;
  let waiting: Waiter[] = [];
  let running = 0;
  let pausedUntil = 0;
  let nextStart = 0;
  let timer: NodeJS.Timeout | undefined;

  const startWaiting = (): void => {
    clearTimeout(timer);
    while (waiting.length > 0 && running < concurrency) {
      const now = Date.now();
      const delay = Math.max(pausedUntil, nextStart) - now;
      if (delay > 0) {
        timer = setTimeout(startWaiting, Math.min(delay, longestTimerMs));
        return;
      }
      running++;
      if (requestsPerSecond) nextStart = now + 1000 / requestsPerSecond;
      waiting.shift()?.start();
    }
  };

  const rejectImpatient = (): void => {
    const pauseMs = pausedUntil - Date.now();
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
