import { expect } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toFailure } from '../../grader/errors.ts';
import type { ReadAnswer } from '../../grader/keras/answer.ts';
import { type ReaderOptions, runReader } from '../../grader/keras/start.ts';
import { fixtureTest, kerasFixtures } from '../support/fixtures.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = join(kerasFixtures ?? '', 'corrupt');

function read(path: string, options: ReaderOptions = {}): Promise<ReadAnswer> {
  const isZip = readFileSync(path).subarray(0, 2).toString() === 'PK';
  const format = isZip || path.endsWith('empty.keras') ? 'keras-zip' : 'keras-hdf5';
  return runReader({ path, parts: [], format, scratch: temporaryFolder() }, options);
}

/** `read`, or what the refusal is called. */
async function outcome(path: string): Promise<string> {
  try {
    await read(path);
    return 'read';
  } catch (error) {
    const { fault, code, message } = toFailure(error);
    expect(message).not.toMatch(/HDF5-DIAG|\/__w\/|\n/);
    return `${fault} ${code}`;
  }
}

/** The damaged copies of the fixtures; what is wrong with the shapes of two is for the engine to say. */
const outcomes: Record<string, string> = {
  'empty.h5': 'candidate model-file-damaged',
  'empty.keras': 'candidate model-file-damaged',
  'text.h5': 'candidate model-file-damaged',
  'trunc_half.h5': 'candidate model-file-damaged',
  'trunc_tail.h5': 'candidate model-file-damaged',
  'trunc_header.h5': 'candidate model-file-damaged',
  'trunc_half.keras': 'candidate model-file-damaged',
  'bad_magic.h5': 'candidate model-file-damaged',
  'flipped_meta.h5': 'candidate model-file-damaged',
  'nan_weights.h5': 'candidate weights-not-finite',
  'inf_weights.h5': 'candidate weights-not-finite',
  'missing_weight.h5': 'candidate model-file-damaged',
  'no_config.h5': 'candidate weights-only',
  'cut_config.h5': 'candidate model-config',
  'unknown_layer.h5': 'candidate layer-not-supported',
  'float16_weight.h5': 'read',
  'no_config.keras': 'candidate not-a-keras-file',
  'no_weights.keras': 'candidate weights-missing',
  'no_metadata.keras': 'read',
  'cut_weights.keras': 'candidate model-file-damaged',
  'cut_config.keras': 'candidate model-config',
  'deflated.keras': 'read',
  'h5_named.keras': 'read',
  'keras_named.h5': 'read',
};

fixtureTest.each(Object.entries(outcomes))('%s: %s', async (file, expected) => {
  expect(await outcome(join(folder, file))).toBe(expected);
});

fixtureTest('weights are written to one file in the scratch folder', async () => {
  const answer = await read(join(folder, 'deflated.keras'));
  if (answer.kind !== 'model') throw new Error('no model was read');
  const { weights, facts } = answer;
  const [layer] = weights?.layers ?? [];
  expect(layer?.arrays.map(({ shape, offset }) => ({ shape, offset }))).toEqual([
    { shape: [1, 1], offset: 0 },
    { shape: [1], offset: 4 },
  ]);
  expect(facts).toMatchObject({ weightBytes: 8, kerasVersion: '3.15.1' });
  expect(readFileSync(weights?.path ?? '')).toHaveLength(8);
});

/** A heap of texts whose sizes are zero: the HDF5 library looks for the end of it for ever. */
function endless(): string {
  const model = join(kerasFixtures ?? '', 'models', 'nlp_bilstm_stacked', 'model.h5');
  const path = join(temporaryFolder(), 'endless.h5');
  writeFileSync(path, readFileSync(model).fill(0, 13_992, 15_034));
  return path;
}

fixtureTest('a file on which the HDF5 library loops is refused as damaged', async () => {
  const failure = await read(endless()).catch(toFailure);
  expect(failure).toMatchObject({
    fault: 'candidate',
    code: 'model-file-damaged',
    message:
      'endless.h5: it cannot be read in 1.25 s; most likely it is damaged (the HDF5 library loops).',
  });
});

fixtureTest('a reader that is no longer wanted ends at once', async () => {
  const stop = new AbortController();
  const reading = read(endless(), { signal: stop.signal }).catch(toFailure);
  setTimeout(() => stop.abort(), 300);
  expect(await reading).toMatchObject({ fault: 'interrupted' });
});
