import { expect, test } from '@jest/globals';
import { join } from 'node:path';
import { packageRoot } from '../grader/package-root.ts';
import { mirror, realTest } from './support/real-data.ts';
import { gradeAsJson } from './support/run-grader.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const solution = (problem: string) => join(packageRoot, 'solutions', `${problem}.ts`);

// The two problems whose data lie in their packages; `npm run check:full` grades all on real data.
test.each(['regression', 'sunspots'])(
  'the reference of %s reaches five points',
  async (problem) => {
    const { report, exitCode } = await gradeAsJson([problem, solution(problem)], {
      cwd: temporaryFolder(),
    });
    expect(report.points).toBe(5);
    expect(exitCode).toBe(0);
  },
);

test.each(['fashion-mnist', 'image-augmentation', 'sarcasm'])(
  'the reference of %s passes on its sample data',
  async (problem) => {
    const { report, exitCode } = await gradeAsJson([problem, solution(problem), '--sample'], {
      cwd: temporaryFolder(),
    });
    expect(report.points).toBeGreaterThanOrEqual(4);
    expect(report.data?.sample).toBe(true);
    expect(exitCode).toBe(0);
  },
);

realTest('fashion-mnist')(
  'a small network learns the real Fashion-MNIST in two epochs',
  async () => {
    const recipe = join(packageRoot, 'test', 'recipes', 'small-fashion.ts');
    const { report } = await gradeAsJson(['fashion-mnist', recipe], {
      cwd: temporaryFolder(),
      env: { EXAM_DATA_MIRROR: mirror ?? undefined },
    });
    expect(report.data).toMatchObject({ variant: 'original', sample: false });
    expect(report.score?.rows).toBe(10_000);
    expect(report.score?.value).toBeGreaterThan(0.8);
    expect(report.images?.length).toBeGreaterThan(0);
  },
);
