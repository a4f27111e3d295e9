import type { LayerConfig } from '../../contract.ts';
import { showShape } from '../../text/shape.ts';
import { sized, valuesOf, type Shape, type Shapes } from '../layers/shapes.ts';
import type { Layer, Node, Value } from './model.ts';
import { inLayer } from './in-layer.ts';
import { callShapes } from './plan-layer.ts';

/** A layer's document with its name in the model. */
export interface Named {
  readonly document: LayerConfig;
  readonly name: string;
}

interface PlannedCalls {
  /** In the order of their first calls. */
  readonly built: readonly Layer[];
  call(layer: Named, values: readonly Value[]): Node;
}

/** Plans each layer at its first call, for what it is called with. */
export function planCalls(plan: (layer: Named, inputs: Shapes) => Layer): PlannedCalls {
  const built: Layer[] = [];
  const made = new Map<string, { readonly layer: Layer; readonly count: number }>();
  const planned = (layer: Named, inputs: Shapes) => {
    const first = plan(layer, inputs);
    built.push(first);
    return first;
  };
  return {
    built,
    call(named, values) {
      const inputs = shapesOf(named, values);
      const known = made.get(named.name);
      const layer = known?.layer ?? inLayer(named.name, () => planned(named, inputs));
      const count = known?.count ?? 0;
      made.set(named.name, { layer, count: count + 1 });
      const shapes = inLayer(named.name, () => callShapes(layer, inputs));
      checkSizes(named, shapes, inputs[0]);
      return { layer, call: count, inputs: values, shapes };
    },
  };
}

export function valueOf(node: Node, index: number): Value {
  const shape = node.shapes[index];
  if (shape) return { node, index, shape };
  throw new Error(`the layer ${node.layer.name} has no output ${index}`);
}

function shapesOf({ name }: Named, values: readonly Value[]): Shapes {
  const [first, ...others] = values.map(({ shape }) => shape);
  if (first) return [first, ...others];
  throw new Error(`the layer ${name} is called without an input`);
}

/** As TensorFlow has them (`MaxDimensions` in tensorflow/core/framework/tensor_shape.h). */
const mostAxes = 254;

/** Throws where sizes are negative, and with fault `limit` where there are more than can be counted. */
function checkSizes({ name }: Named, shapes: readonly Shape[], input: Shape): void {
  for (const shape of shapes) {
    if (shape.some((size) => size !== null && size < 0)) {
      throw new Error(
        `Negative dimension size caused by adding layer ${name} with input shape ${showShape(input)}`,
      );
    }
    if (shape.length > mostAxes) {
      throw new Error(
        `the layer ${name} gives ${shape.length} axes; there are at most ${mostAxes}`,
      );
    }
    inLayer(name, () => valuesOf(sized(shape, 1)));
  }
}
