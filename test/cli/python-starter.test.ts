import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problems } from '../../problems/index.ts';
import { writeProblem } from '../support/outside-problem.ts';
import { gradeAsJson, runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const rows = problems.map(({ definition: { id, sample } }) => ({ id, sample }));
const { failed: hasNoPython } = await execa('python3', ['--version'], { reject: false });

test.each(rows)('$id has a script in Python, in both languages', async ({ id }) => {
  const cwd = temporaryFolder();
  const { stdout, exitCode } = await runGrader(['start', id, '--python'], { cwd });
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    [
      `Wrote ${id}.py. Edit it, then:`,
      `  grader data export ${id} ${id}-data`,
      `  python ${id}.py`,
      `  grader grade ${id} ${id}.keras`,
    ].join('\n'),
  );
  const korean = ['start', id, 'ko.py', '--python', '--lang', 'ko'];
  expect((await runGrader(korean, { cwd })).exitCode).toBe(0);
  const [english, translated] = [`${id}.py`, 'ko.py'].map((name) =>
    readFileSync(join(cwd, name), 'utf8'),
  );
  const codeOf = (text = '') => text.replace(/^"""[^"]+"""|^#.*\n/gm, '');
  expect(codeOf(translated)).toBe(codeOf(english));
  expect(translated).toMatch(/^#.*[가-힣]/m);
  if (!hasNoPython) await execa('python3', ['-m', 'py_compile', `${id}.py`, 'ko.py'], { cwd });
});

test('a package without a script is still one, and what is there instead is said', async () => {
  const cwd = temporaryFolder();
  writeProblem(cwd);
  const words = ['start', 'plane', '--problems', cwd];
  const { exitCode, stderr } = await runGrader([...words, '--python'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('The problem "plane" has no starter in Python.');
  expect(stderr).toContain('grader data export plane DIR');
  expect(existsSync(join(cwd, 'plane.py'))).toBe(false);
  expect((await runGrader(words, { cwd })).exitCode).toBe(0);
});

/** A Python that has Keras 3; nothing else needs one. */
const python = process.env['GRADER_TEST_KERAS_PYTHON'];

if (python !== undefined) {
  test.each(rows)('the script of $id trains a model that is graded', async ({ id, sample }) => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'arrays'));
    const flags = sample ? ['--sample'] : [];
    await runGrader(['start', id, '--python'], { cwd });
    await runGrader(['data', 'export', id, 'arrays', ...flags], { cwd });
    await execa(python, [`${id}.py`, 'arrays', 'model.h5'], { cwd });
    const { report } = await gradeAsJson([id, 'model.h5', ...flags], { cwd });
    expect(report).toMatchObject({ failure: null, training: null });
    expect(report.score?.points).toBeLessThan(5);
  });
}
