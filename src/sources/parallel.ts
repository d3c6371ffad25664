/** Does the work for every item, at most `limit` at a time, and gives the results in the items' order. The first rejection ends it. */
export async function inParallel<Item, Result>(items: readonly Item[], limit: number, signal: AbortSignal, work: (item: Item, index: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let broken = false;
  const worker = async () => {
    for (let index = next++; index < items.length && !broken; index = next++) {
      signal.throwIfAborted();
      results[index] = await work(items[index] as Item, index);
    }
  };
  const workers = Array.from({ length: Math.min(limit, items.length) }, async () => {
    try {
      await worker();
    } catch (error) {
      broken = true;
      throw error;
    }
  });
  // All of them are awaited, so that no work goes on after this has ended.
  const outcomes = await Promise.allSettled(workers);
  const rejected = outcomes.find((outcome) => outcome.status === 'rejected');
  if (rejected) throw rejected.reason;
  return results;
}
