import { expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure } from '../../grader/contract.ts';
import { GraderError } from '../../grader/errors.ts';
import { packageRoot } from '../../grader/package-root.ts';
import type { RecipeRun, RunOptions } from '../../grader/sandbox/start.ts';
import { readAnswer } from '../../grader/sandbox/answer.ts';
import { runRecipe } from '../../grader/sandbox/start.ts';

const programs = join(packageRoot, 'test', 'sandbox', 'programs');

function run(name: string, options: RunOptions = {}): Promise<RecipeRun> {
  // Named .txt so that no tool of ours reads them as our own code.
  const text = readFileSync(join(programs, `${name}.txt`), 'utf8');
  return runRecipe({ path: join(programs, name), text }, options);
}

async function failure(name: string, options: RunOptions = {}): Promise<Failure> {
  try {
    await run(name, options);
  } catch (error) {
    if (error instanceof GraderError) return error.failure;
    throw error;
  }
  throw new Error(`${name} was accepted.`);
}

test.each([
  [
    'throws.ts',
    'recipe-threw',
    /^throws\.ts, line 4: layers\.dense has no option "unit"\. Nearest: "units"\./,
  ],
  ['throws-text.js', 'recipe-threw', /^throws-text\.js: The recipe threw "\[2Jx{57}…"\.$/],
  [
    'throws-trap.js',
    'recipe-threw',
    /^throws-trap\.js: The recipe threw something that cannot be read\.$/,
  ],
  ['type-error.js', 'recipe-threw', /^type-error\.js, line 3: TypeError: cannot read property/],
  [
    'imports-fs.ts',
    'recipe-import',
    /^imports-fs\.ts, line 2: A recipe may import only "grader"; it asked for "node:fs"\.$/,
  ],
  [
    'requires-fs.js',
    'recipe-import',
    /^requires-fs\.js, line 1: A recipe may import only "grader"; it asked for "fs"\.$/,
  ],
  [
    'imports-name.js',
    'recipe-threw',
    /^imports-name\.js, line 3: There is no grader\.conv2d\. There are: /,
  ],
  ['await.ts', 'recipe-async', /^await\.ts, line 3: A recipe is read in one go, without await\.$/],
  ['promise.js', 'recipe-async', /^promise\.js: The recipe exports a promise/],
  ['syntax.ts', 'recipe-syntax', /^syntax\.ts, line 3, column \d+: /],
  ['proto.js', 'not-a-recipe', /must not have the key "__proto__"\.$/],
  ['deep.js', 'not-a-recipe', /is nested more than 64 deep/],
  ['cyclic.js', 'not-a-recipe', /is nested more than 64 deep/],
  [
    'nan.js',
    'not-a-recipe',
    /\/model\/config\/layers\/0\/config\/rate must be a finite number, got NaN\.$/,
  ],
  [
    'not-a-recipe.js',
    'not-a-recipe',
    /must `export default defineRecipe\(\{…\}\)`, got \{"model":3\}\.$/,
  ],
  ['no-export.ts', 'not-a-recipe', /got no default export\.$/],
  [
    'process-exit.js',
    'recipe-threw',
    /^process-exit\.js, line 1: ReferenceError: 'process' is not defined$/,
  ],
  ['escape.js', 'recipe-threw', /: reached: nothing$/],
] as const)('%s is refused with %s', async (name, code, message) => {
  const refused = await failure(name);
  expect(refused).toMatchObject({ fault: 'candidate', code });
  expect(refused.message).toMatch(message);
  expect(refused.message).not.toContain(packageRoot);
});

test('a recipe that never ends is stopped, and the time is said', async () => {
  const refused = await failure('forever.ts', { limits: { timeSeconds: 1 } });
  expect(refused).toMatchObject({ fault: 'limit', code: 'recipe-time' });
  expect(refused.message).toMatch(
    /^forever\.ts was stopped after \d+\.\d s; a recipe may take 1 s/,
  );
});

test.each(['greedy.ts', 'heap.ts'])(
  '%s takes memory, is stopped, and the limit is said',
  async (name) => {
    const refused = await failure(name);
    expect(refused).toMatchObject({
      fault: 'limit',
      code: 'recipe-memory',
      message: `${name} needs more memory than the 128 MiB that a recipe may use.`,
    });
  },
);

test('a recipe that prints without end is stopped', async () => {
  expect(await failure('noisy.ts')).toMatchObject({
    fault: 'limit',
    code: 'recipe-printed',
    message: 'noisy.ts printed more than 1 MiB.',
  });
});

test('a document that is too large is refused with its size', async () => {
  const refused = await failure('huge-output.js');
  expect(refused).toMatchObject({ fault: 'limit', code: 'recipe-too-large' });
  expect(refused.message).toMatch(
    /^huge-output\.js: The recipe is 41943\d\d bytes as JSON; at most 1048576/,
  );
});

test('a recipe that changes the language does not change the answer', async () => {
  expect((await run('overwrites.js')).document).toEqual({ format: 'grader-recipe' });
});

test.each([
  '',
  'no JSON',
  'null',
  '{"refusal": 3}',
  '{"refusal": {"kind": "other", "message": ""}}',
])('the text %j is no answer', (text) => {
  expect(readAnswer(text)).toBeNull();
});

test('a recipe gives its document and what it printed, the same each time', async () => {
  const { document, printed } = await run('prints.ts');
  expect(document).toMatchObject({
    model: { config: { layers: [{ class_name: 'Dense', config: { units: 8 } }] } },
  });
  expect(printed).toMatch(/^hidden 8 0\.\d+ 1704067200000$/m);
  expect(printed).toMatch(/^\[31mred\[0m$/m);
  expect((await run('prints.ts')).printed.split('\n').sort()).toEqual(printed.split('\n').sort());
});

test('a stop signal ends the child before its limit does', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 300);
  expect(await failure('forever.ts', { signal: controller.signal })).toMatchObject({
    fault: 'interrupted',
  });
});

test('the grader’s environment does not reach a recipe, and no folder stays behind', async () => {
  const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('grader-recipe-'));
  const before = new Set(left());
  await run('prints.ts');
  const new_ = left().filter((name) => !before.has(name));
  expect(new_.filter((name) => existsSync(join(tmpdir(), name)))).toEqual([]);
});
