import { kerasClass, type KerasClass } from './keras-class.ts';
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
  MeanSquaredError: loss('meanSquaredError', 'values', {}, ['mse']),
  MeanAbsoluteError: loss('meanAbsoluteError', 'values', {}, ['mae']),
  MeanAbsolutePercentageError: loss('meanAbsolutePercentageError', 'values', {}, ['mape']),
  MeanSquaredLogarithmicError: loss('meanSquaredLogarithmicError', 'values', {}, ['msle']),
  /** -1 where predictions point where the targets do, 1 where they point the other way. */
  CosineSimilarity: loss('cosineSimilarity', 'values', { axis }, ['cosine_proximity']),
  /** Squared up to `delta`, straight beyond it. */
  Huber: loss('huber', 'values', { delta: number({ above: 0, default: 1 }) }, ['huber_loss']),
  LogCosh: loss('logCosh', 'values', {}),
  Poisson: loss('poisson', 'values', {}),
  KLDivergence: loss('klDivergence', 'class-vectors', {}, ['kld', 'kullback_leibler_divergence']),
  BinaryCrossentropy: loss(
    'binaryCrossentropy',
    'class-vectors',
    {
      /** True where the model ends without a sigmoid. */
      fromLogits,
      labelSmoothing,
      axis,
    },
    ['bce'],
  ),
  BinaryFocalCrossentropy: loss('binaryFocalCrossentropy', 'class-vectors', {
    /** Weighs class 1 with `alpha` and class 0 with `1 - alpha`. */
    applyClassBalancing: boolean(false),
    alpha,
    /** How much less counts what is classified well already. */
    gamma,
    fromLogits,
    labelSmoothing,
    axis,
  }),
  CategoricalCrossentropy: loss('categoricalCrossentropy', 'class-vectors', {
    /** True where the model ends without a softmax. */
    fromLogits,
    labelSmoothing,
    axis,
  }),
  CategoricalFocalCrossentropy: loss('categoricalFocalCrossentropy', 'class-vectors', {
    alpha,
    gamma,
    fromLogits,
    labelSmoothing,
    axis,
  }),
  SparseCategoricalCrossentropy: loss('sparseCategoricalCrossentropy', 'class-numbers', {
    /** True where the model ends without a softmax. */
    fromLogits,
    /** A class whose examples do not count. */
    ignoreClass: nullable(integer()),
    axis: only(-1),
  }),
  /** Between the crossentropy (`q` towards 0) and the absolute error (1), for labels with mistakes. */
  CategoricalGeneralizedCrossEntropy: loss('categoricalGeneralizedCrossEntropy', 'class-numbers', {
    q: number({ above: 0, below: 1, default: 0.5 }),
  }),
  Hinge: loss('hinge', 'class-vectors', {}),
  SquaredHinge: loss('squaredHinge', 'class-vectors', {}),
  CategoricalHinge: loss('categoricalHinge', 'class-vectors', {}),
  Dice: loss('dice', 'class-vectors', { axis: axes }),
  Tversky: loss('tversky', 'class-vectors', {
    /** Weighs what is missed. */
    alpha: number({ min: 0, default: 0.5 }),
    /** Weighs what is found and is not there. */
    beta: number({ min: 0, default: 0.5 }),
    axis: axes,
  }),
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

function loss<const Call extends string, Options extends OptionTable>(
  call: Call,
  targets: LossClass['targets'],
  options: Options,
  aliases: readonly string[] = [],
): LossClass<Call, Options & { readonly reduction: typeof reduction }> {
  return { ...kerasClass(call, { ...options, reduction }, aliases), targets };
}
