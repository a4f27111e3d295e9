import { expect, test } from '@jest/globals';
import { mergeCommonValues } from '../../../grader/engine/compiled/passes/common-values.ts';
import { removeDeadCode } from '../../../grader/engine/compiled/passes/dead-code.ts';
import { foldConstants } from '../../../grader/engine/compiled/passes/fold-constants.ts';
import { fuse } from '../../../grader/engine/compiled/passes/fuse.ts';
import { rewriteProgram } from '../../../grader/engine/compiled/passes/rewrite.ts';
import { multiplySegmentSums } from '../../../grader/engine/compiled/passes/segment-sums.ts';
import { simplify } from '../../../grader/engine/compiled/passes/simplify.ts';
import type { AttributeValue } from '../../../grader/engine/compiled/program/attributes.ts';
import { printProgram } from '../../../grader/engine/compiled/program/print-program.ts';
import type { Program } from '../../../grader/engine/compiled/program/program.ts';

type Step = readonly [
  op: string,
  inputs: readonly number[],
  shape: readonly number[],
  attributes?: Record<string, AttributeValue>,
];

/** `x` is %0, words %1, a bias %2; ones and twos are %3 and %4; operations count from %10. */
function program(...steps: readonly Step[]): Program {
  const numbers = (...all: number[]) => new Uint8Array(Float32Array.from(all).buffer);
  const float = (id: number, shape: readonly number[]) =>
    ({ id, shape, dtype: 'float32' }) as const;
  return {
    inputs: [
      { name: 'x', value: float(0, [2, 3]) },
      { name: 'words', value: { id: 1, shape: [2], dtype: 'int32' } },
    ],
    variables: [{ name: 'bias', value: float(2, [3]) }],
    constants: [
      { value: float(3, [1]), bytes: numbers(1) },
      { value: float(4, [1]), bytes: numbers(2) },
    ],
    operations: steps.map(([op, inputs, shape, attributes = {}], at) => ({
      ...{ op, inputs, attributes },
      outputs: [float(10 + at, shape)],
    })),
    outputs: [{ name: 'y', id: 9 + steps.length }],
    assignments: [],
  };
}

/** What is computed, constants included where they are new. */
function linesOf(after: Program): string[] {
  const lines = printProgram(after).split('\n');
  return lines.filter((line) => !/^(input|variable|constant %[34]:)/.test(line));
}

test('what nothing needs goes', () => {
  const given = program(['Exp', [0], [2, 3]], ['Relu', [0], [2, 3]]);
  expect(linesOf(removeDeadCode(given))).toEqual(['%11:float32[2,3] = Relu(%0)', 'output y = %11']);
});

test('what changes nothing goes: a product with one', () => {
  const given = program(['Mul', [0, 3], [2, 3]], ['Relu', [10], [2, 3]]);
  const simple = removeDeadCode(rewriteProgram(given, simplify));
  expect(linesOf(simple)).toEqual(['%11:float32[2,3] = Relu(%0)', 'output y = %11']);
});

test('what is computed of constants alone becomes one', () => {
  const given = program(['Add', [3, 4], [1]], ['Mul', [0, 10], [2, 3]]);
  const folded = removeDeadCode(rewriteProgram(given, foldConstants));
  expect(linesOf(folded)).toEqual([
    'constant %12:float32[1] [3]',
    '%11:float32[2,3] = Mul(%0, %12)',
    'output y = %11',
  ]);
});

test('what is computed twice is computed once', () => {
  const given = program(['Relu', [0], [2, 3]], ['Relu', [0], [2, 3]], ['Mul', [10, 11], [2, 3]]);
  expect(linesOf(removeDeadCode(mergeCommonValues(given)))).toEqual([
    '%10:float32[2,3] = Relu(%0)',
    '%12:float32[2,3] = Mul(%10, %10)',
    'output y = %12',
  ]);
});

test('a bias that is added is an operation of its own', () => {
  const given = program(['Add', [0, 2], [2, 3]]);
  expect(linesOf(rewriteProgram(given, fuse))).toEqual([
    '%10:float32[2,3] = BiasAdd(%0, %2) data_format=NHWC',
    'output y = %10',
  ]);
});

test('the gradient of an embedding is a product with a sparse matrix of ones', () => {
  const given = program(['UnsortedSegmentSum', [0, 1, 4], [9, 3]]);
  expect(linesOf(rewriteProgram(given, multiplySegmentSums))).toEqual([
    'constant %11:int32[2] [0, 1]',
    'constant %13:float32[2] [1, 1]',
    'constant %14:int64[2] [9, 2]',
    '%12:int32[2,2] = Pack(%1, %11) N=2 axis=1',
    '%10:float32[9,3] = SparseTensorDenseMatMul(%12, %13, %14, %0) Tindices=int32 adjoint_a=false adjoint_b=false',
    'output y = %10',
  ]);
});
