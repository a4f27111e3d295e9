import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tar from 'tar';
import { packageRoot } from '../../grader/package-root.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { predictAll, type KerasLine } from './predict-all.ts';

const probes = join(packageRoot, 'test', 'fixtures', 'probe');
const tolerance = { abs: 2e-5, rel: 1e-4 };

/**
 * Masks from each source through each layer and operator to whoever minds them, operations with each of
 * their settings, layers with each of their options, as both Kerases save and predict them: the number is
 * Keras's, or the file is refused.
 */
test.each(['keras2', 'keras3'])('every model of the probe of %s', async (generation) => {
  const folder = temporaryFolder();
  await tar.x({ file: join(probes, `${generation}.tar.gz`), cwd: folder });
  const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as ProbeCase[];
  const format = generation === 'keras2' ? 'keras-hdf5' : 'keras-zip';
  const lines = await predictAll(
    cases.map((one) => ({ ...one, path: join(folder, one.file), format, tolerance })),
  );
  expect(lines.length).toBe(cases.length);
  expect(lines.filter(isWrong)).toEqual([]);
  expect(refusals(lines)).toMatchSnapshot();
});

interface ProbeCase {
  readonly file: string;
}

function isWrong({ isRight, refusal }: KerasLine): boolean {
  return isRight !== true && refusal === undefined;
}

function refusals(lines: readonly KerasLine[]): string {
  return lines
    .flatMap(({ id, refusal }) => (refusal ? [`${id}: ${refusal.message.split('\n')[0] ?? ''}`] : []))
    .join('\n');
}
