/** Runs one task at a time: a newer task aborts the older, whose late answer or error is then dropped. */
export class Latest {
  #current: AbortController | undefined;

  get running(): boolean {
    return this.#current !== undefined;
  }

  /**
   * Answers undefined where a newer run, `cancel` or the caller's own signal came first, whatever the task did then.
   * Rejects only with an error of a task that was still wanted.
   */
  async run<T>(task: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<{ readonly value: T } | undefined> {
    this.cancel();
    const controller = new AbortController();
    const abort = () => controller.abort();
    if (signal?.aborted) return undefined;
    signal?.addEventListener('abort', abort, { once: true });
    this.#current = controller;
    try {
      const value = await task(controller.signal);
      return controller.signal.aborted ? undefined : { value };
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
      if (this.#current === controller) this.#current = undefined;
    }
  }

  cancel(): void {
    this.#current?.abort();
    this.#current = undefined;
  }
}
