import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../grader/package-root.ts';
import { checkReport } from '../grader/report/schema.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

// Each program runs by itself, from a folder in which the package is installed.

function consumer(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(packageRoot, join(folder, 'node_modules/grader'));
  cpSync(join(packageRoot, 'test/fixtures/keras/regression.h5'), join(folder, 'regression.h5'));
  cpSync(join(packageRoot, 'test/recipes/endless.ts'), join(folder, 'endless.ts'));
  return folder;
}

async function run(cwd: string, text: string) {
  writeFileSync(join(cwd, 'program.mjs'), text);
  const { exitCode, stdout, stderr } = await execa(process.execPath, ['program.mjs'], {
    ...{ cwd, reject: false, stdin: 'ignore', timeout: 1_800_000 },
  });
  return { exitCode, stderr, lines: stdout.split('\n') };
}

const page = readFileSync(join(packageRoot, 'docs/api.md'), 'utf8');

test('the example of the page runs as it stands, and prints nothing of its own', async () => {
  const cwd = consumer();
  const [, example = ''] = /```js\n([^]+?)```/.exec(page) ?? [];
  const { exitCode, stderr, lines } = await run(cwd, example);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(lines).toContain("[ 'regression' ]");
  const stages = ['submission', 'data', 'engine', 'predicting', 'scoring'];
  expect(lines.slice(-6, -1)).toEqual(stages);
  expect(lines.at(-1)).toMatch(/^passed 5 7\.0\d+$/);
  const report: unknown = JSON.parse(readFileSync(join(cwd, 'graded/report.json'), 'utf8'));
  expect(checkReport(report)).toMatchObject({ verdict: 'passed' });
  expect(existsSync(join(cwd, 'graded/report.html'))).toBe(true);
});

test('every option of the page is one of gradeFile', () => {
  const source = readFileSync(join(packageRoot, 'grader/api.ts'), 'utf8');
  const [, options = ''] = /interface GradeFileOptions[^{]*\{([^]+?)\n\}/.exec(source) ?? [];
  const known = [...options.matchAll(/readonly (\w+)\?:/g)].map(([, name]) => name);
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const told = rows.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(told.sort()).toEqual(known.sort());
});

test('a listener that throws hears no more, the others do, and the report says so', async () => {
  const text = `
    import { gradeFile } from 'grader/api';
    let heard = 0;
    const broken = { onStage() { heard += 1; throw new Error('no room on the screen'); } };
    const late = { onEnd() { throw new Error('the disk is full'); } };
    const stages = [];
    const report = await gradeFile('regression', 'regression.h5', {
      listeners: [broken, late, { onStage: (stage) => stages.push(stage), onEnd: ({ points }) => stages.push(points) }],
    });
    console.log(JSON.stringify({ heard, stages, notes: report.notes }));`;
  const cwd = consumer();
  const { stderr, lines } = await run(cwd, text);
  expect(stderr).toBe('');
  const said = JSON.parse(lines.join('')) as Record<string, unknown>;
  expect(said).toMatchObject({ heard: 1, notes: expect.any(Array) as unknown });
  expect(said['stages']).toEqual([...['submission', 'data', 'engine', 'predicting', 'scoring'], 5]);
  expect(String(said['notes'])).toContain('told no more: no room on the screen.');
  expect(String(said['notes'])).toContain('told no more: the disk is full.');
  // Nothing was asked to be kept.
  expect(existsSync(join(cwd, 'results'))).toBe(false);
});

test('a signal ends a training, whose last whole epoch is graded', async () => {
  const text = `
    import { gradeFile } from 'grader/api';
    const stop = new AbortController();
    const onTrain = ({ type }) => type === 'epoch' && stop.abort();
    const report = await gradeFile('regression', 'endless.ts', { signal: stop.signal, listeners: [{ onTrain }] });
    console.log(JSON.stringify([report.verdict, report.points, report.score !== null]));`;
  const { lines } = await run(consumer(), text);
  expect(lines).toEqual(['["interrupted",null,true]']);
});

test('what cannot be graded as asked is thrown, with whose fault it is', async () => {
  const text = `
    import { gradeFile, GraderError, inspectFile } from 'grader/api';
    const failure = (error) => (error instanceof GraderError ? error.failure.code : error);
    const calls = [
      () => gradeFile('regresion', 'regression.h5'),
      () => gradeFile('regression', 'nothing.h5'),
      () => gradeFile('regression', 'regression.h5', { profile: 'exam' }),
      () => inspectFile('nothing.h5'),
    ];
    for (const call of calls) console.log(await call().then(() => 'done', failure));`;
  const { lines } = await run(consumer(), text);
  expect(lines).toEqual(['unknown-problem', 'no-such-file', 'no-profile', 'no-such-file']);
});
