import { isNotComputed, type ConvertedValue } from '../conversion.ts';
import type { Entry } from '../entries.ts';
import { readCalls, type Reference } from '../references.ts';

interface Known {
  readonly named: ReadonlyMap<string, Entry>;
  readonly find: (reference: Reference) => ConvertedValue | undefined;
}

/**
 * Whether a value is `tf.shape(x)[0]`: the number of examples, whatever tensor of the model x is.
 */
export function isBatchSize({ layer, node }: Reference, { named, find }: Known): boolean {
  const entry = named.get(layer);
  if (!entry || entry.config['function'] !== '__operators__.getitem') return false;
  const { args, kwargs } = readCalls(layer, entry.raw['inbound_nodes'])[node] ?? {};
  const key = kwargs?.['slice_spec'];
  if (key?.kind !== 'constant' || key.value !== 0) return false;
  const [shape] = tensorsIn(args);
  const measured = shape && named.get(shape.layer);
  if (!measured || !shapes.includes(measured.config['function'])) return false;
  const [of] = tensorsIn(readCalls(shape.layer, measured.raw['inbound_nodes'])[shape.node]?.args);
  const value = of && find(of);
  return value !== undefined && !isNotComputed(value);
}

const shapes: readonly unknown[] = ['shape', 'compat.v1.shape'];

type Arguments = ReturnType<typeof readCalls>[number]['args'];

function tensorsIn(args: Arguments | undefined): readonly Reference[] {
  return (args ?? []).flatMap((one) => (one.kind === 'tensors' ? one.references : []));
}
