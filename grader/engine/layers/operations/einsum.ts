import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import type { Numbers } from '../../../recipe/layers/options.ts';
import { productOf } from '../../../sizes.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { product } from '../core/einsum-dense.ts';
import { layer } from '../definition.ts';
import { acrossExamples, type Shape } from '../shapes.ts';
import { shapeOf } from './broadcast.ts';

type Options = StoredLayerOptions<'Einsum'>;

export const einsum = layer('Einsum', {
  shape(options, inputs) {
    const { output, sizes } = readEquation(options, inputs);
    return Array.from(output).map((letter) => sizes.get(letter) ?? null);
  },
  /** Every letter is a loop over its axis, where two tensors are multiplied. */
  cost(options, inputs) {
    const { operands, sizes } = readEquation(options, inputs);
    return operands.length === 1 ? 0 : productOf([...sizes.values()].map((size) => size ?? 1));
  },
  call(options, _weights, { inputs }) {
    const { operands, output } = readEquation(
      options,
      inputs.map(({ shape }) => shape),
    );
    const tensors = [...inputs, ...constantsOf(options).map(tensorOf)];
    const [first, second] = operands.map((axes, index): Operand => {
      const others = [output, ...operands.toSpliced(index, 1)].join('');
      return summed({ axes, tensor: tensors[index] as Tensor }, others);
    });
    if (!first) throw new Error('einsum got no tensor');
    if (!second)
      return tf.transpose(
        first.tensor,
        Array.from(output).map((letter) => first.axes.indexOf(letter)),
      );
    return product(first.tensor, second.tensor, { input: first.axes, kernel: second.axes, output });
  },
});

interface Operand {
  /** A letter for each axis. */
  readonly axes: string;
  readonly tensor: Tensor;
}

function constantsOf({ constant }: Options): readonly Numbers[] {
  return constant === null ? [] : [constant];
}

function tensorOf(numbers: Numbers): Tensor {
  return tf.tensor([numbers].flat(7).map(Number), shapeOf(numbers));
}

/** Without the axes that neither the output nor the other operand has. */
function summed({ axes, tensor }: Operand, others: string): Operand {
  const own = Array.from(axes).flatMap((letter, axis) => (others.includes(letter) ? [] : [axis]));
  if (own.length === 0) return { axes, tensor };
  const left = Array.from(axes).filter((letter) => others.includes(letter));
  return { axes: left.join(''), tensor: tf.sum(tensor, own) };
}

/**
 * Letters of each operand and of the output, and their sizes. Axes that `...` stands for get digits.
 * Throws where the equation does not fit the shapes, or does not keep the examples of a batch apart.
 */
function readEquation(options: Options, inputs: readonly Shape[]) {
  const { equation } = options;
  const shapes = [...inputs, ...constantsOf(options).map(shapeOf)];
  const [left = '', right = impliedOutput(left)] = equation.split('->');
  const named = left.split(',');
  const fail = (why: string): never => {
    throw new Error(`einsum "${equation}" ${why}`);
  };
  if (named.length !== shapes.length) fail(`got ${shapes.length} tensors`);
  const counts = named.map(
    (axes, index) => (shapes[index] ?? []).length - axes.replace('...', '').length,
  );
  const digits = '01234567'.slice(
    0,
    Math.max(0, ...counts.filter((_, index) => named[index]?.includes('...'))),
  );
  const operands = named.map((axes) => axes.replace('...', digits));
  const output = right.replace('...', digits);
  const sizes = new Map<string, number | null>();
  operands.forEach((axes, index) => {
    const shape = shapes[index] ?? [];
    if (axes.length !== shape.length || isRepeated(axes))
      fail(`does not take ${shape.length} axes`);
    Array.from(axes).forEach((letter, axis) => {
      const [known, size] = [sizes.get(letter) ?? null, shape[axis] ?? null];
      if (known !== null && size !== null && known !== size) fail(`has two sizes for ${letter}`);
      sizes.set(letter, known ?? size);
    });
  });
  if (isRepeated(output) || Array.from(output).some((letter) => !sizes.has(letter))) {
    fail('has an axis of the output that no tensor has');
  }
  const [batch = ''] = output;
  const isApart =
    batch !== '' &&
    operands.every((axes, index) => axes.indexOf(batch) === (index < inputs.length ? 0 : -1));
  if (!isApart) throw acrossExamples('mixes');
  return { operands, output, sizes };
}

/** As in NumPy: axes that stand once, in the order of the alphabet, behind those of `...`. */
function impliedOutput(left: string): string {
  const all = Array.from(left).filter((letter) => /[a-zA-Z]/.test(letter));
  const once = all.filter((letter) => all.indexOf(letter) === all.lastIndexOf(letter));
  return (left.includes('...') ? '...' : '') + once.sort().join('');
}

function isRepeated(axes: string): boolean {
  return new Set(axes).size !== axes.length;
}
