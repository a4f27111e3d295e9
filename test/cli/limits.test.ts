import { beforeAll, expect, test } from '@jest/globals';
import { type Checked, checkAll } from '../support/check-all.ts';
import { runGrader } from '../support/run-grader.ts';
import { recipeText, writeRecipe, type RecipeParts } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Case {
  readonly title: string;
  readonly problem: string;
  readonly parts: RecipeParts;
  readonly code: RegExp;
  /** What is said, FILE being the name of the recipe. */
  readonly texts: readonly RegExp[];
}

const wide = (units: string) =>
  `layers.dense({ units: ${units}, inputShape: [9] }), layers.dense({ units: ${units} }), layers.dense({ units: 1 })`;

const cases: readonly Case[] = [
  {
    title: 'too many parameters are refused with their number and the largest layer',
    problem: 'regression',
    parts: { layers: wide('5000') },
    code: /^model-too-large$/,
    texts: [
      /The model has 25,060,001 parameters; the limit is 20,000,000\./,
      /Most are in dense_1 \(25,005,000\)\./,
    ],
  },
  {
    // One weight matrix of this size has 4 TB.
    title: 'a trillion parameters are refused before one of them is made',
    problem: 'regression',
    parts: { layers: wide('1e6') },
    code: /^model-too-large$/,
    texts: [/The model has 1,000,012,000,001 parameters/],
  },
  {
    title: 'too many layers are refused with their number',
    problem: 'regression',
    parts: {
      layers:
        'layers.dense({ units: 1, inputShape: [9] }), ...Array.from({ length: 220 }, () => layers.dense({ units: 1 }))',
    },
    code: /./,
    texts: [/The model has 221 layers; a recipe may have at most 200\./],
  },
  {
    title: 'a batch that would not fit into memory is refused by forecast',
    problem: 'sunspots',
    parts: {
      layers: 'layers.dense({ units: 60000, inputShape: [30, 1] }), layers.dense({ units: 1 })',
      fit: 'epochs: 1, batchSize: 4096',
    },
    code: /./,
    texts: [
      /The layers take 56,251 MiB for one batch of 4,096; the limit is 8,192\./,
      /Take a smaller batchSize/,
    ],
  },
  {
    title: 'a recipe that never ends is stopped after ten seconds',
    problem: 'regression',
    parts: { after: 'for (;;);' },
    code: /^recipe-time$/,
    texts: [/was stopped after \d\d\.\d s; a recipe may take 10 s/],
  },
  {
    title: 'a recipe that prints without end is stopped',
    problem: 'regression',
    parts: { after: "for (;;) console.log('hello '.repeat(100));" },
    code: /^recipe-printed$/,
    texts: [/FILE printed more than 1 MiB\./],
  },
  {
    title: 'a recipe that takes memory without end is stopped',
    problem: 'regression',
    parts: { after: 'const kept = []; for (;;) kept.push(new Array(1e5).fill(Math.random()));' },
    // Whichever is noticed first.
    code: /^recipe-(heap|memory)$/,
    texts: [/the 128 MiB that a recipe may use/],
  },
  ...[300_000, 3_000_000].map((bytes) => ({
    title: `a source file of ${bytes} bytes is refused unread, with its size`,
    problem: 'regression',
    parts: { after: `// ${'x'.repeat(bytes)}` },
    code: /^source-too-large$/,
    texts: [new RegExp(`FILE has ${bytes / 1000}\\d\\d\\d bytes; a recipe may have 262144\\.`)],
  })),
];

const nameOf = (given: Case) => `recipe-${cases.indexOf(given)}.ts`;

let checked: Checked;

beforeAll(async () => {
  checked = await checkAll(
    cases.map((given) => ({
      ...{ problem: given.problem, name: nameOf(given) },
      content: recipeText(given.parts),
    })),
  );
});

const blame = 'The submission asks for more than the limits allow.';

test.each(cases)('$title', (given) => {
  const { report, html } = checked.result(given.problem, nameOf(given));
  expect(report).toMatchObject({ verdict: 'limit-exceeded', points: 0, training: null });
  expect(report.failure?.code).toMatch(given.code);
  for (const { source } of given.texts) {
    expect(checked.run.stdout).toMatch(new RegExp(source.replace('FILE', nameOf(given))));
    const said = `${report.failure?.message}\n${report.failure?.help}`;
    expect(said).toMatch(new RegExp(source.replace('FILE', nameOf(given))));
  }
  expect(html).toContain(blame);
});

test('one that exceeds a limit ends a grading with 4', async () => {
  const cwd = temporaryFolder();
  const recipe = writeRecipe(cwd, { layers: wide('5000') });
  const run = await runGrader(['grade', 'regression', recipe, '--out', 'out'], { cwd });
  expect(run).toMatchObject({ exitCode: 4, stderr: '' });
  expect(run.stdout).toContain(`Limit exceeded. ${blame}`);
});
