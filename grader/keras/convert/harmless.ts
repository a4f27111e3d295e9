import { isObject } from '../../recipe/keras-class.ts';
import { recurrentLayers } from '../../recipe/layers/recurrent.ts';
import { isNumberOrNull, isShape, isText, isTextOrNull, type HarmlessKeys } from './fields.ts';
import { lookUp } from './look-up.ts';

const either = [true, false];
const off = [false, null];

/** Of a weight that a layer does not have, or of training alone. */
function isObjectOrName(value: unknown): boolean {
  return isObject(value) || isTextOrNull(value);
}

/** What any layer may have beside its options, with the versions that write it. */
const ofEvery: HarmlessKeys = {
  // It stands in the document by the place of the layer; a wrapped one has none there.
  name: (value) => isText(value) || typeof value === 'number',
  // Keras 1 and 2: of use in the first layer, where it is read.
  batch_input_shape: isShape,
  input_dtype: isTextOrNull,
  // Keras 3.0 to 3.15, at what makes a layer no other one.
  autocast: either,
  quantization_config: [null],
  // A penalty of training; it is noted where there is one.
  activity_regularizer: isObjectOrName,
};

/** Keras 3.3 to 3.15: what LoRA has learnt is part of the kernel in a file that is read. */
const lora: HarmlessKeys = { lora_rank: isNumberOrNull, lora_alpha: isNumberOrNull };

/** Keras 2 writes options of convolutions for layers that have no such weight. */
const noKernel: HarmlessKeys = {
  groups: [1],
  kernel_initializer: isObjectOrName,
  kernel_regularizer: isObjectOrName,
  kernel_constraint: isObjectOrName,
};

const recurrent: HarmlessKeys = {
  // Keras 2.
  time_major: [false],
  // Keras 2.0: another way to compute the same.
  implementation: [0],
  // Keras 3.
  use_cudnn: [...either, 'auto', null],
};

/** Keras 2 with its states of a generator. */
const random: HarmlessKeys = { rng_type: ['stateful', 'stateless', 'legacy_stateful', null] };

const ofClass: Readonly<Record<string, HarmlessKeys>> = {
  InputLayer: {
    batch_shape: isShape,
    sparse: off,
    ragged: off,
    // An input that may be left out is given here.
    optional: [...either, null],
    trainable: either,
  },
  ...{ Dense: lora, EinsumDense: lora, Conv1D: lora, Conv2D: lora },
  Embedding: {
    ...lora,
    // Keras 3.14: how one layer is called backwards, which is refused.
    ...{ tie_weights: [true], reverse_dtype: [null], logit_soft_cap: isNumberOrNull },
  },
  // What adapted it, and what it then learns.
  Discretization: { num_bins: isNumberOrNull, epsilon: isNumberOrNull },
  Conv1DTranspose: { groups: [1] },
  Conv2DTranspose: { groups: [1] },
  ...{ SeparableConv1D: noKernel, SeparableConv2D: noKernel },
  ...{ DepthwiseConv1D: noKernel, DepthwiseConv2D: noKernel },
  ...Object.fromEntries(Object.keys(recurrentLayers).map((name) => [name, recurrent])),
  // Keras 2: the order in which states are given by the cells alone.
  StackedRNNCells: { reverse_state_order: [false] },
  // The shapes of a call (Keras 2), and a softmax of Keras 2 for steps that see nothing.
  MultiHeadAttention: {
    ...{ query_shape: isShape, key_shape: isShape, value_shape: isShape },
    softmax_robust_masking: [false],
  },
  BatchNormalization: {
    // Keras 2: how it is computed; options of a renorm, which is refused.
    ...{ fused: [...either, null], virtual_batch_size: [null], adjustment: [null] },
    ...{ renorm_clipping: isObjectOrName, renorm_momentum: isNumberOrNull },
    // There is one device.
    synchronized: either,
  },
  ...{ RandomFlip: random, RandomRotation: random, RandomZoom: random, RandomTranslation: random },
  ...{ RandomContrast: random, RandomBrightness: random },
  Lambda: {
    ...{ function_type: ['lambda', 'raw', null], module: isTextOrNull },
    // Keras 2: what is said of the shape, which the function has by itself.
    ...{
      output_shape: isShape,
      output_shape_type: ['raw', null],
      output_shape_module: isTextOrNull,
    },
  },
};

/** What a layer's config may have beside its options, and at which values nothing depends on it. */
export function harmlessOf(className: string): HarmlessKeys {
  return { ...ofEvery, ...lookUp(ofClass, className) };
}
