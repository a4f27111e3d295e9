import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../grader/package-root.ts';
import { checkReport } from '../../grader/report/schema.ts';
import { chosen } from '../support/full.ts';
import { killChildren, type Kills } from '../support/processes.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Grades for regression while something outside kills processes of the grading. */
async function gradeUnderFire(cwd: string, file: string, kills: Kills) {
  const program = join(packageRoot, 'grader', 'launch.js');
  // What is killed once ends by its limit; what is killed again and again must not end before.
  const limit = kills.count === 1 ? '8' : '60';
  const words = ['grade', 'regression', file, '--json', '--out', 'out', '--time-limit', limit];
  const child = execa(process.execPath, [program, ...words], {
    ...{ cwd, reject: false, stdin: 'ignore' },
  });
  // A trainer that dies before it has its job is replaced without a word.
  if (kills.text === trainer) await firstEpoch(child.stderr);
  const killed = await killChildren(child.pid ?? 0, kills);
  const { exitCode, stdout } = await child;
  return { exitCode, killed, report: checkReport(JSON.parse(stdout)) };
}

async function firstEpoch(stderr: NodeJS.ReadableStream): Promise<void> {
  for await (const line of createInterface({ input: stderr })) if (/^Epoch /.test(line)) return;
}

const trainer = 'engine/child';
const endless = () => join(packageRoot, 'test/recipes/endless.ts');
const recipe = (cwd: string) => writeRecipe(cwd, { fit: 'epochs: 3' });

function architecture(cwd: string): string {
  const dense = { name: 'dense', units: 1, batch_input_shape: [null, 9] };
  const layers = [{ class_name: 'Dense', config: dense }];
  const model = { class_name: 'Sequential', config: { name: 'line', layers } };
  writeFileSync(join(cwd, 'model.json'), JSON.stringify(model));
  writeRecipe(cwd, { fit: 'epochs: 3' }, 'model.recipe.ts');
  return 'model.json';
}

const stages: [string, string, (cwd: string) => string][] = [
  ['reads the recipe', 'sandbox/child', recipe],
  ['reads the model', 'keras/child', architecture],
  ['prepares the data', 'prepare/child', recipe],
  ['trains', trainer, endless],
  ['scores', 'scoring/child', recipe],
];

// Of a full run all; else each stage in one of the three tables.
const among =
  (...texts: readonly string[]) =>
  ([, text]: (typeof stages)[number]) =>
    texts.includes(text);

test.each(chosen(stages, among('sandbox/child', trainer, 'scoring/child')))(
  'a process that %s and is killed once is repeated, and said',
  async (_, text, submission) => {
    const cwd = temporaryFolder();
    const kills = { text, signal: 'SIGKILL', count: 1 } as const;
    const { exitCode, killed, report } = await gradeUnderFire(cwd, submission(cwd), kills);
    expect(killed).toBe(1);
    expect([0, 1]).toContain(exitCode);
    expect(report).toMatchObject({ failure: null, countsAsAttempt: true });
    expect(report.notes.join('\n')).toMatch(
      /^The process .* ended without an? \w+ \(signal SIGKILL\); the stage was repeated\.$/m,
    );
  },
);

const ofSubmission = stages.filter(([, text]) => !/prepare|scoring/.test(text));

test.each(chosen(ofSubmission, among('keras/child', trainer)))(
  'a process that %s, killed twice while a small submission runs well, exceeds a limit',
  async (_, text, submission) => {
    const cwd = temporaryFolder();
    const kills = { text, signal: 'SIGKILL', count: 2 } as const;
    const { exitCode, killed, report } = await gradeUnderFire(cwd, submission(cwd), kills);
    expect(killed).toBe(2);
    expect(exitCode).toBe(4);
    expect(report).toMatchObject({
      ...{ verdict: 'limit-exceeded', points: 0, countsAsAttempt: true },
      failure: { fault: 'limit', code: 'killed' },
    });
  },
);

const ofMachine = stages.filter(([, text]) => !/scoring/.test(text));

test.each(chosen(ofMachine, among('sandbox/child', 'prepare/child')))(
  'a process that %s, killed whenever there is one, is the machine at fault',
  async (_, text, submission) => {
    const cwd = temporaryFolder();
    const kills = { text, signal: 'SIGKILL', count: 1000 } as const;
    const { exitCode, report } = await gradeUnderFire(cwd, submission(cwd), kills);
    expect(exitCode).toBe(6);
    expect(report).toMatchObject({
      ...{ verdict: 'machine-fault', points: null, countsAsAttempt: false },
      failure: { fault: 'machine' },
    });
  },
);

test('a training that crashes twice is a crash of the submission', async () => {
  const cwd = temporaryFolder();
  const kills = { text: trainer, signal: 'SIGSEGV', count: 2 } as const;
  const { exitCode, report } = await gradeUnderFire(cwd, endless(), kills);
  expect(exitCode).toBe(3);
  expect(report).toMatchObject({
    ...{ verdict: 'crashed', points: 0, countsAsAttempt: true },
    failure: { fault: 'candidate', code: 'crash' },
  });
  expect(report.failure?.message).toContain('(signal SIGSEGV). It did so twice, while a small');
});
