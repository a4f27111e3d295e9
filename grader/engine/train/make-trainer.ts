import type { Execution, ExecutionPlan, RoomPlan } from '../../contract.ts';
import { CompiledTrainer } from '../compiled/training/compiled-trainer.ts';
import { CompileRefusal } from '../compiled/trace/refusal.ts';
import type { NativeTensorFlow } from '../tensorflow/native.ts';
import { EagerTrainer } from './eager-trainer.ts';
import { lossOf } from './losses/table.ts';
import { maskedOutputs } from './masked-outputs.ts';
import type { TrainerSettings } from './settings.ts';
import type { Trainer } from './trainer.ts';

export interface ChosenTrainer {
  readonly trainer: Trainer;
  readonly execution: Execution;
}

/** The compiled trainer, or, for what it refuses, the one that runs op by op. */
export function makeTrainer(
  native: NativeTensorFlow,
  settings: TrainerSettings,
  plan: Pick<ExecutionPlan, 'shards'> & Partial<Pick<RoomPlan, 'evaluations'>>,
): ChosenTrainer {
  const { outputs } = settings.recipe.compile;
  // A mask weighs by how much of the batch counts.
  const needsWholeBatches =
    outputs.some(({ loss }) => lossOf(loss).seesTheBatch) || maskedOutputs(settings).includes(true);
  // A GPU has one queue of work, which whole batches fill better.
  const shards = native.usesGpu || needsWholeBatches ? 1 : plan.shards;
  try {
    const trainer = new CompiledTrainer(native, settings, {
      shards,
      parallel: plan.evaluations ?? 1,
    });
    return { trainer, execution: { mode: 'graph', shards } };
  } catch (error) {
    if (!(error instanceof CompileRefusal)) throw error;
    const execution = { mode: 'eager', reason: error.message } as const;
    return { trainer: new EagerTrainer(settings), execution };
  }
}
