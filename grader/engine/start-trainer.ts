import { builtProgram } from '../built.ts';
import type { TrainJob, TrainProgress, TrainResult } from '../contract.ts';
import { startChild, type StartedChild } from '../process/start-child.ts';
import { planEnvironment, type ProcessPlan } from './plan.ts';
import { tensorflowEnvironment } from './tensorflow-environment.ts';

/** What a trainer must know before it loads TensorFlow. */
export interface TrainerSetting {
  /** The addon of the engine in use. */
  readonly addon: string;
  readonly plan: ProcessPlan;
  /** Whether TensorFlow may use a GPU that is there. */
  readonly mayUseGpu: boolean;
}

export type Trainer = StartedChild<TrainJob, TrainProgress, TrainResult>;

/**
 * Starts a process that loads TensorFlow and waits for the one job it trains. `run` throws what
 * `train` throws, and `machine` when the process dies.
 */
export function startTrainer({ addon, plan, mayUseGpu }: TrainerSetting): Trainer {
  return startChild({
    program: builtProgram('engine/train-child'),
    args: [addon],
    environment: {
      ...tensorflowEnvironment(),
      ...planEnvironment(plan),
      TF_CPP_MIN_LOG_LEVEL: '1',
      ...(mayUseGpu ? gpuEnvironment : { CUDA_VISIBLE_DEVICES: '-1' }),
    },
  });
}

const gpuEnvironment = {
  // TensorFlow would otherwise take all memory of a GPU for itself.
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  // Sums in an order that differs from run to run would give the same submission other points.
  TF_DETERMINISTIC_OPS: '1',
};
