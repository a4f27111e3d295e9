import { beforeAll, expect, test } from '@jest/globals';
import { CompileRefusal } from '../../../grader/engine/compiled/trace/refusal.ts';
import { inferShapes, knownOps } from '../../../grader/engine/compiled/shapes/index.ts';
import { runProgram } from '../run-program.ts';

interface Case {
  readonly op: string;
  readonly error?: string;
  /** Types and shapes of the outputs that TensorFlow gave. */
  readonly wanted?: readonly string[];
  /** Those of the rule. */
  readonly found?: readonly string[];
}

let cases: readonly Case[] = [];

beforeAll(async () => {
  cases = await runProgram<Case>('compiled/shape-rules.js');
});

test('every op that programs may hold has a case that TensorFlow runs', () => {
  expect(new Set(cases.map(({ op }) => op))).toEqual(new Set(knownOps));
  expect(cases.length).toBeGreaterThan(300);
  expect(cases.filter(({ error }) => error !== undefined)).toEqual([]);
});

test('a rule gives the shapes and types that TensorFlow gives', () => {
  const off = cases.filter(({ wanted, found }) => JSON.stringify(wanted) !== JSON.stringify(found));
  expect(off).toEqual([]);
});

test('an op without a rule, and a form of one that its rule does not know, are refused', () => {
  const facts = {
    attributes: { new_axis_mask: { int: 1 } },
    inputs: [{ shape: [2, 3], dtype: 'float32' }],
    constant: () => [0],
  } as const;
  expect(() => inferShapes('Unique', facts)).toThrow(CompileRefusal);
  expect(() => inferShapes('toString', facts)).toThrow('the op toString has no shape rule');
  expect(() => inferShapes('StridedSlice', facts)).toThrow('a new axis has no shape rule');
});
