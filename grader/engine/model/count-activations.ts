import { productOf, sumOf } from '../../sizes.ts';
import { sized, valuesOf, type Shape, type Shapes } from '../layers/shapes.ts';
import { inLayer } from './in-layer.ts';
import type { Layer, ModelPlan, Node, PlainLayer } from './model.ts';
import { innerInputs, outputShapes } from './plan-layer.ts';

/**
 * Values that all layers together hold for one example: what each call of a layer gives, and in
 * recurrences what every step holds beside it. An axis without a size is `longest` long.
 */
export function countActivations(plan: ModelPlan, longest: number): number {
  const layers = new Set(plan.layers);
  const models = new Map<Layer, number>();
  for (const layer of layers) {
    if (layer.kind === 'model') models.set(layer, countActivations(layer.model, longest));
  }
  const calls = [...plan.inputs.map(({ node }) => node), ...plan.nodes];
  return sumOf(
    calls
      .filter(({ layer }) => layers.has(layer))
      .map((call) =>
        inLayer(call.layer.name, () => heldBy(call, models.get(call.layer) ?? 0, longest)),
      ),
  );
}

/** By a call, and `inside` of a model within the model. */
function heldBy({ layer, inputs, shapes }: Node, inside: number, longest: number): number {
  const own = sumOf(shapes.map((shape) => valuesOf(sized(shape, longest))));
  if (layer.kind === 'model') return sumOf([own, inside]);
  const [first = shapes[0] ?? [], ...others] = inputs.map(({ shape }) => shape);
  return sumOf([
    own,
    within(layer, { inputs: [first, ...others], output: shapes[0] ?? [] }, longest),
  ]);
}

interface Call {
  readonly inputs: Shapes;
  readonly output: Shape;
}

/** What a layer holds beside its output. */
function within(layer: PlainLayer, { inputs, output }: Call, longest: number): number {
  const { definition } = layer;
  const steps = inputs[0][1] ?? longest;
  const { heldPerUnit = 0 } = definition;
  const values = valuesOf(sized(output, longest));
  const [first, ...others] = inputs.map((shape) => sized(shape, longest));
  const held = sumOf([
    productOf([heldPerUnit, values, hasTime(layer) ? 1 : steps]),
    first ? (definition.held?.(layer.options, [first, ...others]) ?? 0) : 0,
  ]);
  const ofInner = Object.entries(layer.inner).map(([key, inner]) => {
    const given = innerInputs(layer, inputs, key);
    const made = outputShapes(inner, given);
    return sumOf([
      ...made.map((shape) => valuesOf(sized(shape, longest))),
      inner.kind === 'model'
        ? countActivations(inner.model, longest)
        : within(inner, { inputs: given, output: made[0] }, longest),
    ]);
  });
  return sumOf([held, productOf([sumOf(ofInner), definition.callsPerStep ? steps : 1])]);
}

/** Whether a recurrence's output has every step already. */
function hasTime({ options }: PlainLayer): boolean {
  return options['returnSequences'] === true;
}
