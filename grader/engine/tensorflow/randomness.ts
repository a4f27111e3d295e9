import { deriveSeed } from '../../random.ts';
import { dataTypes, nativeOp } from './native-ops.ts';
import { tf, type Tensor } from './tf.ts';

interface TrainingStep {
  readonly step: Tensor;
  /** How often each layer has drawn in this step, for layers that a model calls twice. */
  readonly draws: Map<object, number>;
}

/** A layer with its own seed, if it has one, and the layers within it. */
interface LayerTree {
  readonly seed: number | null;
  readonly within: readonly LayerTree[];
}

const seeds = new WeakMap<object, number>();
let current: TrainingStep | null = null;

/** Runs one training step; `step`, an int32 scalar, counts the steps done before. */
export function withStep<Result>(step: Tensor, work: () => Result): Result {
  const before = current;
  current = { step, draws: new Map() };
  try {
    return work();
  } finally {
    current = before;
  }
}

/** Gives every layer of a model its own stream of random numbers, or the `seed` of its settings. */
export function seedRandomLayers(
  model: { readonly layers: readonly LayerTree[] },
  seed: number,
): void {
  let position = 0;
  const visit = (layer: LayerTree) => {
    seeds.set(layer, layer.seed ?? deriveSeed(seed, position));
    position += 1;
    layer.within.forEach(visit);
  };
  model.layers.forEach(visit);
}

/**
 * Numbers in [0, 1) for a layer in the current step; its streams are independent, and so are its
 * draws from one stream. Throws outside `withStep` and for a layer without a seed.
 */
export function uniform(layer: object, shape: readonly number[], stream = 0): Tensor {
  return draw('StatelessRandomUniform', shape, seedOf(layer, stream));
}

/** As `uniform`, with mean 0 and standard deviation 1. */
export function normal(layer: object, shape: readonly number[], stream = 0): Tensor {
  return draw('StatelessRandomNormal', shape, seedOf(layer, stream));
}

interface Seed {
  readonly number: number;
  readonly step: Tensor;
}

function seedOf(layer: object, stream: number): Seed {
  const seed = seeds.get(layer);
  if (seed === undefined) throw new Error('a layer without a seed drew random numbers');
  if (!current) throw new Error('a layer drew random numbers outside a training step');
  const draws = current.draws.get(layer) ?? 0;
  current.draws.set(layer, draws + 1);
  return { number: deriveSeed(deriveSeed(seed, stream), draws), step: current.step };
}

function draw(operation: string, shape: readonly number[], seed: Seed): Tensor {
  return tf.tidy(() => {
    const pair = tf.stack([tf.scalar(seed.number | 0, 'int32'), seed.step]);
    const attributes = {
      dtype: { type: dataTypes.float32 },
      T: { type: dataTypes.int32 },
      Tseed: { type: dataTypes.int32 },
    };
    const inputs = [tf.tensor1d([...shape], 'int32'), pair];
    const [numbers] = nativeOp(operation, inputs, { attributes, outputs: 1 });
    return numbers as Tensor;
  });
}
