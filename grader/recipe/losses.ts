import { kerasClass } from './keras-class.ts';
import { boolean, number } from './option.ts';

const fromLogits = boolean(false);
const labelSmoothing = number({ min: 0, max: 1, default: 0 });

export const lossTable = {
  MeanSquaredError: kerasClass('meanSquaredError', {}, ['mse']),
  MeanAbsoluteError: kerasClass('meanAbsoluteError', {}, ['mae']),
  /** Squared up to `delta`, straight beyond it. */
  Huber: kerasClass('huber', { delta: number({ above: 0, default: 1 }) }, ['huber_loss']),
  LogCosh: kerasClass('logCosh', {}),
  BinaryCrossentropy: kerasClass('binaryCrossentropy', {
    /** True where the model ends without a sigmoid. */
    fromLogits,
    labelSmoothing,
  }),
  CategoricalCrossentropy: kerasClass('categoricalCrossentropy', {
    /** True where the model ends without a softmax. */
    fromLogits,
    labelSmoothing,
  }),
  SparseCategoricalCrossentropy: kerasClass('sparseCategoricalCrossentropy', {
    /** True where the model ends without a softmax. */
    fromLogits,
  }),
};

type ClassName = keyof typeof lossTable;

export type LossName =
  | (typeof lossTable)[ClassName]['call']
  | ClassName
  | 'mse'
  | 'mae'
  | 'mean_squared_error'
  | 'mean_absolute_error'
  | 'log_cosh'
  | 'binary_crossentropy'
  | 'categorical_crossentropy'
  | 'sparse_categorical_crossentropy';
