import type { LayerConfig } from '../../contract.ts';
import { showSizes, type Shape, type Shapes } from '../layers/shapes.ts';
import type { Layer, Node, Value } from './model.ts';
import { outputShapes } from './plan-layer.ts';

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
      const layer = known?.layer ?? planned(named, inputs);
      const count = known?.count ?? 0;
      made.set(named.name, { layer, count: count + 1 });
      const shapes = outputShapes(layer, inputs);
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

function checkSizes({ name }: Named, shapes: readonly Shape[], input: Shape): void {
  if (shapes.flat().every((size) => size === null || size >= 0)) return;
  throw new Error(
    `Negative dimension size caused by adding layer ${name} with input shape ${showSizes(input)}`,
  );
}
