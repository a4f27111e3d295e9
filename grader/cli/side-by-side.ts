interface SideBySide {
  /** How many items are worked on at once. */
  readonly jobs: number;
  /** Nothing new begins once it fires. */
  readonly signal: AbortSignal;
}

/**
 * Works through items in their order, some at once. What the work throws keeps further items from
 * beginning and is thrown when those that run have ended.
 */
export async function sideBySide<Item>(
  items: readonly Item[],
  { jobs, signal }: SideBySide,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const waiting = items.entries();
  let hasFailed = false;
  const workThrough = async () => {
    while (!hasFailed && !signal.aborted) {
      const { value } = waiting.next();
      if (!value) return;
      await work(value[1], value[0]).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: jobs }, workThrough));
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}
