import type { OptimizerClassName } from '../../../recipe/optimizers.ts';
import { adadelta } from './adadelta.ts';
import { adafactor } from './adafactor.ts';
import { adagrad } from './adagrad.ts';
import { adam, adamw } from './adam.ts';
import { adamax } from './adamax.ts';
import type { OptimizerDefinition, OptimizerOptions } from './definition.ts';
import { ftrl } from './ftrl.ts';
import { lion } from './lion.ts';
import { nadam } from './nadam.ts';
import { rmsprop } from './rmsprop.ts';
import { sgd } from './sgd.ts';

/** Every optimizer that a recipe may have, for its options, and no other. */
export const optimizers: {
  readonly [ClassName in OptimizerClassName]: OptimizerDefinition<OptimizerOptions<ClassName>>;
} = {
  SGD: sgd,
  Adam: adam,
  AdamW: adamw,
  Adamax: adamax,
  Nadam: nadam,
  RMSprop: rmsprop,
  Adagrad: adagrad,
  Adadelta: adadelta,
  Lion: lion,
  Ftrl: ftrl,
  Adafactor: adafactor,
};
