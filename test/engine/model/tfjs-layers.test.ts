import { expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tar from 'tar';
import { packageRoot } from '../../../grader/package-root.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runProgram } from '../run-program.ts';

interface ProbeArray {
  readonly values: readonly number[];
}

interface ProbeCase {
  readonly id: string;
  readonly file: string;
  readonly inputs: readonly ProbeArray[];
  readonly outputs: readonly ProbeArray[];
}

interface Line {
  readonly name: string;
  readonly values?: readonly (readonly number[])[];
  readonly error?: string;
}

/**
 * Layers with each of their options and masks through each of them, as Keras 3 saved and predicts them:
 * saved as a grading saves its model, they load in TF.js Layers from npm and predict there as in Keras,
 * or stand in the table of the page on model files.
 */
test('what TF.js Layers makes of models that a grading saves', async () => {
  const folder = temporaryFolder();
  const probe = join(packageRoot, 'test', 'fixtures', 'probe', 'keras3.tar.gz');
  await tar.x({ file: probe, cwd: folder });
  const cases = (JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as ProbeCase[])
    // TF.js has no operations, and what was computed in half precision is of no use here.
    .filter(({ id }) => !id.startsWith('op/') && !id.includes('float16'));
  writeList(folder, cases);
  const saved = await runProgram<{ file: string }>('model/save-probe.js', folder);
  const files = new Set(saved.map(({ file }) => file));
  const kept = cases.filter(({ file }) => files.has(file));
  writeList(folder, kept);
  const lines = await runProgram<Line>('model/plain-tfjs.js', folder);
  expect(lines).toHaveLength(650);
  const found = lines.map((line, index) => foundIn(line, kept[index]?.outputs ?? []));
  const page = readFileSync(join(packageRoot, 'docs', 'model-files.md'), 'utf8');
  const [, table = ''] = page.split('| TF.js Layers 4.22 | models |\n| --- | --- |\n');
  expect(table.trim().split('\n')).toEqual(tableOf(found));
});

function writeList(folder: string, cases: readonly ProbeCase[]): void {
  const list = cases.map((one) => ({ ...one, name: one.id, saved: join('saved', one.file) }));
  writeFileSync(join(folder, 'models.json'), JSON.stringify(list));
}

interface Found {
  readonly outcome:
    'as in Keras' | 'other numbers' | 'refused' | 'unknown layer' | 'unknown activation';
  /** The layer or activation that is not known, else what the model is of. */
  readonly what: string;
}

function foundIn({ name, values, error }: Line, wanted: readonly ProbeArray[]): Found {
  const [, kind, unknown] = /^Unknown (layer|activation): (\w+)/.exec(error ?? '') ?? [];
  if (kind !== undefined && unknown !== undefined) {
    return { outcome: kind === 'layer' ? 'unknown layer' : 'unknown activation', what: unknown };
  }
  if (error?.includes('reset_after')) return { outcome: 'refused', what: 'GRU reset_after=True' };
  if (error !== undefined) return { outcome: 'refused', what: titleOf(name) };
  const isRight = wanted.every(({ values: numbers }, index) => {
    const given = values?.[index] ?? [];
    const isNear = (value: number, at: number) =>
      Math.abs((given[at] ?? NaN) - value) <= 1e-4 * (1 + Math.abs(value));
    return given.length === numbers.length && numbers.every(isNear);
  });
  return { outcome: isRight ? 'as in Keras' : 'other numbers', what: titleOf(name) };
}

/** `layer/Dense units=2`, `mask/embedding, Dense, mean`. */
function titleOf(id: string): string {
  const [kind, title = ''] = id.split(/\/(.*)/s);
  const [, between, end] = title.split(', ');
  if (kind === 'layer') return title;
  return end === 'mean' ? 'GlobalAveragePooling1D of masked steps' : `a mask through ${between}`;
}

/** `| TF.js: other numbers | Dense activation=hard_sigmoid, … |`, a row for each outcome. */
function tableOf(found: readonly Found[]): readonly string[] {
  const outcomes = ['unknown layer', 'unknown activation', 'refused', 'other numbers'] as const;
  return outcomes.map((outcome) => {
    const models = found.filter((one) => one.outcome === outcome).map(({ what }) => what);
    return `| ${outcome} | ${[...new Set(models)].sort().join(', ')} |`;
  });
}
