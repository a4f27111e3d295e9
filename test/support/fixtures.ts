import { test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';

/** Files made by real Keras and scikit-learn, beside the checkout; null where they are not. */
export const kerasFixtures = find(join(packageRoot, '..', 'shared', 'fixtures', 'keras'));

/** A test that needs those files, or a skipped one. */
export const fixtureTest: typeof test | typeof test.skip = kerasFixtures ? test : test.skip;

if (!kerasFixtures) process.stderr.write('Skipped: ../shared/fixtures/keras is not here.\n');

function find(folder: string): string | null {
  return existsSync(folder) ? folder : null;
}
