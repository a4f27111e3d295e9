import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { builtProgram } from '../process/built-program.ts';
import type {
  ArrayFile,
  EvaluateJob,
  EvaluateResult,
  PreparedData,
  TrainJob,
  TrainProgress,
  TrainResult,
} from '../contract.ts';
import type { Confinement } from '../process/confinement.ts';
import { startChild, type ChildListener } from '../process/start-child.ts';
import { confine } from '../sandbox/confine.ts';
import type { Isolation } from '../sandbox/isolation.ts';
import {
  checkEvaluateResult,
  checkTrainProgress,
  checkTrainResult,
} from './process/check-results.ts';
import { planEnvironment, type ProcessPlan } from './process/plan.ts';
import { makeRoom, type Room } from './process/room.ts';
import { readMemory } from '../setup/machine.ts';
import { tensorflowEnvironment } from './process/tensorflow-environment.ts';

/** What a trainer must know before it loads TensorFlow. */
export interface TrainerSetting {
  /** The addon of the engine in use, and its library. */
  readonly addon: string;
  readonly library: string;
  readonly plan: ProcessPlan;
  /** Whether TensorFlow may use a GPU that is there. */
  readonly mayUseGpu: boolean;
  readonly isolation: Isolation;
}

export type EngineJob =
  | { readonly kind: 'train'; readonly job: TrainJob }
  | { readonly kind: 'evaluate'; readonly job: EvaluateJob };

/** A process that loads TensorFlow and waits for its one job. */
export interface TrainerProcess {
  /** False once the process has ended, for whatever reason. */
  isAlive(): boolean;
  /** Throws what `train` throws, and `machine` when the process dies. */
  train(job: TrainJob, listener: ChildListener<TrainProgress>): Promise<TrainResult>;
  /** Throws what `evaluate` throws, and `machine` when the process dies. */
  evaluate(job: EvaluateJob, listener: ChildListener<TrainProgress>): Promise<EvaluateResult>;
  /** Kills the process, whatever it does. */
  end(): void;
}

/** Names of what a trainer writes for its parent. */
const predictionsName = 'predictions.f32';
const modelName = 'model';

export function startTrainer(setting: TrainerSetting): TrainerProcess {
  const room = makeRoom();
  const child = startChild<EngineJob, unknown, unknown>({
    program: builtProgram('engine/child'),
    args: [setting.addon],
    confinement: trainerConfinement(setting, room),
  });
  const run = async (work: EngineJob, listener: ChildListener<TrainProgress>) => {
    const { onProgress } = listener;
    try {
      return await child.run(work, {
        ...listener,
        onProgress: (progress) => onProgress?.(checkTrainProgress(progress)),
      });
    } catch (error) {
      room.remove();
      throw error;
    }
  };
  return {
    isAlive: () => child.isAlive(),
    end() {
      child.end();
      room.remove();
    },
    async train(job, listener) {
      const [data, directory] = [await bring(job.data, room), room.outside];
      const answer = await run({ kind: 'train', job: { ...job, data, directory } }, listener);
      const result = checkTrainResult(answer, job);
      await room.take([predictionsName, modelName], job.directory);
      room.remove();
      return result;
    },
    async evaluate(job, listener) {
      const [data, directory] = [await bring(job.data, room), room.outside];
      const { weights } = job.trained;
      const trained = {
        ...job.trained,
        weights: { ...weights, path: await room.put(weights.path) },
      };
      const moved = { ...job, data, directory, trained };
      const result = checkEvaluateResult(
        await run({ kind: 'evaluate', job: moved }, listener),
        job,
      );
      await room.take([predictionsName], job.directory);
      room.remove();
      return result;
    },
  };
}

/** The same data as files in the room. */
async function bring(data: PreparedData, room: Room): Promise<PreparedData> {
  const put = async (file: ArrayFile) => ({ ...file, path: await room.put(file.path) });
  const part = async ({ inputs, targets }: PreparedData['training']) => ({
    inputs: await put(inputs),
    targets: await put(targets),
  });
  return {
    ...data,
    training: await part(data.training),
    validation: await part(data.validation),
    heldOut: { inputs: await put(data.heldOut.inputs) },
  };
}

const gibibyte = 2 ** 30;
/** For the end of a trainer whose grader is stopped; its own time limit ends it long before. */
const mostSeconds = 4 * 3600;

/** What holds a trainer. */
export function trainerConfinement(
  setting: TrainerSetting,
  room: Pick<Room, 'inside' | 'outside'>,
): Confinement {
  const { addon, library, plan, mayUseGpu, isolation } = setting;
  // By the names by which they are asked for, and where links lead.
  const files = [addon, library].flatMap((path) => [path, realpathSync(path)]);
  const folders = [...new Set(files.map((path) => dirname(path)))];
  return confine(isolation, {
    packages: ['@tensorflow/tfjs-node-gpu', '@bufbuild/protobuf'],
    read: [...folders, room.inside],
    write: [room.outside],
    heapBytes: 4 * gibibyte,
    // CUDA maps the machine's memory as writable; a GPU's trainer is watched by what it takes.
    dataBytes: mayUseGpu ? Infinity : readMemory().bytes + gibibyte,
    fileBytes: 4 * gibibyte,
    cpuSeconds: mostSeconds * Math.max(plan.intraOp, plan.interOp),
    wallSeconds: mostSeconds,
    native: { mayUseGpu, temporaryBytes: gibibyte },
    environment: {
      ...tensorflowEnvironment(),
      ...planEnvironment(plan),
      TF_CPP_MIN_LOG_LEVEL: '1',
      // A jail does not show the limits of a container.
      GRADER_MEMORY_BYTES: String(readMemory().bytes),
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
