import { builtProgram } from '../built.ts';
import type {
  EvaluateJob,
  EvaluateResult,
  TrainJob,
  TrainProgress,
  TrainResult,
} from '../contract.ts';
import { startChild, type ChildListener } from '../process/start-child.ts';
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

export type EngineJob =
  | { readonly kind: 'train'; readonly job: TrainJob }
  | { readonly kind: 'evaluate'; readonly job: EvaluateJob };

/** A process that loads TensorFlow and waits for its one job. */
export interface Trainer {
  /** False once the process has ended, for whatever reason. */
  isAlive(): boolean;
  /** Throws what `train` throws, and `machine` when the process dies. */
  train(job: TrainJob, listener: ChildListener<TrainProgress>): Promise<TrainResult>;
  /** Throws what `evaluate` throws, and `machine` when the process dies. */
  evaluate(job: EvaluateJob, listener: ChildListener<TrainProgress>): Promise<EvaluateResult>;
  /** Kills the process, whatever it does. */
  end(): void;
}

export function startTrainer({ addon, plan, mayUseGpu }: TrainerSetting): Trainer {
  const child = startChild<EngineJob, TrainProgress, unknown>({
    program: builtProgram('engine/train-child'),
    args: [addon],
    environment: {
      ...tensorflowEnvironment(),
      ...planEnvironment(plan),
      TF_CPP_MIN_LOG_LEVEL: '1',
      ...(mayUseGpu ? gpuEnvironment : { CUDA_VISIBLE_DEVICES: '-1' }),
    },
  });
  return {
    isAlive: () => child.isAlive(),
    end: () => child.end(),
    train: async (job, listener) =>
      (await child.run({ kind: 'train', job }, listener)) as TrainResult,
    evaluate: async (job, listener) =>
      (await child.run({ kind: 'evaluate', job }, listener)) as EvaluateResult,
  };
}

const gpuEnvironment = {
  // TensorFlow would otherwise take all memory of a GPU for itself.
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  // Sums in an order that differs from run to run would give the same submission other points.
  TF_DETERMINISTIC_OPS: '1',
};
