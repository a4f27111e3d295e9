import { beforeAll, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KerasObject, LayerConfig } from '../../../grader/contract.ts';
import { models } from '../../recipe/layer-models.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runProgram } from '../run-program.ts';

interface Line {
  readonly name: string;
  readonly values?: readonly (readonly number[])[];
  readonly error?: string;
  readonly packages?: readonly string[];
}

/** Its activation is hard_sigmoid, by which TF.js means another function. */
const otherwise = ['Dense'];

let ours: readonly Line[] = [];
let theirs: readonly Line[] = [];

beforeAll(async () => {
  const folder = temporaryFolder();
  const list = Object.entries(models).map(([name, [{ model }]]) => ({
    ...{ name, config: model, inputs: inputsOf(model) },
  }));
  writeFileSync(join(folder, 'models.json'), JSON.stringify(list));
  ours = await runProgram<Line>('model/loaded-packages.js', folder);
  theirs = await runProgram<Line>('model/plain-tfjs.js', folder);
});

test('what a grading saves predicts the same in TF.js Layers from npm', () => {
  const apart = theirs.filter(({ name, values }) => {
    const wanted = ours.find((line) => line.name === name)?.values?.flat() ?? [];
    const found = values?.flat() ?? [];
    const isClose = found.every((value, at) => Math.abs(value - (wanted[at] ?? NaN)) < 1e-5);
    return found.length === 0 || found.length !== wanted.length || !isClose;
  });
  expect(apart.map(({ name }) => name)).toEqual(otherwise);
});

test('a trainer loads nothing of TF.js but its core', () => {
  expect(ours.find(({ name }) => name === 'loaded')?.packages).toEqual([]);
});

/** Two examples for each input; small whole numbers where they are word ids. */
function inputsOf({ config }: KerasObject): object[] {
  const layers = config['layers'] as readonly LayerConfig[];
  const takesWords = layers.some(({ class_name }) => class_name === 'Embedding');
  const inputs = layers.filter((layer) => layer.config['batch_input_shape']);
  const shapes = inputs.map((layer) => layer.config['batch_input_shape'] as number[]);
  return (shapes.length > 0 ? shapes : [[0, 6]]).map(([, ...sizes]) => {
    const length = 2 * sizes.reduce((product, size) => product * size, 1);
    const values = Array.from({ length }, (_, at) =>
      takesWords ? at % 7 : ((at * 37) % 11) / 5 - 1,
    );
    return { shape: [2, ...sizes], values };
  });
}
