import type { TrainProgress } from '../contract.ts';
import { GraderError } from '../errors.ts';

interface Guard {
  readonly signal: AbortSignal;
  /** To be told what the trainer says. */
  readonly onProgress: (progress: TrainProgress) => void;
}

interface Bounds {
  readonly seconds: number;
  /** Ends the trainer before. */
  readonly signal: AbortSignal;
}

/** Seconds after the limit in which a trainer ends by itself, unless one call into TensorFlow lasts. */
const grace = 2;

/**
 * Runs a trainer's job, which minds its own clock but cannot cut a call into TensorFlow short: it is
 * killed two seconds after its limit, with fault `limit`.
 */
export async function inTime<Result>(
  { seconds, signal }: Bounds,
  run: (guard: Guard) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onProgress = ({ type }: TrainProgress) => {
    if (type === 'started') timer = setTimeout(() => late.abort(), (seconds + grace) * 1000);
  };
  try {
    return await run({ signal: AbortSignal.any([signal, late.signal]), onProgress });
  } catch (error) {
    if (!late.signal.aborted || signal.aborted) throw error;
    throw tooSlow(seconds);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(seconds: number): GraderError {
  return new GraderError({
    fault: 'limit',
    code: 'time-limit',
    message: `Time limit: ${seconds} s were over in the middle of one step, which cannot be cut short; it was ended ${grace} s later.`,
    help: 'Take a smaller model, a smaller batch or shorter sequences: one step has to be a small part of the time.',
  });
}
