import { expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { fixtureTest, kerasFixtures } from '../support/fixtures.ts';
import { predictAll, type KerasLine } from './predict-all.ts';

interface Meta {
  readonly inputs: readonly { file: string; shape: number[]; dtype: string }[];
  readonly outputs: readonly { file: string; shape: number[]; dtype: string }[];
  readonly predict: { readonly tolerance: { abs: number; rel: number } };
  readonly legacy?: { readonly own_outputs?: Meta['outputs'] };
}

const formats: readonly (readonly [file: string, format: string])[] = [
  ['model.keras', 'keras-zip'],
  ['model.h5', 'keras-hdf5'],
  ['model.json', 'keras-json'],
  ['legacy/model.keras', 'keras-zip'],
  ['legacy/model.h5', 'keras-hdf5'],
  ['legacy/model_2_9_style.h5', 'keras-hdf5'],
  ['legacy/model.json', 'keras-json'],
  ['tfjs/model.json', 'tfjs-layers'],
  ['tfjs_k3/model.json', 'tfjs-layers'],
  ['tfjs_native/model.json', 'tfjs-layers'],
];

/**
 * The one model that is refused, in each of its files: TextVectorization takes strings
 * (https://keras.io/api/layers/preprocessing_layers/text/text_vectorization), and no problem has any.
 */
const refused = 'nlp_textvectorization';

fixtureTest(
  'every file of the fixtures predicts as Keras does, or is refused for a reason',
  async () => {
    const lines = await predictAll(casesOfFixtures(join(kerasFixtures ?? '', 'models')));
    process.stdout.write(table(lines));
    const [off, right] = [
      lines.filter(({ isRight }) => isRight === false),
      lines.filter(({ isRight }) => isRight),
    ];
    expect(off).toEqual([]);
    expect(right.length).toBeGreaterThan(110);
    const refusals = lines.filter(({ refusal }) => refusal);
    expect(refusals.map(({ id, refusal }) => `${id} ${refusal?.code}`)).toEqual(
      refusals.map(() => `${refused} string-input`),
    );
    expect(refusals.length).toBe(4);
  },
);

test('models within models, shared layers and arithmetic predict as in Keras 3 and Keras 2', async () => {
  const lines = await predictAll(casesIn('keras-graphs'));
  expect(lines.length).toBe(16);
  expect(lines.filter(({ isRight }) => !isRight)).toEqual([]);
});

test('states, cells and models in layers predict as in Keras 3 and Keras 2', async () => {
  const lines = await predictAll(casesIn('keras-recurrent'));
  expect(lines.length).toBe(15);
  expect(lines.filter(({ isRight }) => !isRight)).toEqual([]);
});

/** Files of a folder of fixtures that has the predictions of its files beside them. */
function casesIn(name: string): object[] {
  const folder = join(packageRoot, 'test', 'fixtures', name);
  const cases = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
    file: string;
  }[];
  return cases.map((one) => ({
    ...one,
    id: one.file,
    path: join(folder, one.file),
    format: one.file.endsWith('.keras') ? 'keras-zip' : 'keras-hdf5',
    tolerance: { abs: 1e-6, rel: 1e-5 },
  }));
}

function casesOfFixtures(folder: string): object[] {
  return readdirSync(folder)
    .sort()
    .flatMap((id) => {
      const directory = join(folder, id);
      const meta = JSON.parse(readFileSync(join(directory, 'meta.json'), 'utf8')) as Meta;
      return formats
        .filter(([file]) => existsSync(join(directory, file)))
        .map(([file, format]) => ({
          ...{ id, file, format, path: join(directory, file) },
          inputs: meta.inputs.map((each) => ({ ...each, path: join(directory, each.file) })),
          outputs: outputsFor(file, meta).map((each) => ({
            ...each,
            path: join(directory, each.file),
          })),
          tolerance: meta.predict.tolerance,
        }));
    });
}

/** Keras 2 means another function by one of the activations. */
function outputsFor(file: string, { outputs, legacy }: Meta): Meta['outputs'] {
  const isOlder = file.startsWith('legacy') || file.startsWith('tfjs/') || file.includes('native');
  const own = isOlder ? legacy?.own_outputs : undefined;
  return own?.map((each) => ({ ...each, file: join('legacy', each.file) })) ?? outputs;
}

/** Largest difference to Keras's predictions, by model and file. */
function table(lines: readonly KerasLine[]): string {
  const ids = [...new Set(lines.map(({ id }) => id))];
  const files = formats.map(([file]) => file);
  const cell = (id: string, file: string) => {
    const line = lines.find((each) => each.id === id && each.file === file);
    if (!line) return '-';
    if (line.refusal) return line.refusal.code;
    return line.largest === undefined ? 'read' : line.largest.toExponential(0);
  };
  const head = `| model | ${files.join(' | ')} |\n|${' --- |'.repeat(files.length + 1)}\n`;
  const rows = ids.map((id) => `| ${id} | ${files.map((file) => cell(id, file)).join(' | ')} |`);
  return `${head}${rows.join('\n')}\n`;
}
