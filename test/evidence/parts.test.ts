import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { writeArray } from '../../grader/array-file.ts';
import type { NdArray, RankedRows, Recipe } from '../../grader/contract.ts';
import { partsOf } from '../../grader/evidence/parts.ts';
import { golden } from '../report/golden.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const regression = { task: 'regression' } as const;

test('validationSplit takes the last rows from those that are learnt from, class by class', async () => {
  const problem = { task: 'multiclass', classes: ['a', 'b', 'c'] } as const;
  const targets = ints([5], [0, 0, 1, 2, 2]);
  const inputs = floats([5, 2, 2], Array<number>(20).fill(0));
  const data = { training: { inputs, targets }, validation: { inputs, targets } };
  const split = await parts(data, { problem, recipe: recipeWith(0.4) });
  expect(split.training).toEqual({ rows: 3, classes: [2, 1, 0] });
  expect(split.validation).toEqual({ rows: 2, classes: [0, 0, 2] });
  const whole = await parts(data, { problem, recipe: recipeWith(0) });
  expect(whole.training).toEqual({ rows: 5, classes: [2, 1, 2] });
  expect(whole.validation).toEqual({ rows: 5, classes: [2, 1, 2] });
});

test('words are counted without padding, unknown from the vocabulary on or by the tokenizer', async () => {
  const heldOut = ints([2, 4], [5, 1, 9, 0, 10, 11, 0, 0]);
  const { words, training } = await parts({ heldOut }, { vocabulary: 10, recipe: null });
  expect(words).toEqual({ vocabulary: 10, words: 5, unknown: 3, neverKnown: 1 });
  expect(training).toBeNull();
});

test('rows beyond all that was learnt from are told by the feature with most of them', async () => {
  const inputs = floats([3, 2], [0, 5, 1, 6, 9, 7]);
  const targets = floats([3, 1], [0, 0, 0]);
  const heldOut = floats([4, 2], [0.5, 5, 2, 6, 3, 9, 1, 6]);
  const ranked: RankedRows = {
    ...{ rows: [2, 1, 0, 3], actual: [0, 0, 0, 0], predicted: [6, -4, 2, 0] },
    ...{ confidence: null, ofActual: null },
  };
  const training = { inputs, targets };
  const { beyond } = await parts({ training, heldOut }, { recipe: recipeWith(0.3), ranked });
  expect(beyond).toEqual({
    ...{ feature: 'input 1', side: 'above', rows: 2, range: [2, 3] },
    ...{ error: 5, standardError: Math.SQRT1_2, otherError: 1 },
  });
  const secret = await parts({ training, heldOut }, { recipe: recipeWith(0.3) });
  expect(secret.beyond).toBeNull();
});

interface Arrays {
  readonly training?: { readonly inputs: NdArray; readonly targets: NdArray };
  readonly validation?: { readonly inputs: NdArray; readonly targets: NdArray };
  readonly heldOut?: NdArray;
}

type Graded = Partial<Parameters<typeof partsOf>[1]> & { readonly recipe: Recipe | null };

async function parts({ training, validation, heldOut }: Arrays, graded: Graded) {
  const folder = temporaryFolder();
  let written = 0;
  const write = (array = floats([1, 1], [0])) =>
    writeArray(join(folder, `array-${written++}`), array);
  const writePart = async (part: Arrays['training']) => ({
    inputs: await write(part?.inputs),
    targets: await write(part?.targets),
  });
  const data = {
    training: await writePart(training),
    validation: await writePart(validation),
    heldOut: { inputs: await write(heldOut) },
  };
  const known = { problem: regression, vocabulary: null, ranked: null };
  return partsOf({ data, described: null }, { ...known, ...graded });
}

function recipeWith(share: number): Recipe {
  const { recipe } = golden('regression');
  if (!recipe) throw new Error('the golden report has no recipe');
  return { ...recipe, fit: { ...recipe.fit, validation_split: share } };
}

function floats(shape: readonly number[], values: readonly number[]): NdArray {
  return { dtype: 'float32', shape, data: Float32Array.from(values) };
}

function ints(shape: readonly number[], values: readonly number[]): NdArray {
  return { dtype: 'int32', shape, data: Int32Array.from(values) };
}
