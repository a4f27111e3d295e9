import { beforeEach, expect, test } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { golden } from '../report/golden.ts';
import { runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let cwd = '';

beforeEach(() => {
  cwd = temporaryFolder();
  for (const [name, startedAt] of [
    ['sunspots', '2026-08-14T09:20:01.250Z'],
    ['sunspots', '2026-08-15T09:20:01.250Z'],
    ['regression', '2026-08-13T09:20:01.250Z'],
    ['invalid', '2026-08-16T09:20:01.250Z'],
  ] as const) {
    const folder = join(cwd, 'results', `${name}-${startedAt.slice(8, 10)}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'report.json'),
      JSON.stringify({ ...golden(name), startedAt }, null, 2),
    );
  }
  mkdirSync(join(cwd, 'results', 'under-way'));
});

test('earlier attempts are a table for each submission, and what is left out has its reason', async () => {
  const { exitCode, stdout, stderr } = await runGrader(['history', '--lang', 'en'], { cwd });
  expect(exitCode).toBe(0);
  const { score } = golden('sunspots');
  expect(stdout).toContain('regression: regression.ts');
  expect(stdout).toMatch(
    new RegExp(
      `sunspots: sunspots\\.ts\ngraded +points +mean absolute error +95% interval +seed +result folder\n2026-08-14 09:20:01 UTC +5/5 +${score?.value.toFixed(4)}.* 1 +results/sunspots-14\n2026-08-15`,
    ),
  );
  expect(stdout).toMatch(/UTC +0\/5 +invalid-submission +1 +results\/invalid-16/);
  expect(stderr).toContain('Left out: results/under-way: it has no report.json');
});

test('of one problem, for machines, and in Korean', async () => {
  const json = await runGrader(['history', 'regression', '--json'], { cwd });
  const { attempts } = JSON.parse(json.stdout) as { attempts: readonly object[] };
  expect(attempts).toHaveLength(1);
  expect(attempts[0]).toMatchObject({
    folder: 'results/regression-13',
    ...{ problem: { id: 'regression', version: 1 }, points: golden('regression').points },
    ...{ metric: { id: 'mse', value: golden('regression').score?.value }, seed: 1 },
  });
  const korean = await runGrader(['history', 'sarcasm', '--lang', 'ko'], { cwd });
  expect(korean.stdout).toContain('채점한 기록이 없습니다: results');
});
