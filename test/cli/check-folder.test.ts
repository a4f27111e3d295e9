import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { runGrader, type CheckJson } from '../support/run-grader.ts';
import { storedZip } from '../support/stored-zip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Empty, and so refused at once, which is the quickest way to be graded. */
function hand(folder: string, ...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
}

async function check(cwd: string, ...words: readonly string[]) {
  const run = await runGrader(['check', '.', '--json', '--out', 'out', ...words], { cwd });
  const { reports, notGraded } = JSON.parse(run.stdout) as CheckJson;
  const graded = reports.map(({ problem, submission }) => `${problem.id}: ${submission.file}`);
  const left = notGraded.map(({ name, reason }) => `${name}: ${reason}`);
  return { ...run, graded: graded.sort(), left, notGraded };
}

test("Canvas's marks tell without a deadline, and who may have handed in is not told absent", async () => {
  const cwd = temporaryFolder();
  hand(cwd, 'kimanna_LATE_11_4567_regression.ts', 'leebob_12_4568_regression.ts');
  writeFileSync(join(cwd, 'roster.csv'), 'name,email\nLee Bob,a@x\nLee Bob,b@x\nPark,c@x\n');
  const { stderr } = await check(cwd, '--roster', 'roster.csv');
  expect(stderr).toContain('Late: 1 (kimanna_LATE_11_4567_regression.ts)');
  expect(stderr).toContain('Late is what Canvas has marked LATE');
  expect(stderr).toContain('handed in nothing: 1 (Park)');
  expect(stderr).toContain('it is taken for none of them');
});

test('an archive with nothing in it is refused, as that of the folder and the problem that it is named after', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'anna'));
  mkdirSync(join(cwd, 'ben'));
  const archive = (name: string, entries: readonly string[]) => {
    const content = new Map(entries.map((entry) => [entry, Buffer.from('')]));
    writeFileSync(join(cwd, name), storedZip(content));
  };
  archive('anna/regression.zip', []);
  archive('ben/regression.zip', ['__MACOSX/._regression.ts']);
  const { notGraded, stdout, exitCode } = await check(cwd, '--csv', 'class.csv');
  expect(stdout).toContain('"reports": []');
  expect(notGraded.map(({ name, problem }) => [name, problem])).toEqual([
    ['anna/regression.zip', 'regression'],
    ['ben/regression.zip', 'regression'],
  ]);
  const table = readFileSync(join(cwd, 'class.csv'), 'utf8');
  expect(table).toMatch(/"anna",.*"archive-without-submission"/);
  expect(table).toMatch(/"ben",.*"archive-without-submission"/);
  expect(exitCode).toBe(1);
});

test('a submission is known whatever a platform, a browser or its author made of its name', async () => {
  const cwd = temporaryFolder();
  const names = [
    ...['Sunspots.ts', 'sunspots (1).ts', 'sunspots_v2.ts', 'sunspots-final.ts', 'SUNSPOTS2.TS'],
    ...['anna_123_sunspots.ts', 'Anna Müller_77_assignsubmission_file_/sunspots.ts'],
    ...['anna/sunspots.ts', 'bob/exam/mySunspots.ts', 'bob/sunspots/model.ts'],
    ...['sunspots/anna.ts', 'sunspots.ts.txt'],
  ];
  hand(cwd, ...names);
  hand(cwd, 'FashionMNIST.ts', 'fashion mnist-2.ts');
  const { graded, left, exitCode } = await check(cwd);
  expect(graded).toEqual(
    [
      ...names.map((name) => `sunspots: ${name}`),
      ...['fashion-mnist: FashionMNIST.ts', 'fashion-mnist: fashion mnist-2.ts'],
    ].sort(),
  );
  expect(left).toEqual([]);
  expect(exitCode).toBe(1);
  const folders = foldersIn(join(cwd, 'out'));
  expect(folders).toHaveLength(graded.length);
  expect(folders).toEqual(
    expect.arrayContaining(['sunspots-1', 'anna-sunspots', 'sunspots-anna', 'fashion-mnist-2']),
  );
  const text = readFileSync(join(cwd, 'out/anna-sunspots/report.json'), 'utf8');
  expect(text).toContain('"file": "anna/sunspots.ts"');
});

test('what is no submission is named with the reason, and CI fails only for what may be one', async () => {
  const cwd = temporaryFolder();
  cpSync(join(packageRoot, 'test/recipes/linear.ts'), join(cwd, 'regression.ts'));
  const beside = [
    ...['README.md', 'readme.txt', '.DS_Store', '.git/sunspots.ts', 'node_modules/x/sunspots.js'],
    ...['notes.txt', 'sunspots/plot.png', 'data/1.png', 'data/2.png', 'anna/helper.ts'],
    ...['sunspotz.ts', 'regression.recipe.md'],
  ];
  hand(cwd, ...beside);
  const words = ['--min-points', '1'];
  const { exitCode, graded, left, stderr } = await check(cwd, ...words);
  expect(graded).toEqual(['regression: regression.ts']);
  expect(left).toEqual([
    'anna/: 1 file, none with the name of a problem',
    'data/: 2 files, none with the name of a problem',
    'notes.txt: its name is that of no problem',
    'sunspots/plot.png: a submission has another extension',
    'sunspotz.ts: its name is that of no problem',
  ]);
  expect(stderr).toContain('not graded: sunspotz.ts: its name is that of no problem\n');
  expect(exitCode).toBe(0);

  hand(cwd, 'regression-or-sunspots.ts', 'regression/sarcasm.ts');
  const more = await runGrader(['check', '.', ...words, '--out', 'out', '--junit', 'x.xml'], {
    cwd,
  });
  expect(more.exitCode).toBe(1);
  expect(more.stdout).toMatch(
    /^Not graded: 7, of which may be submissions: regression-or-sunspots\.ts, regression\/sarcasm\.ts$/m,
  );
  const xml = readFileSync(join(cwd, 'x.xml'), 'utf8');
  expect(xml).toContain('tests="8" failures="2" errors="0" skipped="5"');
  expect(xml).toContain('<failure type="not-graded" message="its name is that of regression and');
});

test('links are followed inside of the folder and never out of it', async () => {
  const parent = temporaryFolder();
  const cwd = join(parent, 'in');
  hand(cwd, 'sunspots/anna.ts', '.data/bob.ts', '.data/class/carl.ts');
  hand(parent, 'secret.ts', 'others/sunspots.ts');
  symlinkSync('../.data/bob.ts', join(cwd, 'sunspots/bob.ts'));
  symlinkSync('.data/class', join(cwd, 'regression'));
  symlinkSync('../../secret.ts', join(cwd, 'sunspots/eve.ts'));
  symlinkSync('../others', join(cwd, 'others'));
  symlinkSync('nowhere.ts', join(cwd, 'sarcasm.ts'));
  symlinkSync('..', join(cwd, 'sunspots/up'));
  symlinkSync('loop', join(cwd, 'loop'));
  const { exitCode, graded, left } = await check(cwd);
  expect(graded).toEqual([
    'regression: regression/carl.ts',
    'sunspots: sunspots/anna.ts',
    'sunspots: sunspots/bob.ts',
  ]);
  const out = 'a link out of the folder: put what it leads to in its place';
  expect(left).toEqual([
    'loop: a link that leads nowhere (ELOOP)',
    `others: ${out}`,
    'sarcasm.ts: a link that leads nowhere (ENOENT)',
    `sunspots/eve.ts: ${out}`,
    'sunspots/up: a link to a folder that it lies in',
  ]);
  expect(exitCode).toBe(1);
});

test('links that lead in circles end', async () => {
  const cwd = temporaryFolder();
  hand(cwd, 'a/sunspots.ts', 'b/sunspots.ts', 'c/sunspots.ts');
  for (const from of ['a', 'b', 'c']) {
    for (const to of ['a', 'b', 'c']) symlinkSync(`../${to}`, join(cwd, from, `to-${to}`));
  }
  const { graded, left } = await check(cwd, '--jobs', '2');
  expect(graded.length).toBeLessThanOrEqual(6);
  expect(graded).toEqual(expect.arrayContaining(['sunspots: a/sunspots.ts']));
  expect(left.length).toBeGreaterThan(0);
});

test('a name that is no text, a pipe and folders that are models end no run', async () => {
  const cwd = temporaryFolder();
  hand(cwd, 'sunspots.ts', 'anna/sarcasm/saved_model.pb', 'anna/sarcasm/variables/x.index');
  hand(cwd, 'bob/regression/model.json', 'bob/regression/group1-shard1of1.bin');
  // Latin-1, as an old archive has it.
  writeFileSync(Buffer.from(join(cwd, 'sunspots_Zo\xeb.ts'), 'latin1'), 'x');
  execFileSync('mkfifo', [join(cwd, 'regression.ts')]);
  const { exitCode, graded, left, notGraded } = await check(cwd);
  expect(exitCode).toBe(1);
  expect(graded).toEqual(['regression: bob/regression/model.json', 'sunspots: sunspots.ts']);
  expect(left).toEqual([
    'anna/sarcasm: a SavedModel folder: load it with Keras and save the model as one file, .keras or .h5',
    'regression.ts: neither a file nor a folder',
    'sunspots_Zo\ufffd.ts: its name is not UTF-8: rename it',
  ]);
  expect(notGraded.map(({ problem }) => problem)).toEqual(['sarcasm', 'regression', 'sunspots']);
});

test('two submissions of one problem are graded under names of their own', async () => {
  const cwd = temporaryFolder();
  hand(cwd, 'anna/sunspots.ts', 'anna/sunspots.js', 'anna/Sunspots.ts', 'anna-sunspots.ts');
  const { graded } = await check(cwd);
  expect(graded).toHaveLength(4);
  const folders = foldersIn(join(cwd, 'out'));
  expect(new Set(folders.map((name) => name.toLowerCase())).size).toBe(4);
  const names = folders.map((folder) => {
    const text = readFileSync(join(cwd, 'out', folder, 'report.json'), 'utf8');
    return (JSON.parse(text) as CheckJson['reports'][number]).submission.file;
  });
  expect(names.sort()).toEqual(graded.map((name) => name.replace('sunspots: ', '')).sort());
});

/** Without the page over the class. */
function foldersIn(results: string): string[] {
  return readdirSync(results).filter((name) => name !== 'index.html');
}

test('earlier results are no submissions', async () => {
  const cwd = temporaryFolder();
  cpSync(join(packageRoot, 'test/recipes/linear.ts'), join(cwd, 'regression.ts'));
  const first = await check(cwd, '--min-points', '0');
  expect(existsSync(join(cwd, 'out/regression/recipe.json'))).toBe(true);
  const second = await check(cwd, '--min-points', '0');
  expect(second.graded).toEqual(first.graded);
  expect(second.left).toEqual([]);
  const elsewhere = await runGrader(
    ['check', '.', '--json', '--min-points', '0', '--out', 'other'],
    { cwd },
  );
  expect((JSON.parse(elsewhere.stdout) as CheckJson).notGraded).toMatchObject([
    { name: 'out/index.html', reason: 'its name is that of no problem', isMissed: false },
    { name: 'out/regression', reason: 'the result of an earlier grading', isMissed: false },
  ]);
  expect(elsewhere.exitCode).toBe(0);
});

test('the folder of one problem may be given by itself', async () => {
  const cwd = join(temporaryFolder(), 'sunspots');
  hand(cwd, 'anna.ts', 'bob/mine.ts');
  const { graded } = await check(cwd);
  expect(graded).toEqual(['sunspots: anna.ts', 'sunspots: bob/mine.ts']);
  expect(foldersIn(join(cwd, 'out')).sort()).toEqual(['sunspots-anna', 'sunspots-bob-mine']);
});
