import { expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recipeOf } from '../../grader/grade/own-submission.ts';
import { problems } from '../../problems/index.ts';
import { gradeAsJson } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test.each(problems.map(({ definition }) => [definition.id, definition] as const))(
  "the grader's own submission to %s is trained and graded",
  async (id, definition) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'own.json'), recipeOf(definition));
    const args = [id, 'own.json', ...(definition.sample ? ['--sample'] : [])];
    const { report } = await gradeAsJson(args, { cwd });
    expect(report.failure).toBeNull();
    expect(report.training?.history).toHaveLength(1);
  },
);
