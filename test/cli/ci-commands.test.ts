import { expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultFoldersIn } from '../support/check-all.ts';
import { runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Blanks as .NET's TrimStart takes them, which GitHub's runner calls on each line. */
const blanks = /^[\s\u0085]+/;

/** What GitHub's runner would run of a log: ActionCommand.TryParseV2 and TryParse, by lines of ReadLine. */
function commandsIn(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.replace(blanks, '').startsWith('::') || /##(?:\w*)\[/.test(line));
}

const commands = [
  ...['::error::x', '::add-mask::5', '::stop-commands::y', '##[error]x', '##vso[task.complete]x'],
  ...[
    'x\r::error::y',
    'x\n \t::error::y',
    'x\n\u0085::error::y',
    'x\n\u3000::error::y',
    'x\u2028::error::y',
  ],
  ...['%0A::error::x', '::error file=a,line=1::x', "##teamcity[testFinished name='x']"],
];

/** Recipes that print a text, throw it, name a layer or a metric by it, and import it. */
function recipesOf(text: string): readonly string[] {
  const quoted = JSON.stringify(text);
  const trained = (name: string) => `
    import { defineRecipe, layers, sequential, train } from 'grader';
    console.log(${quoted}); console.error('a\\n' + ${quoted});
    export default defineRecipe({
      model: sequential([layers.dense({ units: 1, inputShape: [9], name: ${name} })]),
      compile: { optimizer: train.adam(), loss: 'meanSquaredError' },
      fit: { epochs: 1, batchSize: 64 },
    });`;
  return [
    trained(quoted),
    `console.log(${quoted}); throw new Error(${quoted});`,
    `import x from ${quoted};\nexport default x;`,
    `export default ${quoted};`,
    `/*\n${text}\n*/ export default defineRecipe({ ${text}`,
  ];
}

test('nothing that a submission says is a command, on the screen or in its log', async () => {
  const cwd = temporaryFolder();
  for (const [at, text] of commands.entries()) {
    const folder = join(cwd, 'in', 'regression', text.replaceAll('/', '-'));
    mkdirSync(folder, { recursive: true });
    const recipes = recipesOf(text);
    // The first is trained, which takes seconds; the others take turns.
    const recipe = recipes[at === 0 ? 0 : 1 + (at % (recipes.length - 1))] ?? '';
    writeFileSync(join(folder, `${text}.ts`.replaceAll('/', '-')), recipe);
  }
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
  const args = ['check', 'in', '--out', 'out', '--min-points', '0'];
  const run = await runGrader(args, { cwd, env });
  expect(run.exitCode).toBe(1);
  const own = commandsIn(`${run.stdout}\n${run.stderr}`);
  expect(own).toHaveLength(10);
  for (const line of own) expect(line).toMatch(/^::(?:error|warning) title=[^:]*::[^\r\n]*$/);
  const results = resultFoldersIn(join(cwd, 'out'));
  expect(results).toHaveLength(commands.length);
  for (const folder of results) {
    expect(commandsIn(readFileSync(join(cwd, 'out', folder, 'log.txt'), 'utf8'))).toEqual([]);
  }
  const summary = readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8');
  expect(summary.split('\n').filter((line) => line.startsWith('| ❌'))).toHaveLength(
    results.length,
  );
  expect(commandsIn(summary)).toEqual([]);
});

test('elsewhere than on GitHub there are no commands, and with --json none on stdout', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'sunspots.ts'), 'throw new Error("no");');
  const args = ['check', '.', '--out', 'out', '--json'];
  const elsewhere = await runGrader(args, { cwd, env: { GITHUB_ACTIONS: undefined } });
  expect(commandsIn(`${elsewhere.stdout}\n${elsewhere.stderr}`)).toEqual([]);
  const there = await runGrader(args, { cwd, env: { GITHUB_ACTIONS: 'true' } });
  expect(JSON.parse(there.stdout)).toMatchObject({ reports: [{ points: 0 }] });
  expect(commandsIn(there.stderr)).toEqual([
    expect.stringMatching(/^::error title=sunspots\.ts%3A 0\/5::Invalid submission: .*: no\.$/),
  ]);
});

test('what is typed wrongly is repeated without commands and without control characters', async () => {
  const cwd = temporaryFolder();
  for (const args of [
    ['check', '--x\n::error::y\x1b[2J'],
    ['grade', 'x\n::error::y\x1b[2J', 'f'],
  ]) {
    const { exitCode, stderr } = await runGrader(args, { cwd });
    expect(exitCode).toBe(2);
    expect(commandsIn(stderr)).toEqual([]);
    expect(stderr).not.toContain('\x1b');
  }
});
