import type { Failure } from '../contract.ts';
import { toFailure } from '../errors.ts';

export type ChildMessage<Progress, Result> =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'done'; readonly result: Result }
  | { readonly type: 'failed'; readonly failure: Failure };

/** What the parent sends after the job to ask for an early end with a result. */
export const stopMessage = 'stop';

export type Work = (
  job: unknown,
  report: (progress: unknown) => void,
  stop: AbortSignal,
) => Promise<unknown>;

/**
 * The child's side of `startChild`: warms up, takes one job over IPC, answers with progress and one
 * result, ends. A thrown `GraderError` becomes a `failed` message; the parent decides what it means.
 * The signal fires when the parent asks for an early end. A program that imports for long does so
 * in `warmUp`, so that the parent's end and Ctrl-C are minded from the start.
 */
export function serve(work: Work, warmUp?: () => Promise<unknown>): void {
  // The parent handles Ctrl-C and ends its children; a child that died first would lose its result.
  process.on('SIGINT', () => {});
  process.once('disconnect', () => process.exit());
  if (!process.connected) process.exit();
  const warm = Promise.resolve(warmUp?.()).catch(() => {
    // The work meets the same fault and tells it.
  });
  const stop = new AbortController();
  process.once('message', (job) => {
    process.on('message', (message) => {
      if (message === stopMessage) stop.abort();
    });
    const report = (progress: unknown) => void send({ type: 'progress', progress });
    warm
      .then(() => work(job, report, stop.signal))
      .then((result) => send({ type: 'done', result }))
      .catch((error: unknown) => send({ type: 'failed', failure: toFailure(error) }))
      .finally(() => process.exit());
  });
}

function send(message: ChildMessage<unknown, unknown>): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}
