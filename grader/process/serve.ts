import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { toFailure } from '../errors.ts';
import { messageDescriptor } from './confinement.ts';
import { readMessage, writeMessage, type ParentMessage } from './messages.ts';

type ChildWork = (
  job: unknown,
  onProgress: (progress: unknown) => void,
  stop: AbortSignal,
) => Promise<unknown>;

/**
 * The child's side of `startChild`: warms up, takes one job on stdin, answers with progress and one
 * result on a pipe of its own, ends. A thrown `GraderError` becomes a `failed` message; the parent
 * decides what it means. The signal fires when the parent asks for an early end. A program that
 * imports for long does so in `warmUp`, so that the parent's end and Ctrl-C are minded from the start.
 */
export function serve(work: ChildWork, warmUp?: () => Promise<unknown>): void {
  // The parent handles Ctrl-C and ends its children; a child that died first would lose its result.
  process.on('SIGINT', () => {});
  process.on('SIGHUP', () => {});
  // Otherwise Node would open its inspector, to whoever may send the signal.
  process.on('SIGUSR1', () => {});
  const warm = Promise.resolve(warmUp?.()).catch(() => {
    // The work meets the same fault and tells it.
  });
  const stop = new AbortController();
  const onProgress = (progress: unknown) => send({ type: 'progress', progress });
  const lines = createInterface({ input: process.stdin });
  let hasJob = false;
  lines.on('line', (line) => {
    const message = readMessage(line) as ParentMessage;
    if (message.type === 'stop') stop.abort();
    if (message.type !== 'job' || hasJob) return;
    hasJob = true;
    warm
      .then(() => work(message.job, onProgress, stop.signal))
      .then((result) => send({ type: 'done', result }))
      .catch((error: unknown) => send({ type: 'failed', failure: toFailure(error) }))
      .finally(() => process.exit());
  });
  // The parent holds the other end for as long as it lives.
  lines.on('close', () => process.exit());
}

function send(message: object): void {
  const bytes = Buffer.from(writeMessage(message));
  for (let done = 0; done < bytes.length;) {
    done += writeSync(messageDescriptor, bytes, done);
  }
}
