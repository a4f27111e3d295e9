import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attack } from './attack.ts';
import { dataAttacks } from './data-attacks.ts';
import { fileAttacks } from './file-attacks.ts';
import { graderAttacks } from './grader-attacks.ts';
import { processAttacks } from './process-attack.ts';
import { recipeAttacks } from './recipe-attack.ts';
import { makeSecrets } from './secrets.ts';
import { survivorAttacks } from './survivors.ts';
import { textAttacks } from './text-attacks.ts';

interface Corpus {
  readonly attacks: readonly Attack[];
  remove(): void;
}

/** All that is tried, and the files that it is tried on. */
export function makeCorpus(): Corpus {
  // The name of a socket in it may have a hundred characters at most.
  const folder = mkdtempSync(join(tmpdir(), 'attack-'));
  const secrets = makeSecrets(folder);
  const surroundings = { secrets, folder };
  return {
    attacks: [
      ...recipeAttacks(secrets),
      ...processAttacks(surroundings),
      ...survivorAttacks(surroundings),
      ...graderAttacks(),
      ...fileAttacks(secrets),
      ...dataAttacks(),
      ...textAttacks(),
    ],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
