import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ZipFile } from 'yazl';
import type { GradeReport } from '../../grader/contract.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { isFull } from '../support/full.ts';
import { runGrader, type CheckJson } from '../support/run-grader.ts';
import { storedZip } from '../support/stored-zip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const size = isFull ? 200 : 40;
const linear = readFileSync(join(packageRoot, 'test/recipes/linear.ts'), 'utf8');

/** A class as Moodle packs it: some good, some hostile, the others empty, which is refused at once. */
async function moodleClass(cwd: string): Promise<void> {
  const zip = new ZipFile();
  const when = (number: number) => ({ mtime: new Date(Date.UTC(2026, 0, 1, 10, number)) });
  const hand = (number: number, name: string, content: string | Buffer, who = `Name ${number}`) =>
    zip.addBuffer(
      Buffer.from(content),
      `${who}_${number}_assignsubmission_file_/${name}`,
      when(number),
    );
  hand(1, 'regression.ts', linear, '김 철수'.normalize('NFD'));
  hand(2, 'regression.ts', 'for (;;) {}');
  hand(3, 'regression.zip', storedZip(new Map([['../regression.ts', Buffer.from(linear)]])));
  const bomb = new ZipFile();
  bomb.addBuffer(Buffer.alloc(20_000_000), 'regression.ts');
  bomb.end();
  const chunks: Buffer[] = [];
  for await (const chunk of bomb.outputStream) chunks.push(Buffer.from(chunk));
  hand(4, 'regression.zip', Buffer.concat(chunks));
  hand(5, 'regression.ts', '', "=cmd('calc')");
  hand(6, 'model.rar', 'Rar!\x1a\x07\x00');
  for (let number = 7; number <= size; number++) hand(number, 'regression.ts', '');
  zip.end();
  const all: Buffer[] = [];
  for await (const chunk of zip.outputStream) all.push(Buffer.from(chunk));
  writeFileSync(join(cwd, 'class.zip'), Buffer.concat(all));
  const rows = Array.from({ length: size + 1 }, (_, index) => {
    const name = index === 0 ? '김 철수' : `Name ${index + 1}`;
    return `Participant ${index + 1},${name},s${index + 1}@x.org,,`;
  });
  const header = 'Identifier,Full name,Email address,Status,Grade';
  writeFileSync(join(cwd, 'roster.csv'), [header, ...rows].join('\n'));
}

const asked = [
  ...['check', 'class.zip', '--out', 'out', '--jobs', '2', '--min-points', '1'],
  ...['--roster', 'roster.csv', '--deadline', '2026-01-01T10:30Z', '--resume', '--threads', '1'],
];

/** Starts the class and ends it by a signal when some are done. */
async function interrupted(cwd: string, signal: 'SIGINT' | 'SIGKILL', after: RegExp) {
  const program = join(packageRoot, 'grader', 'launch.js');
  const child = execa(process.execPath, [program, ...asked], {
    ...{ cwd, reject: false, stdin: 'ignore', timeout: 600_000, forceKillAfterDelay: false },
  });
  for await (const line of createInterface({ input: child.stderr })) {
    if (after.test(line)) child.kill(signal);
  }
  return await child;
}

/** When each result was written that is whole and judged. */
function written(cwd: string): Map<string, number> {
  const paths = readdirSync(join(cwd, 'out')).map((name) => join(cwd, 'out', name, 'report.json'));
  const judged = paths.filter(
    (path) =>
      existsSync(path) &&
      (JSON.parse(readFileSync(path, 'utf8')) as GradeReport).verdict !== 'interrupted' &&
      existsSync(join(dirname(path), 'graded-as.json')),
  );
  return new Map(judged.map((path) => [path, statSync(path).mtimeMs]));
}

test('a class of Moodle is graded in one command, killed, interrupted and resumed, nothing twice', async () => {
  const cwd = temporaryFolder();
  await moodleClass(cwd);
  await interrupted(cwd, 'SIGKILL', new RegExp(`^8 of ${size - 3},`));
  const first = written(cwd);
  expect(first.size).toBeGreaterThanOrEqual(7);
  const { exitCode, stderr } = await interrupted(cwd, 'SIGINT', new RegExp(`^20 of ${size - 3},`));
  expect(exitCode).toBe(130);
  expect(stderr).toContain(`Go on with: grader ${asked.join(' ')}`);
  const second = written(cwd);
  expect(second.size).toBeGreaterThan(first.size);
  expect(second.size).toBeLessThan(size - 3);
  const run = await runGrader([...asked, '--json'], { cwd });
  expect(run.exitCode).toBe(1);
  for (const [path, time] of [...first, ...second]) {
    expect(statSync(path).mtimeMs).toBe(time);
  }
  expect(run.stderr.match(/kept from an earlier run/g)?.length).toBe(second.size);
  checkOutcome(JSON.parse(run.stdout) as ClassJson, run.stderr);
  expect(readdirSync(join(cwd, 'out'))).toEqual(
    expect.arrayContaining(['김-철수-1-regression', 'cmd-calc-5-regression']),
  );
});

interface ClassJson extends CheckJson {
  readonly handIns: readonly {
    readonly isLate: boolean | null;
    readonly candidate: { name: string } | null;
  }[];
  readonly absent: readonly { readonly name: string }[];
  readonly notOnRoster: readonly string[];
}

function checkOutcome(
  { reports, notGraded, handIns, absent, notOnRoster }: ClassJson,
  told: string,
): void {
  const verdictOf = (number: number) =>
    reports.find(({ submission }) => submission.file.includes(`_${number}_`))?.verdict;
  expect(reports).toHaveLength(size - 3);
  expect(reports.filter(({ points }) => (points ?? 0) >= 1)).toHaveLength(1);
  expect(verdictOf(2)).toBe('limit-exceeded');
  expect(verdictOf(7)).toBe('invalid-submission');
  expect(
    notGraded.map(({ name, failure }) => [name.split('/').slice(1).join('/'), failure?.code]),
  ).toEqual([
    ['regression.zip/../regression.ts', 'archive-name'],
    ['regression.zip/regression.ts', 'archive-ratio'],
    ['model.rar', undefined],
  ]);
  expect(absent.map(({ name }) => name)).toEqual([`Name ${size + 1}`]);
  expect(notOnRoster).toEqual([]);
  expect(handIns.filter(({ isLate }) => isLate === true)).toHaveLength(size - 30);
  expect(handIns.map(({ candidate }) => candidate?.name)).toContain('김 철수');
  expect(told).toContain('Deadline: 2026-01-01T10:30:00.000Z\n');
  expect(told).toMatch(
    new RegExp(`^${size - 3} submissions of ${size - 3} candidates, about`, 'm'),
  );
}

test('another file, seed or number of threads is graded anew, and a profile that a problem lacks falls back', async () => {
  const cwd = temporaryFolder();
  const put = (name: string, text: string) => {
    writeFileSync(join(cwd, name), text);
  };
  put('regression.ts', '');
  put('regression-b.ts', '');
  const words = ['check', '.', '--out', 'out', '--resume', '--threads', '1'];
  const kept = async (...more: string[]) => {
    const { stderr } = await runGrader([...words, ...more], { cwd });
    return stderr.match(/(?<=^kept from an earlier run: ).*/gm) ?? [];
  };
  expect(await kept()).toEqual([]);
  expect(await kept()).toEqual(['regression-b.ts', 'regression.ts']);
  expect(await kept('--time-budget', '1')).toHaveLength(2);
  put('regression-b.ts', ' ');
  expect(await kept()).toEqual(['regression.ts']);
  expect(await kept('--seed', '2')).toEqual([]);
  expect(await kept('--seed', '2', '--threads', '2')).toEqual([]);
  const { stderr } = await runGrader(
    [...words, '--profile', 'exam', '--seed', '2', '--threads', '2'],
    { cwd },
  );
  expect(stderr).toContain('regression has no profile "exam": its strict one counts.\n');
  // The same thresholds counted.
  expect(stderr.match(/^kept/gm)).toHaveLength(2);
});

test('what does not fit into the time is named, and the check fails', async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'regression.ts'), linear);
  const run = await runGrader(['check', '.', '--out', 'out', '--time-budget', '1'], { cwd });
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain('not graded: regression.ts: it did not fit into the time budget');
});
