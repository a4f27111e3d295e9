import { CompiledTrainer } from './compiled/compiled-trainer.ts';
import { CompileRefusal } from './compiled/refusal.ts';
import type { NativeTensorFlow } from './native.ts';
import { EagerTrainer, type TrainerSettings } from './train/eager-trainer.ts';
import type { Trainer } from './train/trainer.ts';

export interface ChosenTrainer {
  readonly trainer: Trainer;
  /** Why the training runs op by op; null where it is compiled. */
  readonly refusal: string | null;
}

/** The compiled trainer, or, for what it refuses, the one that runs op by op. */
export function makeTrainer(native: NativeTensorFlow, settings: TrainerSettings): ChosenTrainer {
  try {
    const trainer = new CompiledTrainer(native, settings, { shards: 1 });
    return { trainer, refusal: null };
  } catch (error) {
    if (!(error instanceof CompileRefusal)) throw error;
    return { trainer: new EagerTrainer(settings), refusal: error.message };
  }
}
