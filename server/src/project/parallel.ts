// Waiting for many things at once, but not for too many.

/** Calls `task` for every item, at most `limit` at a time. */
export async function inParallel<T>(items: readonly T[], task: (item: T) => Promise<void>, limit = 32): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const item = items[next++];
      if (item !== undefined) await task(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
}
