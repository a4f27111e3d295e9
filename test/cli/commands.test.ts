import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport, ProblemDefinition } from '../../grader/contract.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { testWith } from '../support/needs.ts';
import { runGrader } from '../support/run-grader.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const program = join(packageRoot, 'grader/launch.js');

test('without a command the help is printed, which is misuse', async () => {
  const { exitCode, stdout, stderr } = await runGrader([], { cwd: temporaryFolder() });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^Usage: grader /);
});

test.each([
  [[]],
  ...['grade', 'check', 'inspect', 'problems', 'show', 'start', 'setup', 'doctor'].map((name) => [
    [name],
  ]),
  ...['fetch', 'verify', 'where', 'export'].map((name) => [['data', name]]),
])('grader %j --help prints the usage of that command', async (words) => {
  const { exitCode, stdout } = await runGrader([...words, '--help'], { cwd: temporaryFolder() });
  expect(exitCode).toBe(0);
  expect(stdout.startsWith(`Usage: ${['grader', ...words].join(' ')} `)).toBe(true);
});

test.each(['regression', 'sunspots'])('the starter of %s runs as it is written', async (id) => {
  const cwd = temporaryFolder();
  const start = await runGrader(['start', id], { cwd });
  expect(start.exitCode).toBe(0);
  expect(start.stdout).toBe(`Wrote ${id}.ts. Edit it, then: grader grade ${id} ${id}.ts`);
  const graded = await runGrader(['grade', id, `${id}.ts`, '--json'], { cwd });
  expect([0, 1]).toContain(graded.exitCode);
  expect((JSON.parse(graded.stdout) as GradeReport).points).toBeLessThan(5);
});

test('a report is in the language of --lang, else of LANG; an unknown one is misuse', async () => {
  const cwd = temporaryFolder();
  const recipe = join(packageRoot, 'test/recipes/linear.ts');
  const env = { LC_ALL: undefined, LC_MESSAGES: undefined, LANG: 'ko_KR.UTF-8' };
  const grade = (...more: string[]) =>
    runGrader(['grade', 'regression', recipe, '--out', 'out', ...more], { cwd, env });
  const page = () => readFileSync(join(cwd, 'out/report.html'), 'utf8');
  expect((await grade()).stdout).toContain('점');
  expect(page()).toContain('<html lang="ko">');
  expect((await grade('--lang', 'en')).stdout).toContain('Score');
  expect(page()).toContain('<html lang="en">');
  const { exitCode, stderr } = await grade('--lang', 'tlh');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Allowed choices are en, ko.');
});

test('start never writes over a file', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'sunspots.ts'), 'my work');
  const again = await runGrader(['start', 'sunspots'], { cwd });
  expect(again.exitCode).toBe(2);
  expect(again.stderr).toContain('sunspots.ts is there already.');
  expect(readFileSync(join(cwd, 'sunspots.ts'), 'utf8')).toBe('my work');
  expect((await runGrader(['start', 'sunspots', 'other.ts'], { cwd })).exitCode).toBe(0);
  expect((await runGrader(['start', 'sunspots', 'no/folder.ts'], { cwd })).exitCode).toBe(2);
});

test('problems and show give the definitions as JSON and the statement as text', async () => {
  const cwd = temporaryFolder();
  const all = await runGrader(['problems', '--json'], { cwd });
  const definitions = JSON.parse(all.stdout) as ProblemDefinition[];
  expect(definitions.map(({ id }) => id)).toEqual([
    ...['regression', 'fashion-mnist', 'image-augmentation', 'sarcasm', 'sunspots'],
  ]);
  const one = await runGrader(['show', 'sunspots', '--json'], { cwd });
  expect(JSON.parse(one.stdout)).toEqual(definitions[4]);
  const { stdout } = await runGrader(['show', 'sunspots'], { cwd });
  expect(stdout).toContain(
    readFileSync(join(packageRoot, 'problems/sunspots/statement.md'), 'utf8').trim(),
  );
  expect(stdout).toContain('strict   mean absolute error <=  5: 0.04  4: 0.045');
  expect(stdout).toContain('Pass mark: 3 of 5');
  const korean = await runGrader(['problems', '--lang', 'ko'], { cwd });
  expect(korean.stdout).toMatch(/^5 +sunspots +지난 30개월의 태양 흑점 수로/m);
});

test('exported arrays are NumPy files with their shape in the header', async () => {
  const cwd = temporaryFolder();
  expect((await runGrader(['data', 'export', 'regression', '.'], { cwd })).exitCode).toBe(0);
  const file = readFileSync(join(cwd, 'validation_inputs.npy'));
  expect(file.subarray(0, 8).toString('latin1')).toBe('\x93NUMPY\x01\x00');
  const length = file.readUInt16LE(8);
  expect((10 + length) % 64).toBe(0);
  expect(file.subarray(10, 10 + length).toString()).toMatch(
    /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(78, 9\), \} *\n$/,
  );
  expect(file.length).toBe(10 + length + 78 * 9 * 4);
});

test('a reader that leaves early does not disturb the program', async () => {
  const cwd = temporaryFolder();
  for (const words of ['problems', 'show sarcasm', 'problems --json', 'doctor --json', '--help']) {
    // The reader ends before the program writes its first line.
    const { stderr, stdout } = await shell(
      `{ "$NODE" "$GRADER" ${words}; echo "code $?" >&2; } | true`,
      cwd,
    );
    expect({ words, stdout, stderr }).toEqual({ words, stdout: '', stderr: 'code 0' });
  }
});

test('a grading goes on when nobody reads its progress', async () => {
  const cwd = temporaryFolder();
  const recipe = join(packageRoot, 'test/recipes/linear.ts');
  const command = `{ "$NODE" "$GRADER" grade regression ${recipe} --out out 2>&1; echo $? > code; } | true`;
  await shell(command, cwd);
  const report = JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8')) as GradeReport;
  const code = report.verdict === 'passed' ? 0 : 1;
  expect(report.points).not.toBeNull();
  expect(readFileSync(join(cwd, 'code'), 'utf8')).toBe(`${code}\n`);
});

const hasFullDevice = existsSync('/dev/full');

testWith('/dev/full', hasFullDevice)('an output that cannot be written ends with 6', async () => {
  const { stdout, stderr } = await shell(
    '"$NODE" "$GRADER" problems > /dev/full; echo "code $?"',
    temporaryFolder(),
  );
  expect(stdout).toBe('code 6');
  expect(stderr).toMatch(/^The output cannot be written: ENOSPC.*\.$/);
});

test('a program that does not start ends with 6, never with a verdict', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'grader'));
  writeFileSync(join(cwd, 'package.json'), '{"type": "module"}');
  writeFileSync(join(cwd, 'grader/launch.js'), readFileSync(program));
  const { exitCode, stderr } = await execa(process.execPath, ['grader/launch.js', 'problems'], {
    cwd,
    reject: false,
  });
  expect(exitCode).toBe(6);
  expect(stderr).toContain('The grader does not start: ');
  expect(stderr).toContain(`Install what it needs, in ${cwd}: npm ci`);
});

test('a recipe may be named through a folder with spaces and other alphabets', async () => {
  const cwd = join(temporaryFolder(), 'mes modèles 模型');
  mkdirSync(cwd);
  const recipe = writeRecipe(cwd, {}, 'régression 1.ts');
  const { exitCode, stdout } = await runGrader(['grade', 'regression', recipe], { cwd });
  expect([0, 1]).toContain(exitCode);
  expect(stdout).toMatch(/^Report {2}results\/regression-régression 1-[\d-]+\/report\.html$/m);
});

async function shell(command: string, cwd: string) {
  const env = { NODE: process.execPath, GRADER: program, NO_COLOR: '1' };
  return execa('sh', ['-c', command], { cwd, env, reject: false });
}
