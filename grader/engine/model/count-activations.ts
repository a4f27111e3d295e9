import { innerInputs, outputShapes } from './plan-layer.ts';
import type { Layer, ModelPlan, PlainLayer } from './model.ts';
import type { Shape, Shapes } from '../layers/shapes.ts';

/**
 * Values that all layers together hold for one example: what each call of a layer gives, and in
 * recurrences what every step holds beside it. An axis without a size is `longest` long.
 */
export function countActivations(plan: ModelPlan, longest: number): number {
  const calls = [...plan.inputs.map(({ node }) => node), ...plan.nodes];
  const listed = calls.filter(({ layer }) => plan.layers.includes(layer));
  return sumOf(
    listed.map(({ layer, inputs, shapes }) => {
      const own = sumOf(shapes.map((shape) => valuesOf(shape, longest)));
      const [first = shapes[0] ?? [], ...others] = inputs.map(({ shape }) => shape);
      return own + within(layer, { inputs: [first, ...others], output: shapes[0] ?? [] }, longest);
    }),
  );
}

interface Call {
  readonly inputs: Shapes;
  readonly output: Shape;
}

/** What a layer holds beside its output. */
function within(layer: Layer, { inputs, output }: Call, longest: number): number {
  if (layer.kind === 'model') return countActivations(layer.model, longest);
  const { definition, inner } = layer;
  const steps = inputs[0][1] ?? longest;
  const { heldPerUnit = 0 } = definition;
  const held = heldPerUnit * valuesOf(output, longest) * (hasTime(layer) ? 1 : steps);
  const ofInner = sumOf(
    Object.entries(inner).map(([key, each]) => {
      const given = innerInputs(layer, inputs, key);
      const made = outputShapes(each, given);
      const own = sumOf(made.map((shape) => valuesOf(shape, longest)));
      return own + within(each, { inputs: given, output: made[0] }, longest);
    }),
  );
  return held + ofInner * (definition.callsPerStep ? steps : 1);
}

/** Whether a recurrence's output has every step already. */
function hasTime({ options }: PlainLayer): boolean {
  return options['returnSequences'] === true;
}

function valuesOf([, ...sizes]: Shape, longest: number): number {
  return sizes.reduce<number>((values, size) => values * (size ?? longest), 1);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
