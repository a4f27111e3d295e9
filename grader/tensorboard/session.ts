import { join } from 'node:path';
import type { EpochRecord, ModelSummary, Recipe } from '../contract.ts';
import { EventFile } from './event-file.ts';
import { histogramOf } from './histogram.ts';
import { hparamsOf } from './hparams.ts';
import { keptWeights } from './kept-weights.ts';
import { layerNodes } from './layer-nodes.ts';

/** What is trained. */
export interface Training {
  readonly recipe: Recipe;
  readonly seed: number;
  readonly model: ModelSummary;
}

/** What came of it on the held-out rows. */
interface Result {
  readonly metric: string;
  /** Null where nothing was scored. */
  readonly value: number | null;
  /** Null where nothing was judged. */
  readonly points: number | null;
}

const validationPrefix = 'val_';

/** One training, or the score of a model that is not trained, in a folder. */
export class Session {
  private readonly folder: string;
  private readonly files = new Map<string, EventFile>();

  /** Throws what the file system does. */
  constructor(folder: string) {
    this.folder = folder;
    this.run('.');
  }

  /** Hyperparameters and graph; of a training that begins once more, what was before counts no more. */
  begin({ recipe, seed, model }: Training): void {
    if (this.files.has('train')) {
      for (const file of this.files.values()) file.write({ kind: 'restart' });
      return;
    }
    const seconds = Date.now() / 1000;
    this.run('.').write({ kind: 'start', hparams: hparamsOf(recipe, seed), seconds });
    this.run('train').write({ kind: 'graph', nodes: layerNodes(recipe.model, model) });
  }

  /** As Keras's TensorBoard callback names an epoch's values and counts epochs, from 0. */
  epoch({ epoch, logs, learningRate, gradientNorm }: EpochRecord): void {
    const scalar = (run: string, name: string, value: number) =>
      this.run(run).write({ kind: 'scalar', tag: `epoch_${name}`, value }, epoch - 1);
    for (const [name, value] of Object.entries(logs)) {
      const isValidation = name.startsWith(validationPrefix);
      if (isValidation) scalar('validation', name.slice(validationPrefix.length), value);
      else scalar('train', name, value);
    }
    scalar('train', 'learning_rate', learningRate);
    scalar('train', 'gradient_norm', gradientNorm.mean);
  }

  /** The weights that were graded, those of an epoch from 1. */
  weights(model: string, epoch: number): void {
    for (const { name, values } of keptWeights(model)) {
      const rows = histogramOf(values);
      const tag = `${name}/histogram`;
      if (rows) this.run('train').write({ kind: 'histogram', tag, rows }, Math.max(0, epoch - 1));
    }
  }

  end({ metric, value, points }: Result): void {
    const file = this.run('.');
    const scalar = (name: string, number: number | null) => {
      if (number !== null) file.write({ kind: 'scalar', tag: `held_out/${name}`, value: number });
    };
    scalar(metric, value);
    scalar('points', points);
    file.write({ kind: 'end', isGraded: value !== null, seconds: Date.now() / 1000 });
  }

  private run(name: string): EventFile {
    const file = this.files.get(name) ?? new EventFile(join(this.folder, name));
    this.files.set(name, file);
    return file;
  }
}
