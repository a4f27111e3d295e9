import { candidateError } from '../../errors.ts';
import { stateCount } from '../../recipe/layers/outputs.ts';
import { show } from '../../text/show.ts';
import type { FlatLayer } from './conversion.ts';
import type { Entry } from './entries.ts';

/**
 * A recurrence has its initial states behind the sequence, all or none. Throws fault `candidate` for
 * another number of them.
 */
export function checkStates(
  { name }: Entry,
  { className, config }: FlatLayer,
  given: number,
): void {
  const count = stateCount({ class_name: className, config });
  if (count === 0 || given === 0 || given === count) return;
  throw candidateError(
    'initial-state',
    `The layer ${show(name)} (${show(className)}) is called with ${given} initial states; it has ${count} states.`,
  );
}
