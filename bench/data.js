import { join } from 'node:path';
import { countValues, writeArray } from '../dist/grader/array-file.js';
import { seededRandom } from '../dist/grader/random.js';

/** Draws a workload's inputs and targets and writes them as raw files, the same for every contender. */
export async function writeData(workload, folder) {
  const random = seededRandom(1);
  const inputs = drawInputs(workload, random);
  const targets = targetKinds[workload.targets.kind](inputs, workload, random);
  return {
    inputs: await writeArray(join(folder, 'inputs.raw'), inputs),
    targets: await writeArray(join(folder, 'targets.raw'), targets),
  };
}

function drawInputs({ rows, input, inputs }, random) {
  const shape = [rows, ...input];
  const length = countValues(shape);
  return inputs.kind === 'integers'
    ? { dtype: 'int32', shape, data: Int32Array.from({ length }, () => random() * inputs.below) }
    : { dtype: 'float32', shape, data: Float32Array.from({ length }, random) };
}

/** Targets follow from the inputs, so that there is something to learn and losses fall. */
const targetKinds = {
  projection(inputs, workload, random) {
    const weights = drawWeights(workload, random);
    const values = eachRow(inputs, (row) => project(row, weights));
    return { dtype: 'float32', shape: [workload.rows, 1], data: Float32Array.from(values) };
  },
  classes(inputs, workload, random) {
    const classes = Array.from({ length: workload.targets.count }, () =>
      drawWeights(workload, random),
    );
    const labels = eachRow(inputs, (row) => {
      const scores = classes.map((weights) => project(row, weights));
      return scores.indexOf(Math.max(...scores));
    });
    return { dtype: 'int32', shape: [workload.rows], data: Int32Array.from(labels) };
  },
  'above-mean'(inputs, { rows, inputs: { below } }) {
    const labels = eachRow(inputs, (row) => {
      const sum = row.reduce((total, id) => total + id, 0);
      return sum / row.length > (below - 1) / 2 ? 1 : 0;
    });
    return { dtype: 'float32', shape: [rows, 1], data: Float32Array.from(labels) };
  },
  'moving-mean'(inputs, { rows, input }) {
    const span = 5;
    const values = eachRow(inputs, (row) =>
      Array.from(row, (_, end) => {
        const seen = row.subarray(Math.max(0, end - span + 1), end + 1);
        return seen.reduce((sum, value) => sum + value, 0) / seen.length;
      }),
    ).flat();
    return { dtype: 'float32', shape: [rows, ...input], data: Float32Array.from(values) };
  },
};

function eachRow({ shape: [rows, ...rowShape], data }, work) {
  const width = countValues(rowShape);
  return Array.from({ length: rows }, (_, row) =>
    work(data.subarray(row * width, (row + 1) * width)),
  );
}

function drawWeights({ input }, random) {
  return Float32Array.from({ length: countValues(input) }, () => random() - 0.5);
}

function project(row, weights) {
  let sum = 0;
  for (let index = 0; index < row.length; index++) sum += (row[index] - 0.5) * weights[index];
  return sum;
}
