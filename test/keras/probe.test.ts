import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tar from 'tar';
import { packageRoot } from '../../grader/package-root.ts';
import { isFull } from '../support/full.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { predictAll, type KerasLine } from './predict-all.ts';

const probes = join(packageRoot, 'test', 'fixtures', 'probe');

/**
 * Masks from each source through each layer and operator to whoever minds them, operations with each of
 * their settings, layers with each of their options, as both Kerases save and predict them: the number is
 * Keras's, or the file is refused, and then the page on model files says so.
 */
test.each([
  ['keras2', 'keras-hdf5', 758],
  ['keras2-layers', 'keras-hdf5', 42],
  ['keras2-operations', 'keras-hdf5', 272],
  ['keras3', 'keras-zip', 781],
  ['keras3-layers', 'keras-zip', 102],
  ['keras3-operations', 'keras-zip', 294],
])('every model of the probe of %s', async (archive, format, count) => {
  const folder = temporaryFolder();
  await tar.x({ file: join(probes, `${archive}.tar.gz`), cwd: folder });
  const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as ProbeCase[];
  const lines = await predictAll(
    cases.map((one, at) => ({
      ...{ ...one, format, path: join(folder, one.file) },
      // A graph takes long to make; each kind of layer and operation is in many of the models.
      asGraph: isFull || at % 4 === 0,
      // What was computed in half precision is computed in float32 here, as a note says.
      tolerance: one.id.includes('float16') ? { abs: 1e-3, rel: 1e-3 } : { abs: 2e-5, rel: 1e-4 },
    })),
  );
  expect(lines.length).toBe(count);
  expect(lines.filter(isWrong)).toEqual([]);
  const page = readFileSync(join(packageRoot, 'docs', 'model-files.md'), 'utf8');
  expect(rowsOf(page, archive)).toEqual(refusals(lines));
});

interface ProbeCase {
  readonly id: string;
  readonly file: string;
}

function isWrong({ isRight, refusal }: KerasLine): boolean {
  return isRight !== true && refusal === undefined;
}

function refusals(lines: readonly KerasLine[]): readonly string[] {
  return lines.flatMap(({ id, refusal }) => (refusal ? [`${id} | ${refusal.code}`] : [])).sort();
}

/** `| keras2 | op/argmax | operation |`. */
function rowsOf(page: string, archive: string): readonly string[] {
  const row = new RegExp(`^\\| ${archive} +\\| (.+?) +\\| (.+?) +\\|$`, 'gm');
  return [...page.matchAll(row)].map(([, id, code]) => `${id} | ${code}`).sort();
}
