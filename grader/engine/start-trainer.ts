import { builtProgram } from '../built.ts';
import type { TrainJob, TrainProgress, TrainResult } from '../contract.ts';
import { startChild, type StartedChild } from '../process/start-child.ts';
import { planEnvironment, type ProcessPlan } from './plan.ts';

/** What a trainer must know before it loads TensorFlow. */
export interface TrainerSetting {
  /** The addon of the engine in use. */
  readonly addon: string;
  readonly plan: ProcessPlan;
  /** Keeps TensorFlow from using a GPU that is there. */
  readonly hidesGpu: boolean;
}

export type Trainer = StartedChild<TrainJob, TrainProgress, TrainResult>;

/**
 * Starts a process that loads TensorFlow and waits for the one job it trains. `run` throws what
 * `train` throws, and `machine` when the process dies.
 */
export function startTrainer({ addon, plan, hidesGpu }: TrainerSetting): Trainer {
  return startChild({
    program: builtProgram('engine/train-child'),
    args: [addon],
    environment: {
      ...planEnvironment(plan),
      TF_CPP_MIN_LOG_LEVEL: '1',
      // TensorFlow would otherwise take all memory of a GPU for itself.
      TF_FORCE_GPU_ALLOW_GROWTH: 'true',
      ...(hidesGpu ? { CUDA_VISIBLE_DEVICES: '-1' } : {}),
    },
  });
}
