import { abortable } from '../gitlab/abortable';

/** Work that several may wait for. */
export interface SharedWork<T> {
  readonly result: Promise<T>;
  /** Of who started it. */
  readonly signal: AbortSignal;
}

/** Waits for work that `find` finds under way or starts, and for another one where who started it gave up. Rejects with the signal's reason, or as the work does. */
export async function awaitShared<T>(find: () => SharedWork<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const work = find();
    try {
      return await abortable(work.result, signal);
    } catch (error) {
      if (signal.aborted || !work.signal.aborted) throw error;
    }
  }
}
