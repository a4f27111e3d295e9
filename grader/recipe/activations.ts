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
] as const;

export type ActivationName = (typeof names)[number] | 'hardSigmoid' | 'logSoftmax' | 'silu';

export function activation(byDefault: (typeof names)[number]): Option<ActivationName> {
  return {
    required: false,
    schema: { enum: names, default: byDefault },
    read(value) {
      if (value === null) return 'linear';
      if (value === 'silu') return 'swish';
      return names.find((name) => typeof value === 'string' && sameName(name, value)) ?? value;
    },
  };
}
