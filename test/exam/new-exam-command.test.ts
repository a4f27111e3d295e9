import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a new exam is written as asked, and never over a file that is there', async () => {
  const cwd = temporaryFolder();
  const run = (...words: string[]) => runGrader(['exam', 'new', ...words], { cwd });
  const asked = ['--only', 'sunspots', 'regression', '--minutes', '60', '--attempts', '3'];
  const { exitCode, stdout } = await run('short.json', ...asked);
  expect(stdout).toBe(
    'short.json: sunspots 25, regression 75; 60 minutes, 3 attempts at each, pass mark 90 of 100.',
  );
  expect(exitCode).toBe(0);
  expect(JSON.parse(readFileSync(join(cwd, 'short.json'), 'utf8'))).toMatchObject({
    ...{ id: 'short', minutes: 60, attempts: { allowed: 3, counts: 'best' } },
    problems: [{ id: 'sunspots' }, { id: 'regression' }],
  });
  const again = await run('short.json');
  expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('is there already')]);
  const wrong = await run('My Exam.json', '--pass-mark', '200', '--only', 'sunspots', 'sunspots');
  expect(wrong.exitCode).toBe(2);
  for (const part of ['/id must match', '/passMark must be <= 100']) {
    expect(wrong.stderr).toContain(part);
  }
});
