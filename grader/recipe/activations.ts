import { sameName } from './names.ts';
import type { Option } from './option.ts';

const names = [
  'linear',
  'relu',
  'sigmoid',
  'softmax',
  'tanh',
  'elu',
  'selu',
  'relu6',
  'softplus',
  'softsign',
  'swish',
  'gelu',
  'mish',
  'hard_sigmoid',
  'log_softmax',
  'exponential',
  'leaky_relu',
  'hard_silu',
  'hard_tanh',
  'log_sigmoid',
  'celu',
  'squareplus',
  'tanh_shrink',
  'soft_shrink',
  'hard_shrink',
  'sparse_plus',
  'sparse_sigmoid',
  // Keras 2 and TF.js mean clip(0.2 x + 0.5, 0, 1) by hard_sigmoid.
  'keras2_hard_sigmoid',
] as const;

/** An activation as a document names it. */
export type StoredActivation = (typeof names)[number];
type Name = StoredActivation;
type CamelCase<Text extends string> = Text extends `${infer First}_${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest>>}`
  : Text;

/** Keras has two names for some. */
const otherNames: Readonly<Record<string, Name>> = { silu: 'swish', hard_swish: 'hard_silu' };

type ActivationName = Name | CamelCase<Name> | 'silu' | 'hard_swish' | 'hardSwish';

export function activation(byDefault: Name): Option<ActivationName, false, StoredActivation> {
  return {
    required: false,
    schema: { enum: names, default: byDefault },
    read(value) {
      if (value === null) return 'linear';
      if (typeof value !== 'string') return value;
      const known = [...names, ...Object.keys(otherNames)].find((name) => sameName(name, value));
      return known === undefined ? value : (otherNames[known] ?? known);
    },
  };
}
