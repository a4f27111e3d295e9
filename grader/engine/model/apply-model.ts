import type { Given } from '../layers/definition.ts';
import { normal, uniform } from '../tensorflow/randomness.ts';
import { tf, type Tensor } from '../tensorflow/tf.ts';
import {
  variableOf,
  type Layer,
  type Model,
  type ModelPlan,
  type Node,
  type PlainLayer,
  type Value,
} from './model.ts';
import { innersOf } from './plan-layer.ts';

/**
 * A tensor with the mask of the steps that count in it, and the one that layers find which run after a
 * layer that ends masks.
 */
interface Masked {
  readonly tensor: Tensor;
  readonly mask: Tensor | null;
  readonly found: Tensor | null;
}

function masked(tensor: Tensor, mask: Tensor | null): Masked {
  return { tensor, mask, found: mask };
}

/** A call of a layer, those within other layers included. */
export interface Called {
  readonly layer: PlainLayer;
  readonly inputs: Inputs;
  readonly outputs: Inputs;
}

interface Setting {
  readonly model: Model;
  readonly training: boolean;
  /** Told of each call; the tensors are good until it returns. */
  readonly onCall?: (call: Called) => void;
}

type Inputs = readonly Tensor[];
type Mode = Pick<Setting, 'training' | 'onCall'>;

/** The model's outputs for its inputs, each list in the model's order. */
export function applyModel(model: Model, inputs: Inputs, mode: Mode): readonly Tensor[] {
  return tf.tidy(() => applyMasked(model, inputs, mode).map(({ tensor }) => tensor));
}

/** The same with each output's mask, [batch, ...], true where a step counts; none where all do. */
export function applyMasked(
  model: Model,
  inputs: Inputs,
  mode: Mode,
): readonly { readonly tensor: Tensor; readonly mask: Tensor | undefined }[] {
  return tf.tidy(() => {
    const given = inputs.map((tensor) => masked(tensor, null));
    return run(model, given, { model, ...mode }).map(({ tensor, found }) => ({
      // Whoever disposes of an output keeps the input.
      tensor: inputs.includes(tensor) ? tensor.clone() : tensor,
      mask: found ?? undefined,
    }));
  });
}

function run(plan: ModelPlan, inputs: readonly Masked[], setting: Setting): readonly Masked[] {
  const reached = new Map<Node, readonly Masked[]>();
  plan.inputs.forEach(({ node }, index) => {
    const input = inputs[index];
    if (!input) throw new Error(`the model is not given its input ${index}`);
    reached.set(node, [input]);
  });
  const valueOf = ({ node, index }: Value): Masked => {
    const value = reached.get(node)?.[index];
    if (value) return value;
    throw new Error(`the model has no value of the layer ${node.layer.name}`);
  };
  for (const node of plan.nodes) {
    const given = node.inputs.map(valueOf);
    reached.set(node, callLayer(node.layer, given, setting));
    if (node.layer.kind === 'plain' && node.layer.definition.endsMasks) endMasks(reached, given);
  }
  return plan.outputs.map(valueOf);
}

/** Takes the masks off these tensors, wherever else they have come. */
function endMasks(reached: Map<Node, readonly Masked[]>, given: readonly Masked[]): void {
  const ended = new Set(given.map(({ tensor }) => tensor));
  for (const [node, values] of reached) {
    reached.set(
      node,
      values.map((value) => (ended.has(value.tensor) ? { ...value, found: null } : value)),
    );
  }
}

/**
 * What a model within the model is called with has the mask that the call settles, which the layers in
 * it find: theirs were settled without it. What it gives has the mask that its last layer hands on.
 */
function callModel(model: ModelPlan, inputs: readonly Masked[], setting: Setting): Masked[] {
  const given = inputs.map(({ tensor, mask, found }) => ({
    ...{ tensor, mask: null, found: mask ?? found },
  }));
  return run(model, given, setting).map(({ tensor, found }) => masked(tensor, found));
}

function callLayer(layer: Layer, inputs: readonly Masked[], setting: Setting): readonly Masked[] {
  if (layer.kind === 'model') return callModel(layer.model, inputs, setting);
  const tensors = inputs.map(({ tensor }) => tensor);
  const { definition, options } = layer;
  const settled = inputs.map(({ mask }) => mask);
  const masks = inputs.map(({ mask, found }) => (definition.settlesMask ? (mask ?? found) : found));
  const isSettled = masks.every((one, index) => one === settled[index]);
  const outputs = tf.tidy(() => {
    const given = givenTo(layer, { tensors, masks }, setting);
    const made = [outputsOf(layer, given, setting)].flat();
    setting.onCall?.({ layer, inputs: tensors, outputs: made });
    const shown = (some: readonly (Tensor | null)[]) =>
      layer.config['supports_masking'] === false
        ? []
        : [
            definition.mask?.(options, { ...given, masks: some, mask: some[0] ?? null }) ?? null,
          ].flat();
    const own = shown(masks);
    const handedOn = isSettled ? own : shown(settled);
    return made.map((tensor, index) => ({
      tensor,
      mask: handedOn[index] ?? undefined,
      found: own[index] ?? undefined,
    }));
  });
  return outputs.map(({ tensor, mask, found }) => ({
    tensor,
    mask: mask ?? null,
    found: found ?? null,
  }));
}

function outputsOf(layer: PlainLayer, given: Given, { model }: Setting) {
  const weights = Object.fromEntries([
    ...layer.absent.map((key) => [key, null] as const),
    ...layer.weights.map((weight) => [weight.key, variableOf(model, weight)] as const),
  ]);
  return layer.definition.call(layer.options, weights, given);
}

function givenTo(
  layer: PlainLayer,
  { tensors, masks }: { readonly tensors: Inputs; readonly masks: readonly (Tensor | null)[] },
  setting: Setting,
): Given {
  const [input] = tensors;
  const [mask = null] = masks;
  if (!input) throw new Error(`the layer ${layer.name} is called without an input`);
  return {
    ...{ inputs: tensors, masks, input, mask, inner: innersOf(layer.inner) },
    ...{ training: setting.training, isTrainable: layer.isTrainable },
    draws: {
      uniform: (shape, stream) => uniform(layer, shape, stream),
      normal: (shape, stream) => normal(layer, shape, stream),
    },
    assign(values) {
      for (const weight of layer.weights) {
        const value = values[weight.key];
        if (value) variableOf(setting.model, weight).assign(value);
      }
    },
    callInner(name, [first, ...others], itsMask) {
      const inner = layer.inner[name];
      if (!inner) throw new Error(`the layer ${layer.name} has no layer ${name} within it`);
      if (!first) throw new Error(`the layer ${inner.name} is called without an input`);
      const rest = others.map((tensor) => masked(tensor, null));
      const [output, ...outputs] = callLayer(inner, [masked(first, itsMask), ...rest], setting);
      if (!output) throw new Error(`the layer ${inner.name} gave nothing`);
      return [output.tensor, ...outputs.map(({ tensor }) => tensor)];
    },
  };
}
