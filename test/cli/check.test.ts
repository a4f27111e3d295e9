import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { checkReport } from '../../grader/report/schema.ts';
import { runGrader, type CheckJson } from '../support/run-grader.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const line = join(packageRoot, 'test/recipes/linear.ts');

/** A folder with one submission that is graded, named after its problem. */
function folderWithLine(): string {
  const folder = temporaryFolder();
  cpSync(line, join(folder, 'regression.ts'));
  writeFileSync(join(folder, 'README.md'), 'Not a submission.');
  return folder;
}

test('check ends with 0 when every submission has its points and with 1 when one has not', async () => {
  const cwd = folderWithLine();
  const enough = await runGrader(['check', '.', '--min-points', '1', '--out', 'out'], { cwd });
  expect(enough.exitCode).toBe(0);
  expect(enough.stdout).toMatch(/^regression {2}[1-4]\/5 {2}mean squared error [\d.]+$/m);
  const all = await runGrader(['check', '.', '--json', '--out', 'out'], { cwd });
  expect(all.exitCode).toBe(1);
  const { reports, notGraded } = JSON.parse(all.stdout) as CheckJson;
  expect(reports.map(({ problem }) => problem.id)).toEqual(['regression']);
  expect(notGraded).toEqual([]);
});

test('a refused submission counts as one with too few points, and each has a result folder', async () => {
  const cwd = folderWithLine();
  mkdirSync(join(cwd, 'regression'));
  writeRecipe(join(cwd, 'regression'), { fit: 'epoch: 1' }, 'invalid.ts');
  writeRecipe(join(cwd, 'regression'), { after: `// ${'x'.repeat(300_000)}` }, 'large.ts');
  const { exitCode, stdout } = await runGrader(['check', '.', '--json', '--out', 'out'], { cwd });
  expect(exitCode).toBe(1);
  const { reports } = JSON.parse(stdout) as CheckJson;
  const failures = reports.flatMap(({ failure }) => (failure ? [failure.fault] : []));
  expect(failures.sort()).toEqual(['candidate', 'limit']);
  expect(readdirSync(join(cwd, 'out')).sort()).toEqual([
    ...['index.html', 'regression', 'regression-invalid', 'regression-large'],
  ]);
});

test('an invalid submission has not reached its points, however few are asked for', async () => {
  const cwd = temporaryFolder();
  writeRecipe(cwd, { fit: 'epoch: 1' }, 'regression.ts');
  const { exitCode, stdout } = await runGrader(['check', '.', '--min-points', '0'], { cwd });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^regression {2}0\/5 {2}invalid-submission$/m);
});

test('JUnit XML is well-formed whatever the files are called', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'regression'));
  const names = ['a & <b> "c" \'d\'.ts', ']]> \x1b[31m\x07.ts', 'ünï 模型.ts', 'line\nbreak.ts'];
  for (const name of names) writeFileSync(join(cwd, 'regression', name), 'throw new Error("<&>")');
  const args = ['check', '.', '--junit', 'reports/junit.xml', '--json', '--out', 'out'];
  const { exitCode, stdout, stderr } = await runGrader(args, { cwd });
  expect(exitCode).toBe(1);
  for (const control of ['\x07', '\x1b']) expect(stdout + stderr).not.toContain(control);
  const file = join(cwd, 'reports/junit.xml');
  const xml = readFileSync(file, 'utf8');
  expect(xml).toContain('<testsuites name="grader" tests="4" failures="4" errors="0" skipped="0"');
  expect(xml).toContain("regression: regression/a &amp; &lt;b&gt; &quot;c&quot; 'd'.ts");
  expect(xml).toContain('ünï 模型.ts');
  expect(await parsesAsXml(file)).toBe(true);
});

test('one run gives a table, an archive of reports and a page with links to them', async () => {
  const cwd = folderWithLine();
  writeFileSync(join(cwd, 'regression-2.ts'), 'throw 1');
  const args = ['check', '.', '--out', 'out', '--csv', 'class.csv', '--zip', 'reports.zip'];
  const { stdout } = await runGrader([...args, '--moodle', 'never.csv'], { cwd });
  expect(stdout).toBe('');
  const { stdout: told } = await runGrader(args, { cwd });
  expect(told).toContain('Class: out/index.html');
  const table = readFileSync(join(cwd, 'class.csv'), 'utf8');
  expect(table.trimEnd().split('\r\n')).toHaveLength(3);
  expect(readFileSync(join(cwd, 'reports.zip')).includes('regression-report.html')).toBe(true);
  const page = readFileSync(join(cwd, 'out/index.html'), 'utf8');
  const links = [...page.matchAll(/href='([^']+)'/g)].map(([, link = '']) => link);
  expect(links).toHaveLength(2);
  for (const link of links) expect(existsSync(join(cwd, 'out', link))).toBe(true);
});

test.each([
  [['--csv', 'names.csv'], 'is what this command reads or writes'],
  [['--junit', 'regression.ts'], 'is what this command reads or writes'],
  [['--csv', 'out/../out/regression/report.json'], 'is what this command reads or writes'],
  [['--zip', 'folder'], '--zip folder is a folder.'],
  [['--csv', 'a', '--junit', './a'], '--junit ./a is the file of --csv.'],
])(
  'an export that would replace something is refused before anything is graded: %j',
  async (words, told) => {
    const cwd = folderWithLine();
    mkdirSync(join(cwd, 'folder'));
    writeFileSync(join(cwd, 'names.csv'), 'name\nAnna\n');
    const args = ['check', '.', '--out', 'out', '--roster', 'names.csv', ...words];
    const { exitCode, stderr } = await runGrader(args, { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(told);
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  },
);

test('a JUnit file that cannot be written hides no outcome', async () => {
  const cwd = folderWithLine();
  const args = ['check', '.', '--out', 'out', '--junit', 'regression.ts/junit.xml'];
  const { exitCode, stdout, stderr } = await runGrader(args, { cwd });
  expect(exitCode).toBe(6);
  expect(stderr).toContain('The results cannot be written to');
  expect(stdout).toMatch(/^regression {2}[1-4]\/5 {2}mean squared error/m);
});

test('where a problem lacks the profile its strict one counts, which is said', async () => {
  const cwd = folderWithLine();
  writeRecipe(cwd, { fit: 'epoch: 1' }, 'sunspots.ts');
  const args = ['check', '.', '--profile', 'exam', '--json', '--out', 'out'];
  const { exitCode, stdout, stderr } = await runGrader(args, { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('regression has no profile "exam": its strict one counts.');
  const reports = (JSON.parse(stdout) as CheckJson).reports.map(checkReport);
  expect(reports.map(({ profile }) => profile.id)).toEqual(['strict', 'exam']);
});

test('a folder without submissions and one that is not there are misuse', async () => {
  const cwd = temporaryFolder();
  const empty = await runGrader(['check', '.'], { cwd });
  expect(empty.exitCode).toBe(2);
  expect(empty.stderr).toContain(
    'has no file or folder named after a problem. Problems: regression,',
  );
  const missing = await runGrader(['check', 'nowhere'], { cwd });
  expect(missing.exitCode).toBe(2);
  expect(missing.stderr).toContain('nowhere cannot be read: there is none.');
});

/** By Python's parser, where there is a Python; without one the other expectations have to do. */
async function parsesAsXml(file: string): Promise<boolean> {
  const parse = 'import sys, xml.etree.ElementTree as tree; tree.parse(sys.argv[1])';
  const { exitCode, code } = await execa('python3', ['-c', parse, file], { reject: false });
  return exitCode === 0 || code === 'ENOENT';
}

test('what was graded is in the JUnit file, and so is what could not be', async () => {
  const cwd = folderWithLine();
  cpSync(join(packageRoot, 'test/recipes/tiny-lstm.ts'), join(cwd, 'sunspots.ts'));
  mkdirSync(join(cwd, 'out'));
  writeFileSync(join(cwd, 'out', 'sunspots'), 'a file where a folder is needed');
  const args = ['check', '.', '--out', 'out', '--junit', 'junit.xml', '--min-points', '0'];
  const { exitCode, stderr } = await runGrader(args, { cwd });
  expect(exitCode).toBe(6);
  expect(stderr).toContain('sunspots');
  const xml = readFileSync(join(cwd, 'junit.xml'), 'utf8');
  expect(xml).toContain('tests="2" failures="0" errors="1"');
  expect(xml).toContain('regression: regression.ts');
  expect(xml).toContain('<error type="results-not-written"');
  expect(xml).toContain('[[ATTACHMENT|out/regression/report.html]]');
});
