import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ownMark } from '../../grader/files/process-mark.ts';
import { sweep, temporaryFolder as ownFolder } from '../../grader/files/temporary.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('folders of processes that are gone are swept; those of others stay', async () => {
  const parent = temporaryFolder();
  const mine = ownFolder('inspect', parent);
  const pid = execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }).trim();
  const { place } = ownMark();
  const dead = join(parent, `grader-room-${place}-${pid}-1-abcdef`);
  // The same number, but a process that started at another time.
  const reused = join(parent, `grader-room-${place}-${process.pid}-1-abcdef`);
  const elsewhere = join(parent, `grader-room-00000000-${pid}-1-abcdef`);
  const users = join(parent, 'grader-notes');
  for (const folder of [dead, reused, elsewhere, users]) mkdirSync(folder);
  await sweep(parent);
  const left = [mine, dead, reused, elsewhere, users].filter((path) => existsSync(path));
  expect(left.map((path) => basename(path))).toEqual(
    [mine, elsewhere, users].map((path) => basename(path)),
  );
});
