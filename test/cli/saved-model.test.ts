import { expect, test } from '@jest/globals';
import { copyFileSync } from 'node:fs';
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
  const again = await grade('trained/model/model.json');
  expect(again).toMatchObject({ failure: null, training: null });
  expect(again.evaluation?.kerasVersion).toMatch(/^grader /);
  expect(again.score?.value).toBeCloseTo(trained.score?.value ?? NaN, 3);
});
