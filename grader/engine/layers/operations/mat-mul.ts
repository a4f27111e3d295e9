import { showShape } from '../../../text/shape.ts';
import { tf } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { productOf } from '../../../sizes.ts';
import { valuesOf, type Shapes } from '../shapes.ts';

type Options = Readonly<Record<'transposeA' | 'transposeB', boolean>>;

/** Of two tensors with as many axes, at least three: each example has its own matrices. */
export const matMul = layer('MatMul', {
  leastRank: 3,
  check(options, inputs) {
    const { rows, inner, wanted } = sizes(options, inputs);
    if (inputs.length !== 2) throw new Error(`matmul takes two tensors, got ${inputs.length}`);
    const [first, second = first] = inputs;
    const outer = second.slice(0, -2);
    const isFit =
      first.length === second.length && outer.every((size, axis) => size === first[axis]);
    if (isFit && rows !== undefined && (inner === wanted || inner === null || wanted === null))
      return;
    throw new Error(
      `matmul of shapes ${showShape(first)} and ${showShape(second)} is not possible`,
    );
  },
  shape(options, inputs) {
    const { rows = null, columns = null } = sizes(options, inputs);
    return [...inputs[0].slice(0, -2), rows, columns];
  },
  /** Each value of the first with a row of the second. */
  cost: (options, inputs) => productOf([valuesOf(inputs[0]), sizes(options, inputs).columns ?? 1]),
  call({ transposeA, transposeB }, _weights, { inputs, input }) {
    const [, other = input] = inputs;
    return tf.matMul(input, other, transposeA, transposeB);
  },
});

function sizes({ transposeA, transposeB }: Options, [first, second = first]: Shapes) {
  const [rows, inner] = transposeA ? [first.at(-1), first.at(-2)] : [first.at(-2), first.at(-1)];
  const [wanted, columns] = transposeB
    ? [second.at(-1), second.at(-2)]
    : [second.at(-2), second.at(-1)];
  return { rows, inner, wanted, columns };
}
