import type { LazyArray, NdArray, ProblemData, Split } from '../../contract.ts';

// Copied into a copy of a package as it was compiled: it imports nothing that runs.

type Data = ProblemData<NdArray | LazyArray>;
type Inputs = Data['training']['inputs'];
type Part = Split<NdArray | LazyArray>;

/** A package's data as they would be by a mistake of its author. */
type DataMutant = (data: Data, random: () => number) => Data;

export const dataMutants = {
  'shuffled-labels': (data, random) => ({
    ...data,
    training: { ...data.training, targets: shuffledRows(data.training.targets, random) },
    validation: { ...data.validation, targets: shuffledRows(data.validation.targets, random) },
  }),
  'unscaled-inputs': (data) => {
    const { scale, ...decoding } = data.decoding;
    if (scale !== undefined) return { ...data, decoding };
    const unscaled = (part: Part): Part => ({ ...part, inputs: changed(part.inputs, unscale) });
    return {
      ...data,
      training: unscaled(data.training),
      validation: unscaled(data.validation),
      heldOut: unscaled(data.heldOut),
    };
  },
  leak: ({ training, validation, heldOut, decoding, notes }) => ({
    ...{ training, validation, decoding, notes },
    heldOut: firstRows(training, heldOut),
  }),
} as const satisfies Readonly<Record<string, DataMutant>>;

/** Fisher-Yates over whole rows. */
function shuffledRows(targets: NdArray, random: () => number): NdArray {
  const [rows = 0] = targets.shape;
  const width = targets.data.length / rows;
  const data = targets.data.slice();
  for (let last = rows - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const kept = data.slice(last * width, (last + 1) * width);
    data.copyWithin(last * width, other * width, (other + 1) * width);
    data.set(kept, other * width);
  }
  return { ...targets, data };
}

/** As raw columns come: each of another size, far from 0. */
function unscale(value: number, column: number): number {
  return (value + 3) * 10 ** (1 + (column % 4));
}

function changed(inputs: Inputs, change: (value: number, column: number) => number): Inputs {
  const columns = inputs.shape.at(-1) ?? 1;
  const ofBlock = (data: NdArray['data']) => data.map((value, at) => change(value, at % columns));
  if ('data' in inputs) return { ...inputs, data: ofBlock(inputs.data) };
  return {
    ...inputs,
    async *blocks() {
      for await (const block of inputs.blocks()) yield ofBlock(block);
    },
  };
}

/** Training rows in the place of the held-out ones, of which only the last step of a target is asked. */
function firstRows(training: Part, heldOut: Part): Part {
  const rows = Math.min(training.targets.shape[0] ?? 0, heldOut.targets.shape[0] ?? 0);
  const { targets } = training;
  const [wide, asked] = [targets, heldOut.targets].map(
    ({ data, shape }) => data.length / (shape[0] ?? 1),
  );
  const from = wide ?? 1;
  const width = asked ?? 1;
  const data = targets.data.slice(0, rows * width);
  for (let row = 0; row < rows; row++) {
    const end = (row + 1) * from;
    data.set(targets.data.subarray(end - width, end), row * width);
  }
  return {
    inputs: firstInputs(training.inputs, rows),
    targets: { ...heldOut.targets, shape: [rows, ...heldOut.targets.shape.slice(1)], data },
  };
}

function firstInputs(inputs: Inputs, rows: number): Inputs {
  const shape = [rows, ...inputs.shape.slice(1)];
  const values = shape.reduce((all, size) => all * size, 1);
  if ('data' in inputs) return { ...inputs, shape, data: inputs.data.slice(0, values) };
  return {
    ...inputs,
    shape,
    async *blocks() {
      let left = values;
      for await (const block of inputs.blocks()) {
        yield block.slice(0, left);
        left -= block.length;
        if (left <= 0) return;
      }
    },
  };
}
