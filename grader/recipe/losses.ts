import type { KerasClass } from './keras-class.ts';
import type { SnakeCase } from './names.ts';
import type { Option, OptionTable } from './option.ts';
import { boolean, integer, nullable, number, oneOf, only } from './option.ts';

/** A Keras loss as the recipe knows it. */
export interface LossClass<
  Call extends string = string,
  Options extends OptionTable = OptionTable,
> extends KerasClass<Call, Options> {
  /** What it compares predictions with: any numbers, vectors with a place for each class, or numbers of classes. */
  readonly targets: 'values' | 'class-vectors' | 'class-numbers';
}

type Reduction = 'sum_over_batch_size' | 'sum' | 'mean_with_sample_weight';

const words = oneOf('sum_over_batch_size', 'sum', 'mean_with_sample_weight');

/** How the losses of a batch become one number: their mean, which has three names, or their sum. */
const reduction: Option<Reduction | 'mean', false, Reduction> = {
  ...words,
  read: (value) =>
    value === 'mean' || value === 'auto' ? 'sum_over_batch_size' : words.read?.(value),
};

const fromLogits = boolean(false);
const labelSmoothing = number({ min: 0, max: 1, default: 0 });
const axis = integer({ default: -1 });
const alpha = number({ min: 0, default: 0.25 });
const gamma = number({ min: 0, default: 2 });
/** Axes that are summed; null sums over the whole batch. */
const axes: Option<number | readonly number[] | null> = {
  required: false,
  schema: { type: ['integer', 'array', 'null'], items: { type: 'integer' }, default: null },
};

export const lossTable = {
  MeanSquaredError: loss('meanSquaredError', {}, ofValues('mse')),
  MeanAbsoluteError: loss('meanAbsoluteError', {}, ofValues('mae')),
  MeanAbsolutePercentageError: loss('meanAbsolutePercentageError', {}, ofValues('mape')),
  MeanSquaredLogarithmicError: loss('meanSquaredLogarithmicError', {}, ofValues('msle')),
  /** -1 where predictions point where the targets do, 1 where they point the other way. */
  CosineSimilarity: loss('cosineSimilarity', { axis }, ofValues('cosine_proximity')),
  /** Squared up to `delta`, straight beyond it. */
  Huber: loss('huber', { delta: number({ above: 0, default: 1 }) }, ofValues('huber_loss')),
  LogCosh: loss('logCosh', {}, ofValues()),
  Poisson: loss('poisson', {}, ofValues()),
  KLDivergence: loss('klDivergence', {}, ofVectors('kld', 'kullback_leibler_divergence')),
  BinaryCrossentropy: loss(
    'binaryCrossentropy',
    {
      /** True where the model ends without a sigmoid. */
      fromLogits,
      labelSmoothing,
      axis,
    },
    ofVectors('bce'),
  ),
  BinaryFocalCrossentropy: loss(
    'binaryFocalCrossentropy',
    {
      /** Weighs class 1 with `alpha` and class 0 with `1 - alpha`. */
      applyClassBalancing: boolean(false),
      alpha,
      /** How much less counts what is classified well already. */
      gamma,
      fromLogits,
      labelSmoothing,
      axis,
    },
    ofVectors(),
  ),
  CategoricalCrossentropy: loss(
    'categoricalCrossentropy',
    {
      /** True where the model ends without a softmax. */
      fromLogits,
      labelSmoothing,
      axis,
    },
    ofVectors(),
  ),
  CategoricalFocalCrossentropy: loss(
    'categoricalFocalCrossentropy',
    {
      alpha,
      gamma,
      fromLogits,
      labelSmoothing,
      axis,
    },
    ofVectors(),
  ),
  SparseCategoricalCrossentropy: loss(
    'sparseCategoricalCrossentropy',
    {
      /** True where the model ends without a softmax. */
      fromLogits,
      /** A class whose examples do not count. */
      ignoreClass: nullable(integer()),
      axis: only(-1),
    },
    ofNumbers(),
  ),
  /** Between the crossentropy (`q` towards 0) and the absolute error (1), for labels with mistakes. */
  CategoricalGeneralizedCrossEntropy: loss(
    'categoricalGeneralizedCrossEntropy',
    {
      q: number({ above: 0, below: 1, default: 0.5 }),
    },
    ofNumbers(),
  ),
  Hinge: loss('hinge', {}, ofVectors()),
  SquaredHinge: loss('squaredHinge', {}, ofVectors()),
  CategoricalHinge: loss('categoricalHinge', {}, ofVectors()),
  Dice: loss('dice', { axis: axes }, ofVectors()),
  Tversky: loss(
    'tversky',
    {
      /** Weighs what is missed. */
      alpha: number({ min: 0, default: 0.5 }),
      /** Weighs what is found and is not there. */
      beta: number({ min: 0, default: 0.5 }),
      axis: axes,
    },
    ofVectors(),
  ),
};

type Table = typeof lossTable;

export type LossClassName = keyof Table;

export type LossName =
  | LossClassName
  | Table[LossClassName]['call']
  | SnakeCase<Table[LossClassName]['call']>
  | 'mse'
  | 'mae'
  | 'mape'
  | 'msle'
  | 'bce'
  | 'kld';

type Facts = Pick<LossClass, 'targets' | 'aliases'>;

function loss<const Call extends string, Options extends OptionTable>(
  call: Call,
  options: Options,
  facts: Facts,
): LossClass<Call, Options & { readonly reduction: typeof reduction }> {
  return { call, options: { ...options, reduction }, ...facts };
}

function ofValues(...aliases: readonly string[]): Facts {
  return { targets: 'values', aliases };
}

function ofVectors(...aliases: readonly string[]): Facts {
  return { targets: 'class-vectors', aliases };
}

function ofNumbers(): Facts {
  return { targets: 'class-numbers' };
}
