import type { GraderError } from '../../errors.ts';
import { show } from '../../text/show.ts';
import { inputsOf } from './calls.ts';
import type { Entry } from './entries.ts';
import { readCalls, type FileCall, type Reference } from './references.ts';
import { malformed } from './refusal.ts';

/** One call of a layer that is to be made. */
export interface Pending {
  readonly entry: Entry;
  readonly call: FileCall;
  readonly node: number;
}

/** How many outputs of a layer are used, by other layers or as those of the model. */
export function outputsUsed(
  pending: readonly Pending[],
  ends: readonly Reference[],
): (layer: string) => number {
  const most = new Map<string, number>();
  const inputs = pending.flatMap(({ entry, call }) => inputsOf(entry.className, call));
  for (const { layer, output } of [...inputs, ...ends]) {
    most.set(layer, Math.max(most.get(layer) ?? 1, output + 1));
  }
  return (layer) => most.get(layer) ?? 1;
}

/** All calls of a model's layers. */
export function pendingCalls(entries: readonly Entry[]): readonly Pending[] {
  return entries.flatMap((entry) =>
    readCalls(entry.name, entry.raw['inbound_nodes']).map((call, node) => ({ entry, call, node })),
  );
}

/** For a call that lacks an input. */
export function notMade(
  { entry, call }: Pending,
  find: (reference: Reference) => unknown,
): GraderError {
  const lacking = inputsOf(entry.className, call).find((input) => !find(input));
  return malformed(
    `The layer ${show(entry.name)} takes the output of ${show(lacking?.layer)}, which cannot be made: ` +
      'it does not exist, or depends on itself.',
  );
}
