import { expect, test } from '@jest/globals';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('the model that a grading leaves is a submission with the same score', async () => {
  const cwd = temporaryFolder();
  const recipe = join(packageRoot, 'test', 'recipes', 'many-layers.ts');
  copyFileSync(recipe, join(cwd, 'regression.ts'));
  const grade = async (...words: string[]) => {
    const { stdout } = await runGrader(['grade', 'regression', ...words, '--json'], { cwd });
    return JSON.parse(stdout) as GradeReport;
  };
  const trained = await grade('regression.ts', '--out', 'trained');
  const again = await grade('trained/model/model.json', '--out', 'trained');
  expect(again).toMatchObject({ failure: null, training: null });
  expect(again.evaluation?.kerasVersion).toMatch(/^grader /);
  expect(again.score?.value).toBeCloseTo(trained.score?.value ?? NaN, 3);
  expect(existsSync(join(cwd, 'trained', 'model', 'model.json'))).toBe(true);
});

test('what a killed grading left may be written over, and nothing else', async () => {
  const cwd = temporaryFolder();
  const submission = join(packageRoot, 'test', 'fixtures', 'keras', 'regression.h5');
  mkdirSync(join(cwd, 'out', '.scratch'), { recursive: true });
  writeFileSync(join(cwd, 'out', 'log.txt'), '');
  writeFileSync(join(cwd, 'out', '.scratch', 'weights.f32'), 'half');
  const words = ['grade', 'regression', submission, '--out', 'out'];
  expect((await runGrader(words, { cwd })).exitCode).toBe(0);
  expect(existsSync(join(cwd, 'out', '.scratch'))).toBe(false);
  rmSync(join(cwd, 'out', 'report.json'));
  writeFileSync(join(cwd, 'out', 'notes.txt'), 'mine');
  const refused = await runGrader(words, { cwd });
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain('out is not empty and holds no earlier result.');
  expect(readFileSync(join(cwd, 'out', 'notes.txt'), 'utf8')).toBe('mine');
});
