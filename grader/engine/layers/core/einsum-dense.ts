import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { productOf } from '../../../sizes.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { activate } from '../activation/activations.ts';
import { layer } from '../definition.ts';
import { asMatrix } from '../initializers/initial-value.ts';
import type { Shape } from '../shapes.ts';

type Options = StoredLayerOptions<'EinsumDense'>;

/** Products of the input with a kernel, summed over the axes that both have and the output lacks. */
export const einsumDense = layer('EinsumDense', {
  weights(options, [input]) {
    const { letters, sizes } = axesOf(options, input);
    return {
      kernel: {
        ...{ shape: Array.from(letters.kernel).map((letter) => known(sizes, letter)) },
        initializer: asMatrix(options.kernelInitializer, summedSize(letters, sizes)),
        regularizer: options.kernelRegularizer,
        constraint: options.kernelConstraint,
      },
      bias: options.biasAxes
        ? {
            shape: biasShape(options.biasAxes, letters.output, sizes),
            ...{ initializer: options.biasInitializer, regularizer: options.biasRegularizer },
            constraint: options.biasConstraint,
          }
        : null,
    };
  },
  shape(options, [input]) {
    const { letters, sizes } = axesOf(options, input);
    return Array.from(letters.output).map((letter) => sizes.get(letter) ?? null);
  },
  /** Every letter is a loop over its axis. */
  cost(options, [input]) {
    const { sizes } = axesOf(options, input);
    return productOf([...sizes.keys()].map((letter) => known(sizes, letter)));
  },
  call(options, { kernel, bias }, { input }) {
    const { letters } = axesOf(options, input.shape);
    const output = product(input, kernel, letters);
    return activate(options.activation, bias ? tf.add(output, bias) : output);
  },
});

interface Letters {
  readonly input: string;
  readonly kernel: string;
  readonly output: string;
}

type SizesByLetter = ReadonlyMap<string, number | null>;

/** Axes in front that the equation does not name get digits. */
function axesOf({ equation, outputShape }: Options, shape: Shape) {
  const [left = '', output = ''] = equation.split('->');
  const [input = '', kernel = ''] = left.split(',');
  const named = input.replace('...', '').length;
  const front = Array.from('0123456789')
    .slice(0, Math.max(shape.length - named, 0))
    .join('');
  const letters: Letters = {
    ...{ input: input.replace('...', front), output: output.replace('...', front), kernel },
  };
  if (letters.input.length !== shape.length) {
    throw new Error(`EinsumDense takes ${letters.input.length} axes by its equation ${equation}`);
  }
  const sizes = new Map<string, number | null>();
  const ofOutput = letters.output.slice(-outputShape.length);
  Array.from(ofOutput).forEach((letter, at) => sizes.set(letter, outputShape[at] ?? null));
  Array.from(letters.input).forEach((letter, at) => {
    sizes.set(letter, shape[at] ?? sizes.get(letter) ?? null);
  });
  return { letters, sizes };
}

function known(sizes: SizesByLetter, letter: string): number {
  const size = sizes.get(letter);
  if (typeof size === 'number') return size;
  throw new Error(`EinsumDense does not know the size of its axis ${letter}`);
}

/** Of the kernel's axes that the output lacks. */
function summedSize({ kernel, output }: Letters, sizes: SizesByLetter): number {
  const summed = Array.from(kernel).filter((letter) => !output.includes(letter));
  return productOf(summed.map((letter) => known(sizes, letter)));
}

/** From the first axis that has an offset on. */
function biasShape(biasAxes: string, output: string, sizes: SizesByLetter): number[] {
  const first = Array.from(output).findIndex((letter) => biasAxes.includes(letter));
  if (first < 0) throw new Error(`EinsumDense has no axis of ${biasAxes} in its output`);
  return Array.from(output.slice(first)).map((letter) =>
    biasAxes.includes(letter) ? known(sizes, letter) : 1,
  );
}

/**
 * TF.js has no gradient of TensorFlow's einsum, so it is a product of matrices. Every axis of the output
 * is one of the two, and every axis of one alone is in the output.
 */
export function product(input: Tensor, kernel: Tensor, letters: Letters): Tensor {
  const has = (name: keyof Letters) => (letter: string) => letters[name].includes(letter);
  const ofInput = Array.from(letters.input);
  const ofKernel = Array.from(letters.kernel);
  const both = ofInput.filter(has('kernel'));
  const batch = both.filter(has('output'));
  const summed = both.filter((letter) => !has('output')(letter));
  const rows = ofInput.filter((letter) => !both.includes(letter));
  const columns = ofKernel.filter((letter) => !both.includes(letter));
  const sizeOf = (letter: string) =>
    (has('input')(letter) ? input.shape[letters.input.indexOf(letter)] : undefined) ??
    kernel.shape[letters.kernel.indexOf(letter)] ??
    1;
  const sizes = (some: readonly string[]) => productOf(some.map(sizeOf));
  const place = (tensor: Tensor, from: readonly string[], to: readonly string[]) =>
    tf.transpose(
      tensor,
      to.map((letter) => from.indexOf(letter)),
    );
  const left = tf.reshape(place(input, ofInput, [...batch, ...rows, ...summed]), [
    ...[sizes(batch), sizes(rows), sizes(summed)],
  ]);
  const right = tf.reshape(place(kernel, ofKernel, [...batch, ...summed, ...columns]), [
    ...[sizes(batch), sizes(summed), sizes(columns)],
  ]);
  const found = [...batch, ...rows, ...columns];
  return place(
    tf.reshape(tf.matMul(left, right), found.map(sizeOf)),
    found,
    Array.from(letters.output),
  );
}
