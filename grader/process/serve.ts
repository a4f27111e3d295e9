import type { Failure } from '../contract.ts';
import { toFailure } from '../errors.ts';

export type ChildMessage<Progress, Result> =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'done'; readonly result: Result }
  | { readonly type: 'failed'; readonly failure: Failure };

/** What the parent sends after the job to ask for an early end with a result. */
export const stopMessage = 'stop';

/**
 * The child's side of `runChild`: takes one job over IPC, answers with progress and one result, ends.
 * A thrown `GraderError` becomes a `failed` message; the parent decides what it means. The signal
 * fires when the parent asks for an early end.
 */
export function serve(
  work: (job: unknown, report: (progress: unknown) => void, stop: AbortSignal) => Promise<unknown>,
): void {
  const stop = new AbortController();
  const send = (message: ChildMessage<unknown, unknown>) =>
    new Promise<void>((resolve) => process.send?.(message, () => resolve()));
  process.once('message', (job) => {
    process.on('message', (message) => {
      if (message === stopMessage) stop.abort();
    });
    const report = (progress: unknown) => void send({ type: 'progress', progress });
    Promise.resolve()
      .then(() => work(job, report, stop.signal))
      .then((result) => send({ type: 'done', result }))
      .catch((error: unknown) => send({ type: 'failed', failure: toFailure(error) }))
      .finally(() => process.exit());
  });
  process.once('disconnect', () => process.exit());
  // The parent handles Ctrl-C and ends its children; a child that died first would lose its result.
  process.on('SIGINT', () => {});
}
