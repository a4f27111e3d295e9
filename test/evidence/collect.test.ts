import { expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeArray } from '../../grader/array-file.ts';
import type {
  AugmentationSample,
  DescribedRows,
  NdArray,
  RankedRows,
  ScoreResult,
  Task,
} from '../../grader/contract.ts';
import { collectEvidence } from '../../grader/evidence/collect.ts';
import { seededRandom } from '../../grader/random.ts';
import { golden } from '../report/golden.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ranked: RankedRows = {
  ...{ rows: [2, 0, 1], actual: [30, 10, 20], predicted: [3, 9.5, 20] },
  ...{ confidence: null, ofActual: null },
};

test('a forecast has the window that it was made from, and its date', async () => {
  const inputs = floats([3, 4, 1], [1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6]);
  const { examples, table } = await evidence({ task: 'forecast', inputs, labels: ['a', 'b', 'c'] });
  expect(examples).toEqual({
    features: [],
    vocabulary: null,
    file: 'held-out.csv',
    worst: [
      { row: 2, label: 'c', actual: 30, predicted: 3, window: [3, 4, 5, 6] },
      { row: 0, label: 'a', actual: 10, predicted: 9.5, window: [1, 2, 3, 4] },
      { row: 1, label: 'b', actual: 20, predicted: 20, window: [2, 3, 4, 5] },
    ],
  });
  expect(table?.text.split('\r\n').slice(0, 2)).toEqual([
    '"row","label","actual","predicted","predicted - actual","input 1","input 2","input 3","input 4"',
    '2,"c",30,3,-27,3,4,5,6',
  ]);
});

test('a package that declares nothing has its few numbers by place', async () => {
  const inputs = floats([3, 2], [1, 2, 3, 4, 5, 6]);
  const { examples } = await evidence({ task: 'regression', inputs });
  expect(examples?.features).toEqual([{ name: 'input 1' }, { name: 'input 2' }]);
  expect(examples?.worst[0]?.features).toEqual([5, 6]);
});

test('one that names them has them in their own units, and a text of each row', async () => {
  const described = {
    texts: ['one', 'two', '=three'],
    features: [{ name: 'weight', unit: 'kg', values: [70, 80, 90] }],
  };
  const inputs = floats([3, 2], [1, 2, 3, 4, 5, 6]);
  const { examples, table } = await evidence({ task: 'regression', inputs, described });
  expect(examples?.features).toEqual([{ name: 'weight', unit: 'kg' }]);
  expect(examples?.worst[0]).toMatchObject({ text: '=three', features: [90] });
  expect(table?.text.split('\r\n').slice(0, 2)).toEqual([
    '"row","actual","predicted","predicted - actual","text","weight (kg)"',
    `2,30,3,-27,"'=three",90`,
  ]);
});

test('words are told from those that the model did not know: id 1, and ids from its vocabulary on', async () => {
  const inputs: NdArray = {
    ...{ dtype: 'int32', shape: [3, 4] },
    data: Int32Array.from([2, 3, 0, 0, 2, 0, 0, 0, 1, 4, 3, 0]),
  };
  const described = { tokens: [['a', 'b'], ['a'], ['x', 'c', 'b']] };
  const job = { task: 'binary' as const, inputs, described, vocabulary: 4 };
  const { examples, table } = await evidence(job);
  expect(examples?.worst[0]?.tokens).toEqual([
    { word: 'x', isKnown: false },
    { word: 'c', isKnown: false },
    { word: 'b', isKnown: true },
  ]);
  expect(table?.text).toContain('"x c b","x c"');
  const { examples: ids } = await evidence({ ...job, described: null, vocabulary: null });
  expect(ids?.worst[0]?.tokens).toEqual([
    { word: '1', isKnown: false },
    { word: '4', isKnown: true },
    { word: '3', isKnown: true },
  ]);
});

test('pictures come with the row, and the table of all rows does without', async () => {
  const inputs: NdArray = { dtype: 'uint8', shape: [3, 8, 8], data: new Uint8Array(192).fill(9) };
  const { examples, table } = await evidence({ task: 'multiclass', inputs, classes: ['p', 'q'] });
  expect(examples?.worst[0]?.picture).toMatch(/^data:image\/png;base64,/);
  expect(table?.text).not.toContain('base64');
});

test('no more than fifty rows are shown, and all are in the table', async () => {
  const rows = Array.from({ length: 80 }, (_, row) => row);
  const many = { ...ranked, rows, actual: rows, predicted: rows };
  const inputs = floats([80, 1], rows);
  const { examples, table } = await evidence({ task: 'regression', inputs }, many);
  expect(examples?.worst).toHaveLength(50);
  expect(table?.text.trimEnd().split('\r\n')).toHaveLength(81);
});

test('where totals alone are disclosed there is nothing', async () => {
  const inputs = floats([3, 2], [1, 2, 3, 4, 5, 6]);
  const nothing = { images: null, examples: null, table: null };
  expect(await evidence({ task: 'regression', inputs, augmented: sampleOf(8) }, null)).toEqual(
    nothing,
  );
});

test('augmented pictures are shown before and after, as many rows as are small together', async () => {
  const inputs = floats([3, 2], [1, 2, 3, 4, 5, 6]);
  const { augmented } = await evidence({ task: 'regression', inputs, augmented: sampleOf(8) });
  expect(augmented?.map(({ row, after }) => [row, after.length])).toEqual([
    [7, 2],
    [9, 2],
    [11, 2],
  ]);
  expect(augmented?.[0]?.before).toMatch(/^data:image\/png;base64,/);
  const large = await evidence({ task: 'regression', inputs, augmented: sampleOf(112) });
  expect(large.augmented?.map(({ row }) => row)).toEqual([7, 9]);
});

test('a sample of another size than it says is shown as none', async () => {
  const inputs = floats([3, 2], [1, 2, 3, 4, 5, 6]);
  const augmented = { ...sampleOf(8), height: 9 };
  expect((await evidence({ task: 'regression', inputs, augmented })).augmented).toEqual([]);
});

/** Three rows of noise, each augmented twice. */
function sampleOf(side: number): AugmentationSample {
  const random = seededRandom(1);
  const bytes = Buffer.from(
    Array.from({ length: 3 * 3 * side * side }, () => Math.floor(256 * random())),
  );
  const size = { height: side, width: side, channels: 1 } as const;
  return { rows: [7, 9, 11], draws: 2, ...size, pixels: bytes.toString('base64') };
}

interface Job {
  readonly task: Task;
  readonly inputs: NdArray;
  readonly labels?: readonly string[];
  readonly classes?: readonly string[];
  readonly described?: DescribedRows | null;
  readonly vocabulary?: number | null;
  readonly augmented?: AugmentationSample;
}

async function evidence(job: Job, rows: RankedRows | null = ranked) {
  const folder = temporaryFolder();
  const described = join(folder, 'described.json');
  await writeFile(described, JSON.stringify(job.described ?? {}));
  return collectEvidence(
    {
      data: {
        heldOut: { inputs: await writeArray(join(folder, 'inputs.bin'), job.inputs) },
        decoding: {},
      },
      heldOut: job.labels ? { labels: job.labels } : {},
      described: job.described ? described : null,
    },
    {
      problem: {
        task: job.task,
        ...(job.task === 'binary' ? { vocabulary: { default: 9, maximum: 9 } } : {}),
        ...(job.classes ? { classes: job.classes } : {}),
      },
      scored: { score: golden('regression').score as ScoreResult, ranked: rows },
      vocabulary: job.vocabulary ?? null,
      augmented: job.augmented ?? null,
    },
  );
}

function floats(shape: readonly number[], values: readonly number[]): NdArray {
  return { dtype: 'float32', shape, data: Float32Array.from(values) };
}
