import { show } from '../../../text/show.ts';
import { numbersOf, sizesOf } from './constants.ts';
import { made, tensors, type Expression, type Operand, type Operation } from './operation.ts';
import { AcrossExamples, NotConverted } from './settings.ts';

/** Products of matrices and their like, by their names as in `table.ts`. */
export const products: Readonly<Record<string, Operation>> = {
  matmul({ operands, settings }) {
    const transposed = {
      transpose_a: settings.isSet('transpose_a'),
      transpose_b: settings.isSet('transpose_b'),
    };
    const [first, second, ...others] = operands;
    if (!first || !second || others.length > 0) throw new NotConverted('without two matrices');
    if (first.kind !== 'constant' && second.kind !== 'constant') {
      return made('MatMul', transposed, first, second);
    }
    if (transposed.transpose_a) settings.refuse(['transpose_a'], true);
    return withMatrix([first, second], transposed.transpose_b ? '...j,kj->...k' : '...j,jk->...k');
  },
  dot: ({ operands }) => withMatrix(operands, '...j,jk->...k'),
  tensordot({ operands, settings }) {
    settings.only('axes', 1);
    return withMatrix(operands, '...j,jk->...k');
  },
  einsum(call) {
    const { operands, settings } = call;
    const equation = settings.text('', 'subscripts', 'equation').replace(/ /g, '');
    const [first, second] = operands;
    if (first && second?.kind === 'constant' && operands.length === 2) {
      const constant = numbersOf(second.value);
      return made('Einsum', { equation, constant }, ...tensors({ ...call, operands: [first] }));
    }
    if (operands.length > 2) throw new NotConverted(`of ${operands.length} tensors`);
    return made('Einsum', { equation }, ...tensors(call));
  },
};

/** A tensor with a constant matrix; the product of two tensors would be one of all examples with all. */
function withMatrix(operands: readonly Operand[], equation: string): Expression {
  const [x, matrix, ...others] = operands;
  if (!x || !matrix || x.kind === 'constant' || others.length > 0) {
    throw new NotConverted('without a tensor in front');
  }
  if (matrix.kind !== 'constant') throw new AcrossExamples('two tensors');
  const constant = numbersOf(matrix.value);
  if (constant !== null && sizesOf(constant).length === 2)
    return made('Einsum', { equation, constant }, x);
  throw new NotConverted(`with the constant ${show(matrix.value)}`);
}
