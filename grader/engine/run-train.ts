import { builtProgram } from '../built.ts';
import type { TrainJob, TrainProgress, TrainResult } from '../contract.ts';
import { runChild } from '../process/run-child.ts';

export interface TrainOptions {
  readonly threads: number;
  /** Keeps TensorFlow from using a GPU that is there. */
  readonly hidesGpu: boolean;
  readonly onProgress: (progress: TrainProgress) => void;
  /** TensorFlow's and TF.js's own words, for the log. */
  readonly onLog: (line: string) => void;
  /** Kills the trainer. */
  readonly signal: AbortSignal;
  /** Asks it for an end after the current step. */
  readonly softStop: AbortSignal;
}

/** Trains in a process of its own. Throws what `train` throws, and `machine` when the process dies. */
export function runTrain(job: TrainJob, options: TrainOptions): Promise<TrainResult> {
  const { threads, hidesGpu, onProgress, onLog, signal, softStop } = options;
  return runChild<TrainJob, TrainProgress, TrainResult>({
    program: builtProgram('engine/train-child'),
    job,
    // Read by libtensorflow when it is loaded, so they cannot be set inside the process.
    environment: {
      TF_NUM_INTRAOP_THREADS: String(threads),
      TF_NUM_INTEROP_THREADS: '1',
      TF_CPP_MIN_LOG_LEVEL: '1',
      // TensorFlow would otherwise take all memory of a GPU for itself.
      TF_FORCE_GPU_ALLOW_GROWTH: 'true',
      ...(hidesGpu ? { CUDA_VISIBLE_DEVICES: '-1' } : {}),
    },
    onProgress,
    onStderr: onLog,
    signal,
    softStop,
  });
}
