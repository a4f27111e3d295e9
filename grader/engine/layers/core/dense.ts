import { activate, fusedActivation } from '../activation/activations.ts';
import { layer, passesMask } from '../definition.ts';
import { productOf } from '../../../sizes.ts';
import { sizeOf, valuesOf } from '../shapes.ts';
import { biasSpec, kernelSpec } from '../weight-specs.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';

export const dense = layer('Dense', {
  leastRank: 2,
  weights: (options, [input]) => ({
    kernel: kernelSpec(options, [sizeOf(input, -1, 'the last axis of the input'), options.units]),
    bias: biasSpec(options, [options.units]),
  }),
  shape: ({ units }, [input]) => input.with(-1, units),
  cost: ({ units }, [input]) => productOf([valuesOf(input), units]),
  call({ activation }, { kernel, bias }, { input }) {
    const fused = fusedActivation(activation);
    if (fused) return product(input, { kernel, bias, activation: fused });
    const output = product(input, { kernel, bias: null, activation: 'linear' });
    return activate(activation, bias ? tf.add(output, bias) : output);
  },
  mask: passesMask,
});

interface Fused {
  readonly kernel: Tensor;
  readonly bias: Tensor | null;
  readonly activation: NonNullable<ReturnType<typeof fusedActivation>>;
}

/** Along the last axis, whatever stands before it. */
function product(input: Tensor, { kernel, bias, activation }: Fused): Tensor {
  const [inputs = 0, units = 0] = kernel.shape;
  const rows = input.rank === 2 ? input : tf.reshape(input, [-1, inputs]);
  const output = tf.fused.matMul({
    ...{ a: rows, b: kernel, activation },
    ...(bias ? { bias } : {}),
  });
  return input.rank === 2 ? output : tf.reshape(output, [...input.shape.slice(0, -1), units]);
}
