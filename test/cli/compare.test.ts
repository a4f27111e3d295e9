import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { definitionWith, writeProblem } from '../support/outside-problem.ts';
import { gradeAsJson, runGrader } from '../support/run-grader.ts';

let cwd = '';
const more = ['--problems', 'more'];
const folders = () => readdirSync(join(cwd, 'results')).map((name) => `results/${name}`);
const compare = (...words: string[]) => runGrader(['compare', ...words, ...more], { cwd });
const reportIn = (folder: string) =>
  JSON.parse(readFileSync(join(cwd, folder, 'report.json'), 'utf8')) as GradeReport;

/** Grades a recipe of so many epochs into `results/`. */
async function attempt(epochs: number): Promise<GradeReport> {
  const starter = readFileSync(join(cwd, 'more/plane/starter.ts'), 'utf8');
  writeFileSync(join(cwd, 'mine.ts'), starter.replace('epochs: 60', `epochs: ${epochs}`));
  return (await gradeAsJson(['plane', 'mine.ts', ...more], { cwd })).report;
}

let attempts: readonly GradeReport[] = [];
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'grader-test-'));
  writeProblem(join(cwd, 'more'));
  attempts = [await attempt(1), await attempt(2), await attempt(60)];
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

test('a grading finds the newest of the attempts in results/, and says what has changed since', () => {
  const [first, second, third] = attempts;
  const [, folder = ''] = folders();
  expect(first?.lastAttempt).toBe(undefined);
  expect(third?.lastAttempt).toMatchObject({
    folder: folder.replace('results/', ''),
    value: second?.score?.value,
    changes: [{ of: 'fit', option: 'epochs', then: '2', now: '60' }],
  });
  expect(third?.score?.difference).toMatchObject({ better: 1, method: 'paired-bootstrap' });
});

test('two results stand beside each other, with the same paired difference, as text and as a page', async () => {
  const [, second = '', third = ''] = folders();
  const asJson = await compare(second, join(third, 'report.json'), '--json');
  expect(JSON.parse(asJson.stdout)).toMatchObject({
    first: { folder: second, metric: { id: 'mae', value: attempts[1]?.score?.value } },
    second: { folder: third, points: attempts[2]?.points },
    ...{ difference: attempts[2]?.score?.difference, unpaired: null },
    changes: attempts[2]?.lastAttempt?.changes,
  });
  const text = await compare(second, third, '--html', 'made/both.html');
  expect(text.exitCode).toBe(0);
  expect(text.stdout).toMatch(/^epoch graded +2 of 2 +60 of 60$/m);
  expect(text.stdout).toMatch(/^Difference −0\.\d+ \(95% interval .*\): better beyond chance/m);
  expect(text.stdout).toContain('  fit epochs: 2 → 60');
  const page = readFileSync(join(cwd, 'made/both.html'), 'utf8');
  expect(page).toContain('<code>2</code> → <code>60</code>');
  expect(page).toContain('Training, second: from');
  expect(page).not.toMatch(/<script|script-src/);
  // The other way around it is worse by as much.
  const back = await compare(third, second, '--json');
  expect(JSON.parse(back.stdout)).toMatchObject({
    difference: { value: -(attempts[2]?.score?.difference?.value ?? 0), better: 0 },
  });
});

test('without answers to the same rows the errors of both are taken, and it says so', async () => {
  const [, second = '', third = ''] = folders();
  cpSync(join(cwd, second), join(cwd, 'bare'), { recursive: true });
  rmSync(join(cwd, 'bare/predictions.f32'));
  const { stdout } = await compare('bare', third);
  expect(stdout).toContain('the predictions of one are no longer in its folder');
  expect(stdout).toMatch(/Difference −0\.\d+ \(95% interval .*from the standard error of each/);
  const json = await compare('bare', third, '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ difference: null, unpaired: 'no-predictions' });

  const dataTs = readFileSync(join(cwd, 'more/plane/data.ts'), 'utf8');
  writeProblem(join(cwd, 'more'), {
    'data.ts': dataTs.replace('heldOut: part(2)', 'heldOut: part(1)'),
  });
  expect((await compare(second, third)).stdout).toContain('are no longer those that both had');
  writeProblem(join(cwd, 'more'), {
    'problem.json': definitionWith({ metric: { id: 'rmse', unit: 'm' } }),
  });
  expect((await compare(second, third)).stdout).toContain('or its metric are no longer those');
  writeProblem(join(cwd, 'more'));
});

test('an attempt without a score is compared by its recipe', async () => {
  const [, second = '', third = ''] = folders();
  const { failure, ...report } = reportIn(second);
  mkdirSync(join(cwd, 'failed'));
  const unscored = { ...report, failure, score: null, points: null, verdict: 'interrupted' };
  writeFileSync(join(cwd, 'failed/report.json'), JSON.stringify(unscored));
  const { stdout, exitCode } = await compare('failed', third);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('At least one of them has no score');
  expect(stdout).toContain('  fit epochs: 2 → 60');
});

test('what cannot stand beside each other is refused, with where it lies', async () => {
  const [, second = ''] = folders();
  const refusal = async (other: object) => {
    mkdirSync(join(cwd, 'other'), { recursive: true });
    writeFileSync(join(cwd, 'other/report.json'), JSON.stringify(other));
    const { exitCode, stderr } = await compare(second, 'other');
    expect(exitCode).toBe(2);
    return stderr;
  };
  const report = reportIn(second);
  const { problem, data } = report;
  expect(await refusal({ ...report, problem: { ...problem, id: 'tides' } })).toContain(
    `another problem: plane in ${second}, tides in other.`,
  );
  const metric = { ...problem.metric, id: 'rmse' };
  expect(await refusal({ ...report, problem: { ...problem, metric } })).toContain('grader score');
  expect(await refusal({ ...report, data: { ...data, sample: true } })).toContain(
    'real in results/',
  );
  expect(await refusal({})).toContain('its report.json is no report of this grader');
  expect((await compare(second, 'nowhere')).stderr).toContain('nowhere is no result');
});
