import { expect, test } from '@jest/globals';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Names that no text of the grader has, in all places where a platform and a candidate put them.
const names = ['김민수', 'Quixley', 'zbrandt', 'Ysolde'];

const roster = `Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade)
Participant 101,김민수,m@example.org,Submitted,,5.00,-
Participant 102,Ada Quixley,q@example.org,Submitted,,5.00,-
Participant 103,Ysolde Absent,y@example.org,No submission,,5.00,-
`;

function makeClass(cwd: string): void {
  const line = join(packageRoot, 'test/recipes/linear.ts');
  const put = (folder: string, file: string, text?: string) => {
    mkdirSync(join(cwd, 'class', folder), { recursive: true });
    const path = join(cwd, 'class', folder, file);
    if (text === undefined) cpSync(line, path);
    else writeFileSync(path, text);
  };
  put('김민수_101_assignsubmission_file_', '김민수 regression.ts');
  put('Ada Quixley_102_assignsubmission_file_', 'Quixley-regression.ts', 'export default 1;');
  put('Ada Quixley_102_assignsubmission_file_', 'sunspots Quixley.h5', 'no model');
  put('Ada Quixley_102_assignsubmission_file_', 'Quixley.docx', 'a letter');
  put('', 'zbrandt_LATE_201_3001_regression.zip', 'no archive');
  writeFileSync(join(cwd, 'roster.csv'), roster);
}

test('with --anonymous no name stands anywhere but in what goes back, and a later run keeps the pseudonyms', async () => {
  const cwd = temporaryFolder();
  makeClass(cwd);
  const check = async (...words: string[]) => {
    const exports = ['--csv', 'out/a.csv', '--junit', 'out/j.xml', '--roster', 'roster.csv'];
    const args = ['check', 'class', '--anonymous', '--out', 'out', ...exports, ...words];
    const { stdout, stderr } = await runGrader(args, { cwd });
    return `${stdout}\n${stderr}`;
  };
  const told = await check('--moodle', 'back.csv', '--zip', 'back.zip');
  const whoIsWho = join(cwd, 'out/who-is-who.json');
  const kept = readFileSync(whoIsWho, 'utf8');
  for (const name of names) {
    expect(told).not.toContain(name);
    expect(kept).toContain(name);
    expect(filesWith(join(cwd, 'out'), name)).toEqual(['who-is-who.json']);
  }
  expect(statSync(whoIsWho).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(cwd, 'back.csv'), 'utf8')).toMatch(/김민수.*"[1-5]\.00"/);
  expect(readFileSync(join(cwd, 'back.zip')).toString('latin1')).toContain(
    'Ada Quixley_102_assign',
  );

  const again = await check('--resume', '--json');
  expect(again.match(/kept from an earlier run/g)).toHaveLength(4);
  expect(readFileSync(whoIsWho, 'utf8')).toBe(kept);
});

/** Files whose path or text has it, by their paths below a folder. */
function filesWith(folder: string, text: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return files.filter(
    (file) => file.includes(text) || readFileSync(join(folder, file), 'utf8').includes(text),
  );
}
