import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const hostile = 'x\u202e\u0085::error::y ##[error]z';
const recipe = `
  import { defineRecipe, layers, sequential, train } from 'grader';
  export default defineRecipe({
    model: sequential([layers.dense({ units: 1, inputShape: [9] })]),
    compile: { optimizer: train.adam(), loss: 'meanSquaredError', metrics: ['mae'] },
    fit: { epochs: 2, batchSize: 64 },
  });`;

async function schema(cwd: string, name: string) {
  const { stdout } = await runGrader(['schema', name], { cwd });
  return new Ajv({ allowUnionTypes: true }).compile(JSON.parse(stdout) as object);
}

test('what check prints and each line of its progress follow the printed schemas', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'in', 'regression'), { recursive: true });
  writeFileSync(join(cwd, 'in', 'regression', 'a.ts'), recipe);
  writeFileSync(join(cwd, 'in', 'regression', `${hostile}.ts`), `throw new Error('${hostile}');`);
  const args = ['check', 'in', '--out', 'out', '--json', '--progress', 'json'];
  const { stdout, stderr } = await runGrader(args, { cwd, env: { GITHUB_ACTIONS: 'true' } });
  const isResult = await schema(cwd, 'check');
  expect(isResult(JSON.parse(stdout)) || isResult.errors).toBe(true);
  expect(isResult({ reports: [{}], notGraded: [] })).toBe(false);
  const isEvent = await schema(cwd, 'progress');
  const lines = stderr.split('\n');
  const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const event of events) expect(isEvent(event) || isEvent.errors).toBe(true);
  expect(isEvent({ event: 'other', time: '' })).toBe(false);
  const trained = events.filter(({ submission }) => submission === 'regression/a.ts');
  expect(trained.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['begin', 'model', 'epoch', 'end']),
  );
  expect(trained.filter(({ event }) => event === 'epoch')).toMatchObject([
    { epoch: 1, epochs: 2, stage: 'training', metrics: { loss: expect.any(Number) } },
    { epoch: 2 },
  ]);
  // The name is the same value, and no line shows it raw.
  expect(events.map(({ submission }) => submission)).toContain(`regression/${hostile}.ts`);
  expect(stderr).not.toMatch(/[\u202e\u0085]|##\[/);
  const isReport = await schema(cwd, 'report');
  const [report] = (JSON.parse(stdout) as { reports: object[] }).reports;
  expect(isReport(report) || isReport.errors).toBe(true);
});
