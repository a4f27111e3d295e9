import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../../grader/contract.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { writeProblem } from '../support/outside-problem.ts';
import { copyProgram } from '../support/program-copy.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a sixth problem is its folder and one line in problems/index.ts', async () => {
  const program = copyProgram(temporaryFolder());
  for (const part of ['grader', 'tsconfig.json', 'tsconfig.build.json']) {
    cpSync(join(packageRoot, part), join(program.root, part), { recursive: true });
  }
  writeProblem(join(program.root, 'problems'));
  const list = program.read('problems/index.ts');
  const [last = ''] = /^ {2}sunspots: .*\n/m.exec(list) ?? [];
  program.write(
    'problems/index.ts',
    list.replace(last, `${last}${last.replaceAll('sunspots', 'plane')}`),
  );
  const compiler = join(program.root, 'node_modules/typescript/bin/tsc');
  const words = [compiler, '-p', 'tsconfig.build.json'];
  await execa(process.execPath, words, { cwd: program.root });

  expect((await program.run(['problems'])).stdout.split('\n').slice(4)).toEqual([
    expect.stringMatching(/^5 {2}sunspots /),
    '6  plane               Learn a plane from its points.',
  ]);
  const starter = join(program.root, 'problems/plane/starter.ts');
  const graded = await program.run(['grade', 'plane', starter, '--json']);
  const report = JSON.parse(graded.stdout) as GradeReport;
  expect([report.problem.category, report.verdict, report.points]).toEqual([6, 'passed', 5]);
  const loadedBy = program.read('dist/problems/loaded-by.txt').trim().split('\n');
  expect(loadedBy).toEqual([expect.stringMatching(/prepare\/child\.js$/)]);
});
