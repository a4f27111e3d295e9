import { countValues, newValues } from '../../grader/array-file.ts';
import type { LazyArray, NdArray, ProblemData, Split } from '../../grader/contract.ts';

/** A package's data with all rows of their inputs made. */
export async function inMemory(data: ProblemData<NdArray | LazyArray>): Promise<ProblemData> {
  const load = async (split: Split<NdArray | LazyArray>): Promise<Split> => ({
    ...split,
    inputs: await loadArray(split.inputs),
  });
  return {
    ...data,
    training: await load(data.training),
    validation: await load(data.validation),
    heldOut: await load(data.heldOut),
  };
}

export async function loadArray(array: NdArray | LazyArray): Promise<NdArray> {
  if ('data' in array) return array;
  const { dtype, shape } = array;
  const data = newValues(dtype, countValues(shape));
  let next = 0;
  for await (const block of array.blocks()) {
    data.set(block, next);
    next += block.length;
  }
  return { dtype, shape, data };
}
