import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../grader/package-root.ts';
import { type CheckJson, runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const example = join(packageRoot, 'examples/class');

test('the submissions of the example are graded, by the command that its page has', async () => {
  const page = readFileSync(join(example, 'README.md'), 'utf8');
  const [, words = ''] = /^npx grader (check submissions .*) --out results$/m.exec(page) ?? [];
  const out = temporaryFolder();
  const args = [...words.split(' '), '--json', '--out', out];
  const { exitCode, stdout } = await runGrader(args, { cwd: example });
  const { reports, notGraded } = JSON.parse(stdout) as CheckJson;
  expect(notGraded).toEqual([]);
  expect(reports.map(({ submission }) => submission.file).sort()).toEqual([
    'anna/sunspots.ts',
    'ben/regression.ts',
  ]);
  for (const { verdict, points } of reports) {
    expect(['passed', 'below-pass-mark']).toContain(verdict);
    expect(points).not.toBeNull();
  }
  expect(exitCode).toBe(reports.every(({ points }) => (points ?? 0) >= 3) ? 0 : 1);
});

/** https://docs.gitlab.com/ci/yaml/: the keywords of a job that stand in the file, and of what is in them. */
const jobKeywords: Readonly<Record<string, readonly string[] | null>> = {
  ...{
    stage: null,
    image: null,
    timeout: null,
    before_script: null,
    script: null,
    variables: null,
  },
  cache: ['key', 'paths'],
  artifacts: ['when', 'expire_in', 'paths', 'reports'],
  rules: null,
};

test("GitLab's file has keywords that GitLab knows, and JUnit where the command writes it", () => {
  const text = readFileSync(join(example, '.gitlab-ci.yml'), 'utf8');
  const { stages, ...jobs } = parse(text) as Record<string, Record<string, unknown>>;
  expect(Object.keys(jobs)).toEqual(['grade']);
  const grade = jobs['grade'] ?? {};
  expect(stages).toContain(grade['stage']);
  for (const [keyword, value] of Object.entries(grade)) {
    expect(Object.keys(jobKeywords)).toContain(keyword);
    const inner = jobKeywords[keyword];
    if (inner) expect(inner).toEqual(expect.arrayContaining(Object.keys(value as object)));
  }
  const [script = ''] = grade['script'] as string[];
  const { reports, paths, when } = grade['artifacts'] as Record<string, Record<string, string>>;
  expect(when).toBe('always');
  expect(script).toContain(`--junit ${reports?.['junit'] ?? '?'}`);
  expect(script).toContain(`--out ${paths?.[0] ?? '?'} `);
  // A job's variables are not of a submission's making; quoted all the same.
  for (const line of [...(grade['before_script'] as string[]), script]) {
    expect(line.replace(/"\$\w+[^"]*"/g, '')).not.toContain('$');
  }
});
