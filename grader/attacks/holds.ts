import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { smallPlan } from '../engine/process/plan.ts';
import { trainerConfinement } from '../engine/start.ts';
import { readerConfinement } from '../keras/start.ts';
import type { Confinement } from '../process/confinement.ts';
import { findIsolation } from '../sandbox/isolation.ts';
import { recipeLimits } from '../sandbox/limits.ts';
import { recipeConfinement } from '../sandbox/start.ts';

/** The children that meet a stranger's bytes. */
export const holdNames = ['recipe', 'reader', 'trainer'] as const;
export type HoldName = (typeof holdNames)[number];

/** For a child that never ends; and for one whose grader is stopped. */
export const recipeSeconds = 4;

/** How such a child is held, without a submission: what it may read and write lies in the folder. */
export async function confinementOf(name: HoldName, folder: string): Promise<Confinement> {
  const [inside, outside] = [join(folder, `${name}-in`), join(folder, `${name}-out`)];
  for (const each of [inside, outside]) mkdirSync(each, { recursive: true });
  if (name === 'recipe') return recipeConfinement({ ...recipeLimits, timeSeconds: recipeSeconds });
  if (name === 'reader') {
    const path = join(inside, 'model.h5');
    writeFileSync(path, '');
    return readerConfinement({ path, parts: [], scratch: outside, format: 'keras-hdf5' });
  }
  const engine = join(inside, 'engine');
  mkdirSync(engine, { recursive: true });
  const [addon, library] = [join(engine, 'addon.node'), join(engine, 'library.so')];
  for (const each of [addon, library]) writeFileSync(each, '');
  const isolation = await findIsolation();
  return trainerConfinement(
    { addon, library, plan: smallPlan, mayUseGpu: false, isolation },
    { inside, outside },
  );
}
