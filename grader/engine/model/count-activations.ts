import type { LayersModel } from '../tensorflow/tf.ts';

type Sizes = readonly (number | null)[];

interface Node {
  readonly inputShapes: Sizes | readonly Sizes[];
  readonly outputShapes: Sizes | readonly Sizes[];
}

/** What layers of TF.js say of themselves, wrappers, models and recurrences among them. */
interface AnyLayer {
  readonly inboundNodes: readonly Node[];
  readonly layers?: readonly AnyLayer[];
  readonly layer?: AnyLayer;
  readonly forwardLayer?: AnyLayer;
  readonly backwardLayer?: AnyLayer;
  readonly returnSequences?: boolean;
  getClassName(): string;
  computeOutputShape(input: Sizes): Sizes | Sizes[];
}

/** Values that a recurrence holds for each step and unit: gates, states, what is projected. */
const heldPerUnit: Readonly<Record<string, number>> = {
  ...{ LSTM: 7, ConvLSTM2D: 7, RNN: 7, GRU: 5, SimpleRNN: 4 },
};

/**
 * Values that all layers together hold for one example: what each call of a layer gives, and in
 * recurrences what every step holds beside it. An axis without a size is `longest` long.
 */
export function countActivations(model: LayersModel, longest: number): number {
  return ofLayers(model.layers as unknown as readonly AnyLayer[], longest);
}

function ofLayers(layers: readonly AnyLayer[], longest: number): number {
  return layers
    .flatMap((layer) => layer.inboundNodes.map((node) => ofCall(layer, node, longest)))
    .reduce((sum, values) => sum + values, 0);
}

function ofCall(layer: AnyLayer, { inputShapes, outputShapes }: Node, longest: number): number {
  const given = listOf(inputShapes)[0] ?? [];
  const outputs = listOf(outputShapes);
  const own = outputs.reduce((sum, shape) => sum + product(shape, longest), 0);
  return own + within(layer, { given, output: outputs[0] ?? [] }, longest);
}

interface Shapes {
  readonly given: Sizes;
  readonly output: Sizes;
}

/** What a layer holds beside its output. */
function within(layer: AnyLayer, { given, output }: Shapes, longest: number): number {
  const steps = given[1] ?? longest;
  if (layer.layers) return ofLayers(layer.layers, longest);
  const inner = [layer.forwardLayer, layer.backwardLayer].filter((each) => each !== undefined);
  if (inner.length > 0) {
    const each = inner.map((one) => ofInner(one, given, longest));
    return each.reduce((sum, values) => sum + values, 0);
  }
  if (layer.layer) return steps * ofInner(layer.layer, [null, ...given.slice(2)], longest);
  const held = heldPerUnit[layer.getClassName()] ?? 0;
  const all = product(output, longest);
  return held * (layer.returnSequences ? all : steps * all);
}

/** Of a layer that another one calls, which leaves no trace in it. */
function ofInner(layer: AnyLayer, given: Sizes, longest: number): number {
  const output = listOf(layer.computeOutputShape(given))[0] ?? [];
  return product(output, longest) + within(layer, { given, output }, longest);
}

function listOf(shapes: Sizes | readonly Sizes[]): readonly Sizes[] {
  return isList(shapes) ? shapes : [shapes];
}

function isList(shapes: Sizes | readonly Sizes[]): shapes is readonly Sizes[] {
  return Array.isArray(shapes[0]);
}

function product([, ...sizes]: Sizes, longest: number): number {
  return sizes.reduce<number>((values, size) => values * (size ?? longest), 1);
}
