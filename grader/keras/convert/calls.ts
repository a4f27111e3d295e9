import { candidateError } from '../../errors.ts';
import { show } from '../../text/show.ts';
import { attentionInputs, isAttention } from './attention.ts';
import { isHarmless, unknownOption, type HarmlessKeys } from './fields.ts';
import type { Generation } from './generation.ts';
import { isOperation } from './operations/is-operation.ts';
import type { FileCall, Reference } from './references.ts';

/** All tensors but masks: those travel with the sequences that they belong to. */
export function inputsOf(className: string, call: FileCall): readonly Reference[] {
  if (isAttention(className)) return attentionInputs(className, call);
  const { args, kwargs } = call;
  const named = Object.entries(kwargs).filter(([name]) => name !== 'mask');
  return [...args, ...named.map(([, value]) => value)].flatMap((argument) =>
    argument.kind === 'tensors' ? argument.references : [],
  );
}

interface CalledLayer {
  readonly name: string;
  readonly className: string;
}

interface CalledEntry {
  readonly name: string;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly generation: Generation;
}

/** Of the calls of layers, with the values that are no tensors. */
const named: HarmlessKeys = {
  ...{ inputs: [null], x: [null], data: [null], sequence: [null], sequences: [null] },
  ...{ query: [null], value: [null], key: [null], constants: [null] },
  ...{ mask: [null], query_mask: [null], value_mask: [null], key_mask: [null] },
  attention_mask: [null],
  // What is no tensor is refused with the reason.
  initial_state: () => true,
  training: [true, false, null],
  use_causal_mask: [true, false, null],
  return_attention_scores: [true, false, null],
};

/** Throws with fault `candidate` for what a layer is called with and the grader does not know. */
function checkArguments(name: string, { args, kwargs }: FileCall): void {
  const where = `A call of the layer ${show(name)}`;
  args.forEach((argument, index) => {
    if (argument.kind === 'tensors' || argument.value === null) return;
    throw unknownOption(where, `argument ${index + 1}`, argument.value);
  });
  for (const [key, argument] of Object.entries(kwargs)) {
    const isTensor = argument.kind === 'tensors';
    const isKnown = isTensor ? Object.hasOwn(named, key) : isHarmless(named, key, argument.value);
    if (!isKnown) throw unknownOption(where, key, isTensor ? 'a tensor' : argument.value);
  }
}

/**
 * Throws with fault `candidate` where a layer is called in a way that the grader does not have. Keras 3
 * writes down `training` where it is the default of a layer's call, and predicts without it whatever
 * the model says (`operation_fn` in keras/src/models/functional.py).
 */
export function checkCall({ name, raw, generation }: CalledEntry, call: FileCall): void {
  const { kwargs } = call;
  if (!isOperation(raw, generation)) checkArguments(name, call);
  const active = kwargs['training'];
  if (active?.kind === 'constant' && active.value === true && generation !== 'keras3') {
    throw candidateError(
      'training-mode',
      `The layer ${show(name)} is always called in training mode (training=True); the grader predicts in inference mode.`,
    );
  }
  const state = kwargs['initial_state'];
  if (state?.kind !== 'constant' || state.value === null) return;
  throw candidateError(
    'initial-state',
    `The layer ${show(name)} starts from a state of fixed numbers; that is not supported.`,
    'Take the states from another layer, or leave initial_state out.',
  );
}

/**
 * Whether the calls of a recurrence that have initial states skip masked steps: in Keras 3 only where
 * they name a mask, as `keras/src/layers/layer.py` hands none on beside two tensor arguments. Throws
 * with fault `candidate` where some do and others do not.
 */
export function skipsFromState(
  calls: readonly FileCall[],
  { name, className, isKeras3 }: CalledLayer & { readonly isKeras3: boolean },
): boolean {
  const fromStates = calls.filter((call) => inputsOf(className, call).length > 1);
  if (!isKeras3) return fromStates.length > 0;
  const masked = fromStates.filter(({ kwargs }) => kwargs['mask']?.kind === 'tensors');
  if (masked.length === 0 || masked.length === fromStates.length) return masked.length > 0;
  throw candidateError(
    'initial-state',
    `The layer ${show(name)} is called with initial states both with a mask and without one; that is not supported.`,
  );
}
