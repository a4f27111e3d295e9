import { expect, test } from '@jest/globals';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraderError } from '../../grader/errors.ts';
import { openSubmission } from '../../grader/formats/open-submission.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const imports =
  "import { callbacks, defineRecipe, input, layers, model, sequential, train } from 'grader';";
const rest = "compile: { optimizer: 'adam', loss: 'mse' }, fit: { epochs: 1 }";

async function messageOf(name: string, text: string, model?: string): Promise<string> {
  const folder = temporaryFolder();
  const path = join(folder, name);
  writeFileSync(path, text);
  const by = model === undefined ? {} : { recipe: path };
  try {
    await openSubmission(model ?? path, { scratch: join(folder, 'scratch'), ...by });
  } catch (error) {
    if (error instanceof GraderError) return error.message;
    throw error;
  }
  throw new Error(`${name} was accepted.`);
}

test('mistakes over several lines, with tabs, wide characters and Windows line ends', async () => {
  const message = await messageOf(
    'a.ts',
    `\uFEFF${imports}\r\nexport default defineRecipe({\r\n\tmodel: sequential([\r\n\t\tlayers.dense({ units: '64', inputShape: [9] }),\r\n\t\tlayers.dense(1),\r\n\t]), /* 한글 */ compile: { optimizer: train.adam({ lr: '1' }), loss: 'mse' },\r\n\tfit: { epochs: 1, batch_size: 32 },\r\n});\r\n`,
  );
  expect(message).toContain('a.ts has 4 mistakes.');
  expect(message).toContain(
    'a.ts, line 4, column 25: layers.dense: units must be a whole number, got "64". Write 64.',
  );
  expect(message).toContain('a.ts, line 5, column 16: layers.dense takes an object of options');
  expect(message).toContain('Write layers.dense({ units: 1 }).');
  expect(message).toContain('a.ts, line 6, column 54: train.adam: learningRate must be a number');
  expect(message).toContain(
    'a.ts, line 7, column 20: fit has no option "batch_size". Nearest: "batchSize".',
  );
  expect(message).toContain(
    "  4 |     layers.dense({ units: '64', inputShape: [9] }),\n    |                           ^^^^",
  );
});

test('a value that went through variables, spreads, helpers and loops is found where it was written', async () => {
  const message = await messageOf(
    'a.ts',
    `${imports}
const common = { activation: 'rellu' };
const rate = '0.5';
const dense = (units: unknown) => layers.dense({ units, ...common } as never);
const stack = [dense(8), layers.dropout({ rate } as never)];
for (const size of [1, 2]) stack.push(layers.dense({ units: size, useBias: 'true' } as never));
export default defineRecipe({ model: sequential([layers.dense({ units: 1, inputShape: [9] }), ...stack]), ${rest} });
`,
  );
  expect(message).toContain('a.ts, line 2, column 30: layers.dense: activation is "rellu"');
  expect(message).toContain('a.ts, line 3, column 14: layers.dropout: rate must be a number');
  expect(message).toContain('a.ts, line 6, column 76: layers.dense: useBias must be true or false');
  expect(message).toContain('a.ts has 3 mistakes.');
});

test.each([
  [
    'a missing bracket',
    `${imports}\nexport default defineRecipe({\n  model: sequential([\n  ),\n});`,
    'line 4, column 3: Expected "]" before this ")", to close the "[" of line 3.',
  ],
  [
    'JSX',
    `${imports}\nexport default defineRecipe({ model: <Dense units={1} />, ${rest} });`,
    'A recipe has no JSX.',
  ],
  [
    'no export',
    `${imports}\nconst recipe = defineRecipe({ model: sequential([layers.dense({ units: 1, inputShape: [9] })]), ${rest} });`,
    'Add a line: export default recipe;',
  ],
  [
    'module.exports',
    `${imports}\nmodule.exports = defineRecipe({ model: sequential([layers.dense({ units: 1, inputShape: [9] })]), ${rest} });`,
    'write export default defineRecipe({…}) in place of module.exports.',
  ],
  [
    'a plain object',
    `${imports}\nexport default { model: sequential([layers.dense({ unit: 1, inputShape: [9] })]), ${rest} };`,
    'The export is a plain object',
  ],
  ['a function', `${imports}\nexport default () => 1;`, 'The export is a function'],
  [
    'a missing import',
    `import { defineRecipe, sequential } from 'grader';\nexport default defineRecipe({ model: sequential([layers.dense({ units: 1, inputShape: [9] })]), ${rest} });`,
    "Write import { defineRecipe, layers, sequential } from 'grader'.",
  ],
  [
    'a Python keyword',
    `${imports}\nexport default defineRecipe({ model: sequential([layers.dense(units=64, kernel_initializer='he_normal')]), ${rest} });`,
    "write { units: 64, kernelInitializer: 'he_normal' }.",
  ],
  [
    'a layer of Keras',
    `${imports}\nexport default defineRecipe({ model: sequential([Dense(64)]), ${rest} });`,
    'Dense is not defined. Nearest: layers.dense.',
  ],
  [
    'a layer without its list',
    `${imports}\nexport default defineRecipe({ model: sequential(layers.dense({ units: 1, inputShape: [9] })), ${rest} });`,
    'sequential takes a list of layers: write sequential([…]) around it.',
  ],
])('%s is told as such', async (_, text, expected) => {
  expect(await messageOf('a.ts', text)).toContain(expected);
});

test('objects that are none of Keras, or stand for a list, are told as what they are', async () => {
  const message = await messageOf(
    'a.ts',
    `${imports}
export default defineRecipe({
  model: sequential([layers.dense({ units: 1, inputShape: [9] })]),
  compile: { optimizer: { name: 'adam', lr: 1 }, loss: 'mse' },
  fit: { epochs: 1, validation_data: null, callbacks: callbacks.earlyStopping() },
});
`,
  );
  expect(message).toContain('a.ts has 3 mistakes.');
  expect(message).toContain(
    'compile: optimizer must be a name in quotes, or what a function of "grader" makes, got {"name":"adam","lr":1}. Allowed: sgd,',
  );
  expect(message).toContain('fit has no option "validation_data".');
  expect(message).toContain(
    'fit: callbacks must be a list, got one callbacks.earlyStopping. Write it in brackets, [ ].',
  );
});

test('a recipe as JSON has its mistakes at their lines', async () => {
  const layer = '{"class_name": "Dense", "config": {"units": "1", "batch_input_shape": [null, 9]}}';
  const message = await messageOf(
    'a.json',
    `{"model": {"class_name": "Sequential", "config": {"layers": [\n${layer}]}},\n"compile": {"optimizer": "adam", "loss": "mse"},\n"fit": {"epochs": "5"}}`,
  );
  expect(message).toContain(
    'a.json, line 2, column 45: /model/config/layers/0/config/units must be an integer, got "1". Write 1.',
  );
  expect(message).toContain(
    'a.json, line 4, column 19: /fit/epochs must be an integer, got "5". Write 5.',
  );
});

const training = `import { defineRecipe } from 'grader';
export default defineRecipe({
  compile: { optimizer: 'adam', loss: 'mse' },
  fit: { epochs: '5' },
});`;

test.each(['regression.h5', 'regression.json'])(
  'a recipe that trains the model of %s has its mistakes at their places',
  async (name) => {
    const model = join(packageRoot, 'test/fixtures/keras', name);
    expect(await messageOf('a.ts', training, model)).toContain(
      'a.ts, line 4, column 18: fit: epochs must be a whole number, got "5". Write 5.',
    );
    const document = '{"compile": {"optimizer": "adam", "loss": "mse"},\n"fit": {"epochs": "5"}}';
    expect(await messageOf('a.json', document, model)).toContain(
      'a.json, line 2, column 19: /fit/epochs must be an integer, got "5". Write 5.',
    );
  },
);

test('a recipe that lies beside a model file has its mistakes at their places', async () => {
  const folder = temporaryFolder();
  copyFileSync(join(packageRoot, 'test/fixtures/keras/regression.json'), join(folder, 'm.json'));
  writeFileSync(join(folder, 'm.recipe.ts'), training);
  const opening = openSubmission(join(folder, 'm.json'), { scratch: join(folder, 'scratch') });
  await expect(opening).rejects.toThrow('m.recipe.ts, line 4, column 18: fit: epochs');
});
