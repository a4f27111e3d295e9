import type { KerasObject } from '../../contract.ts';
import { layerTable } from '../../recipe/layers.ts';
import { modelClassNames } from '../../recipe/layers/wrapped.ts';
import { uniqueNames } from '../../recipe/names.ts';
import { storedOptions } from '../../recipe/stored-options.ts';
import type { Shape } from '../layers/shapes.ts';
import { definitionOf, isLayer } from '../layers/table.ts';
import type { Node } from './model.ts';
import { planLayer } from './plan-layer.ts';

export function isModel({ class_name }: KerasObject): boolean {
  return modelClassNames.includes(class_name);
}

/** Where data enter a model; a sequence whose first layer is another one gets this beside it. */
export function inputNode(name: string, shape: Shape, { config }: KerasObject): Node {
  const document = { class_name: 'InputLayer', config: { ...config, name } };
  const nameOf = uniqueNames();
  const place = { name, path: '', isTrainable: false, nameOf, planWithin: planLayer };
  return { layer: planLayer(document, [shape], place), call: 0, inputs: [], shapes: [shape] };
}

/** What a layer says that the first layer of a model takes. Throws where it says nothing. */
export function inputShapeOf(layer: KerasObject, otherwise?: Shape): Shape {
  const shape = saidShape(layer) ?? otherwise;
  if (shape) return shape;
  throw new Error(
    'The first layer in a Sequential model must get an `inputShape` or `batchInputShape` argument.',
  );
}

function saidShape({ class_name, config }: KerasObject): Shape | null {
  const given = (config['batch_input_shape'] ?? config['batch_shape']) as Shape | null | undefined;
  if (given) return given;
  if (isModel({ class_name, config })) {
    const [first] = config['layers'] as readonly KerasObject[];
    return first ? saidShape(first) : null;
  }
  if (!isLayer(class_name)) return null;
  const definition = definitionOf(class_name);
  return definition?.inputShape?.(storedOptions(layerTable[class_name].options, config)) ?? null;
}
