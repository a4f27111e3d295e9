import { readRows } from '../../../array-file.ts';
import type { Insides, NdArray, Scale, TrainJob, UnitCount } from '../../../contract.ts';
import { seededRandom } from '../../../random.ts';
import { applyModel, type Called } from '../../model/apply-model.ts';
import { countMultiplyAdds } from '../../model/count-multiply-adds.ts';
import { weightsOf, type Model, type PlainLayer } from '../../model/model.ts';
import { batchesOf, formAll, readStored, rowNumbers } from '../../rows/batches.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { inputsFor } from '../held-out.ts';
import { ScaleSums } from './scale-sums.ts';

/** Of a unit that is above 0 on a hundredth of all rows, one in thirteen would see no such row. */
const mostRows = 256;
/** Multiply-adds of all rows together: a tenth of a second of one core. */
const mostWork = 2 ** 30;

/**
 * What the layers of a trained model are given and give, on some rows of the training part, evenly spread
 * and as they are stored. Nothing of the model changes.
 */
export async function lookInside(model: Model, job: TrainJob): Promise<Insides> {
  const { inputs, targets } = job.data.training;
  const rows = someRows(inputs.shape, model);
  const reader = inputsFor(model, await readRows(inputs, rows), job);
  const seen = new Seen();
  for (const batch of batchesOf(rowNumbers(rows.length), job.room.predicted)) {
    const values = await readStored(reader, batch);
    tf.tidy(() => {
      const given = formAll([reader], [values]);
      applyModel(model, given, { training: false, onCall: (call) => seen.add(call) });
    });
    // Lets messages of the parent process in.
    await new Promise(setImmediate);
  }
  const isOfNumbers = ['regression', 'forecast'].includes(job.problem.task);
  return {
    rows: rows.length,
    inputs: seen.inputs(),
    targets: isOfNumbers ? scaleOf(await readRows(targets, rows)) : null,
    units: seen.units(),
  };
}

function scaleOf({ data, shape }: NdArray): Scale | null {
  const sums = new ScaleSums();
  tf.tidy(() => sums.add(tf.tensor(data, [...shape], 'float32')));
  return sums.scale();
}

/** One of each stretch, by chance: an even step would find one class only where classes take turns. */
function someRows([all = 0, ...row]: readonly number[], model: Model): Int32Array {
  const work = countMultiplyAdds(model, Math.max(1, ...row));
  const count = Math.min(all, mostRows, Math.max(1, Math.floor(mostWork / work)));
  const random = seededRandom(1);
  const within = () => (count < all ? random() : 0);
  return Int32Array.from({ length: count }, (_, at) => Math.floor(((at + within()) * all) / count));
}

/** What is kept of the calls of a model's layers. */
class Seen {
  private first: PlainLayer | null = null;
  private readonly given = new ScaleSums();
  /** By layer, whether each unit was other than 0 somewhere. */
  private readonly alive = new Map<PlainLayer, boolean[]>();

  add({ layer, inputs, outputs }: Called): void {
    if (isWeighted(layer)) this.first ??= layer;
    const [input] = inputs;
    if (layer === this.first && input) this.given.add(input);
    const [output] = outputs;
    if (!isZeroBelowZero(layer) || !output) return;
    const before = this.alive.get(layer) ?? [];
    const now = aliveUnits(output);
    this.alive.set(
      layer,
      now.map((isAlive, unit) => isAlive || (before[unit] ?? false)),
    );
  }

  /** Null where they are word ids, or no numbers. */
  inputs(): Scale | null {
    return this.first?.className === 'Embedding' ? null : this.given.scale();
  }

  units(): readonly UnitCount[] {
    return [...this.alive].map(([layer, units]) => ({
      layer: layer.name,
      units: units.length,
      dead: units.filter((isAlive) => !isAlive).length,
    }));
  }
}

/** Not of a normalization, whose weights follow a scaling of its own. */
function isWeighted(layer: PlainLayer): boolean {
  const isTrained = weightsOf(layer).some(({ spec }) => spec.isTrained !== false);
  return isTrained && !layer.className.endsWith('Normalization');
}

function isZeroBelowZero({ className, options }: PlainLayer): boolean {
  if (className === 'ReLU') return options['negativeSlope'] === 0;
  return ['relu', 'relu6'].includes(String(options['activation']));
}

/** Along the last axis. */
function aliveUnits(output: Tensor): boolean[] {
  return tf.tidy(() => {
    const axes = output.shape.map((_, axis) => axis).slice(0, -1);
    const values = tf.any(tf.notEqual(output, 0), axes).dataSync();
    return Array.from(values, (value) => value === 1);
  });
}
