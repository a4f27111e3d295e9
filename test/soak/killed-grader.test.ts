import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import { checkReport } from '../../grader/report/schema.ts';
import { copyProgram } from '../support/program-copy.ts';
import { writeRecipe } from '../support/simple-recipe.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { reportIn, temporaryFoldersIn, unfinishedIn, untilGone } from './leftovers.ts';

// `npm run test:soak` takes 50 moments; every fifth is one at which results are written.

const moments = process.env['GRADER_TEST_SOAK'] ? 50 : 5;

test(`kill -9 at ${moments} moments leaves nothing running and no half of a result`, async () => {
  const cwd = temporaryFolder();
  const { root } = copyProgram(cwd);
  const temporary = join(cwd, 'tmp');
  mkdirSync(temporary);
  const recipe = writeRecipe(cwd, { fit: 'epochs: 3' });
  const words = ['grade', 'regression', recipe, '--out', 'out'];
  const program = [join(root, 'grader/launch.js'), ...words];
  const env = { GRADER_CACHE: join(cwd, 'cache'), TMPDIR: temporary, NO_COLOR: '1' };
  const options = { cwd, env, reject: false, stdin: 'ignore' } as const;
  const start = performance.now();
  const whole = await execa(process.execPath, program, options);
  expect(whole.exitCode).toBeLessThan(2);
  const seconds = (performance.now() - start) / 1000;
  const out = join(cwd, 'out');
  const gone: (number | null)[] = [];
  let written = 0;
  for (let moment = 0; moment < moments; moment++) {
    const child = execa(process.execPath, program, options);
    if (moment % 5 === 4) await untilWriting(out);
    else await pause(Math.random() * seconds * 1000);
    child.kill('SIGKILL');
    await child;
    gone.push(await untilGone(root));
    if (isWhole(out)) written += 1;
  }
  console.log(
    `kill -9 at ${moments} moments of ${seconds.toFixed(1)} s: the last process was gone after ` +
      `${Math.max(...gone.map((each) => each ?? Infinity))} ms at most; ${written} had their results`,
  );
  expect(gone).not.toContain(null);
  const last = await execa(process.execPath, program, options);
  expect(last.exitCode).toBeLessThan(2);
  expect(isWhole(out)).toBe(true);
  expect(unfinishedIn(out)).toEqual([]);
  expect(temporaryFoldersIn(temporary)).toEqual([]);
  expect(readdirSync(join(cwd, 'cache', 'rooms'))).toEqual([]);
}, 1_800_000);

/** Throws where a report is there without what it tells of. */
function isWhole(out: string): boolean {
  const report = existsSync(out) ? reportIn(out) : null;
  if (report === null) return false;
  expect(checkReport(report)).toMatchObject({ failure: null });
  expect(readFileSync(join(out, 'report.html'), 'utf8').trimEnd()).toMatch(/<\/html>$/);
  expect(readdirSync(join(out, 'model')).sort()).toEqual(['model.json', 'weights.bin']);
  return true;
}

/** Until a result's first file is written, and up to 60 ms more. */
async function untilWriting(out: string): Promise<void> {
  for await (const { filename } of watch(out, { signal: AbortSignal.timeout(600_000) })) {
    if (/^\.re(cipe|port)\./.test(filename ?? '')) break;
  }
  await pause(Math.random() * 60);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
