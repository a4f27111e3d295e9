import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Points on a plane, which one Dense layer learns. */
const points = Array.from({ length: 60 }, (_, row) => {
  const [x, y] = [((row * 7) % 11) / 11, ((row * 5) % 13) / 13];
  return [x, y, 2 * x - y + 0.5].join(',');
}).join('\n');

const definition = {
  id: 'plane',
  version: 3,
  title: 'A plane',
  category: 6,
  summary: 'Learn a plane from its points.',
  task: 'regression',
  input: { shapes: [[2]], dtype: 'float32', description: 'two numbers' },
  outputs: [{ shape: [1], description: 'the height' }],
  dataset: {
    ...{ id: 'plane', title: 'Plane', licence: 'CC0', citation: 'none', homepage: 'none' },
    bundled: true,
    variants: [
      {
        id: 'original',
        title: '60 points',
        files: [
          {
            name: 'points.csv',
            bytes: points.length,
            sha256: createHash('sha256').update(points).digest('hex'),
            urls: [],
          },
        ],
      },
    ],
  },
  metric: { id: 'mae', unit: 'm' },
  profiles: {
    strict: {
      ...{ title: 'strict', source: 'by hand', inclusive: true },
      bars: [0.1, 0.2, 0.3, 0.4, 0.5].map((value, index) => ({ points: 5 - index, value })),
    },
  },
  passMark: 3,
  limits: { trainingSeconds: 60, parameters: 1000, layers: 10, activationMegabytes: 100 },
  sample: false,
};

/** Types to be stripped, a module beside it, the grader's one module, and a trace of who ran it. */
const dataTs = `import { appendFileSync } from 'node:fs';
import { seededRandom, type DataFiles, type ProblemData, type Split } from 'grader/problem';
import { readPoints, type Point } from './points.ts';

appendFileSync(new URL('../loaded-by.txt', import.meta.url), \`\${process.argv[1]}\\n\`);

export async function prepare(files: DataFiles): Promise<ProblemData> {
  const points = readPoints(new TextDecoder().decode(await files.bytes('points.csv')));
  seededRandom(1);
  const part = (rest: number) => toSplit(points.filter((_, row) => row % 3 === rest));
  return { training: part(0), validation: part(1), heldOut: part(2), decoding: {}, notes: [] };
}

function toSplit(points: readonly Point[]): Split {
  const rows = points.length;
  return {
    inputs: { dtype: 'float32', shape: [rows, 2], data: Float32Array.from(points.flatMap(({ at }) => at)) },
    targets: { dtype: 'float32', shape: [rows, 1], data: Float32Array.from(points, ({ height }) => height) },
  };
}
`;

const pointsTs = `export interface Point { readonly at: readonly number[]; readonly height: number }

export function readPoints(csv: string): Point[] {
  return csv.split('\\n').map((line) => {
    const [x = NaN, y = NaN, height = NaN] = line.split(',').map(Number);
    return { at: [x, y], height };
  });
}
`;

const starter = `import { defineRecipe, layers, sequential, train } from 'grader';
export default defineRecipe({
  model: sequential([layers.dense({ units: 1, inputShape: [2] })]),
  compile: { optimizer: train.adam({ learningRate: 0.1 }), loss: 'meanSquaredError' },
  fit: { epochs: 60, batchSize: 5 },
});
`;

/** Writes a package, whole or with files changed (null leaves one out), and answers its folder. */
export function writeProblem(
  folder: string,
  changes: Readonly<Record<string, string | null>> = {},
  name = 'plane',
): string {
  const files: Record<string, string | null> = {
    'problem.json': JSON.stringify({ ...definition, id: name }),
    'data.ts': dataTs,
    'points.ts': pointsTs,
    'data/points.csv': points,
    'statement.md': '# A plane\n\nLearn it.\n',
    'starter.ts': starter,
    ...changes,
  };
  for (const [path, text] of Object.entries(files)) {
    if (text === null) continue;
    mkdirSync(join(folder, name, path, '..'), { recursive: true });
    writeFileSync(join(folder, name, path), text);
  }
  return join(folder, name);
}

/** The definition with fields changed. */
export function definitionWith(changes: object): string {
  return JSON.stringify({ ...definition, ...changes });
}
