import { attentionLayers } from '../../recipe/layers/attention.ts';
import { show } from '../../text/show.ts';
import type { FlatLayer, Tensor } from './conversion.ts';
import type { Argument, FileCall, Reference } from './references.ts';
import { readCalls } from './references.ts';
import { candidateError, type GraderError } from '../../errors.ts';

export function isAttention(className: string): boolean {
  return Object.hasOwn(attentionLayers, className);
}

/** Of MultiHeadAttention's call in Keras 3, in which tensors may stand without a name. */
const argumentNames = [
  ...['query', 'value', 'key', 'query_mask', 'value_mask', 'key_mask', 'attention_mask'],
];

/** By name; what stands without one in the call of another layer is its `inputs`. */
function namedArguments(className: string, { args, kwargs }: FileCall): FileCall['kwargs'] {
  const names = className === 'MultiHeadAttention' ? argumentNames : ['inputs'];
  const placed = args.flatMap((argument, index) => {
    const name = names[index];
    return name === undefined ? [] : [[name, argument] as const];
  });
  return { ...Object.fromEntries(placed), ...kwargs };
}

/** Query, value, key and mask, in this order; a mask stands fourth, behind the value as the key. */
export function attentionInputs(className: string, call: FileCall): readonly Reference[] {
  const given = namedArguments(className, call);
  if (className !== 'MultiHeadAttention') return tensorsIn(given['inputs']);
  const { query, value, key, attention_mask: mask } = given;
  const keys = tensorsIn(key);
  const masks = tensorsIn(mask);
  const needsKey = keys.length === 0 && masks.length > 0;
  return [
    ...[...tensorsIn(query), ...tensorsIn(value)],
    ...[...(needsKey ? tensorsIn(value) : keys), ...masks],
  ];
}

function tensorsIn(argument: Argument | undefined): readonly Reference[] {
  return argument?.kind === 'tensors' ? argument.references : [];
}

interface AttentionCall {
  readonly name: string;
  readonly className: string;
  readonly call: FileCall;
  /** Whether a mask argument is one that Keras itself has written down. */
  readonly isOwnMask: (references: readonly Reference[]) => boolean;
}

/** Throws with fault `candidate` where an attention layer is called in a way that the grader lacks. */
export function checkAttention({ name, className, call, isOwnMask }: AttentionCall): void {
  const given = namedArguments(className, call);
  const scores = given['return_attention_scores'];
  if (scores?.kind === 'constant' && scores.value === true) {
    throw candidateError(
      'attention-scores',
      `The layer ${show(name)} gives its attention scores as well (return_attention_scores=True); that is not supported.`,
      'Call it without return_attention_scores for the model that you hand in.',
    );
  }
  for (const key of ['mask', 'query_mask', 'value_mask', 'key_mask']) {
    const mask = given[key];
    if (!mask || (mask.kind === 'constant' && mask.value === null)) continue;
    if (mask.kind === 'tensors' && isOwnMask(mask.references)) continue;
    throw explicitMask(name, key);
  }
}

function explicitMask(name: string, key: string): GraderError {
  return candidateError(
    'explicit-mask',
    `The layer ${show(name)} is called with a mask of its own (${key}); the grader takes masks from Embedding (mask_zero) and Masking.`,
    'MultiHeadAttention takes a tensor as its attention_mask.',
  );
}

/** Throws with fault `candidate` where a layer is called with a mask that is not the one of its input. */
export function checkMask({ name, call, isOwnMask }: Omit<AttentionCall, 'className'>): void {
  const { mask } = call.kwargs;
  if (mask?.kind === 'tensors' && !isOwnMask(mask.references)) throw explicitMask(name, 'mask');
}

/**
 * `use_causal_mask`, an argument of the calls, as the option that it is here. Throws with fault
 * `candidate` where one layer is called with and without it.
 */
export function causalOption(name: string, nodes: unknown): { use_causal_mask?: true } {
  const calls = readCalls(name, nodes).map(({ kwargs: { use_causal_mask: causal } }) => {
    return causal?.kind === 'constant' && causal.value === true;
  });
  if (!calls.includes(true)) return {};
  if (calls.every(Boolean)) return { use_causal_mask: true };
  throw candidateError(
    'causal-mask',
    `The layer ${show(name)} is called with use_causal_mask and without; that is not supported.`,
    'Take a layer for each.',
  );
}

/** Whether a layer of the flat graph makes a mask. */
export function makesMask({ className, config }: Pick<FlatLayer, 'className' | 'config'>): boolean {
  return className === 'Masking' || config['mask_zero'] === true;
}

/**
 * Keras 3's MultiHeadAttention takes the masks off what it is called with, that of Keras 2 does not.
 * Throws with fault `candidate` where a model of Keras 2 could show it.
 */
export function checkKeptMasks(layers: readonly FlatLayer[]): void {
  if (!layers.some(makesMask)) return;
  const calls = layers.flatMap((layer) => layer.calls.map((inputs) => ({ layer, inputs })));
  for (const { layer, inputs } of calls) {
    if (layer.className !== 'MultiHeadAttention') continue;
    const others = calls.filter((call) => call.inputs !== inputs && keepsMask(call.layer));
    const shared = others.flatMap((call) => call.inputs).some((input) => isIn(inputs, input));
    if (!shared) continue;
    throw candidateError(
      'masked-attention',
      `The layer ${show(layer.name)} (MultiHeadAttention) shares a masked sequence with another layer, which finds its mask in Keras 2 and none in Keras 3; that is not supported.`,
      'Train and save the model with Keras 3, or leave mask_zero and Masking out.',
    );
  }
}

function keepsMask({ config }: FlatLayer): boolean {
  return config['supports_masking'] !== false;
}

function isIn(inputs: readonly Tensor[], { layer, call }: Tensor): boolean {
  return inputs.some((input) => input.layer === layer && input.call === call);
}
