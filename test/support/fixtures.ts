import type { test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { testWith } from './needs.ts';

/** Files made by real Keras and scikit-learn, beside the checkout; null where they are not. */
export const kerasFixtures = find(join(packageRoot, '..', 'shared', 'fixtures', 'keras'));

/** A test that needs those files, or a skipped one. */
export const fixtureTest: typeof test.skip = testWith(
  '../shared/fixtures/keras',
  kerasFixtures !== null,
);

function find(folder: string): string | null {
  return existsSync(folder) ? folder : null;
}
