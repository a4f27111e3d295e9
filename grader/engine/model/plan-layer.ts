import type { KerasObject } from '../../contract.ts';
import { layerTable } from '../../recipe/layers.ts';
import { snakeCase, type NameGiver } from '../../recipe/names.ts';
import { storedOptions } from '../../recipe/stored-options.ts';
import type { AnyDefinition, Inner, Inners, WeightSpecs } from '../layers/definition.ts';
import { withoutTime } from '../layers/recurrent/time-distributed.ts';
import { definitionOf, isLayer } from '../layers/table.ts';
import { showSizes, type Shape, type Shapes } from '../layers/shapes.ts';
import type { Layer, PlainLayer, Weight } from './model.ts';

/** Where a layer stands. */
export interface Place {
  readonly name: string;
  /** In front of the names of its weights. */
  readonly path: string;
  /** False where what the layer stands in is frozen. */
  readonly isTrainable: boolean;
  /** Gives each weight of the whole model a name of its own. */
  readonly nameOf: NameGiver;
}

/** A layer with the weights that its first call needs. Throws where the call does not fit. */
export function planLayer(document: KerasObject, inputs: Shapes, place: Place): PlainLayer {
  const { class_name: className, config } = document;
  const definition = definitionOf(className);
  if (!definition || !isLayer(className)) throw new Error(`Unknown layer: ${className}`);
  const options = storedOptions(layerTable[className].options, config);
  const isTrainable = place.isTrainable && options['trainable'] !== false;
  checkCall({ name: place.name, definition, options }, inputs);
  const here = { ...place, isTrainable };
  const specs = definition.weights?.(options, inputs) ?? {};
  const inner = planInner({ definition, options }, inputs, here);
  return {
    ...{ kind: 'plain', name: place.name, className, config, definition, options, isTrainable },
    seed: Number.isInteger(config['seed']) ? Number(config['seed']) : null,
    weights: planWeights(specs, here),
    absent: Object.keys(specs).filter((key) => specs[key] === null),
    ...{ inner, within: Object.values(inner) },
    output: outputShape({ definition, options, inner }, inputs),
  };
}

/** What a layer gives; another call of it must fit the weights of the first one. */
export function callShape(layer: PlainLayer, inputs: Shapes): Shape {
  checkFit(layer, inputs);
  return outputShape(layer, inputs);
}

function checkFit(layer: PlainLayer, inputs: Shapes): void {
  const { definition, options, name } = layer;
  checkCall(layer, inputs);
  const specs = Object.entries(definition.weights?.(options, inputs) ?? {});
  for (const { key, spec } of layer.weights) {
    const wanted = specs.find(([other]) => other === key)?.[1]?.shape ?? [];
    if (showSizes(wanted) === showSizes(spec.shape)) continue;
    throw new Error(
      `Input 0 is incompatible with layer ${name}: its ${snakeCase(key)} has the shape ${showSizes(spec.shape)}, and this call needs ${showSizes(wanted)}`,
    );
  }
  const shapes = innerShapes(definition, inputs);
  for (const inner of layer.within) checkFit(plain(inner), shapes);
}

/** What a layer gives for inputs that fit it. */
export function outputShape(
  { definition, options, inner }: Called & Pick<PlainLayer, 'inner'>,
  inputs: Shapes,
): Shape {
  return definition.shape?.(options, inputs, innersOf(inner)) ?? inputs[0];
}

/** Multiply-adds of a call with inputs whose every axis has a size. */
export function callCost({ definition, options, inner }: PlainLayer, inputs: Shapes): number {
  return definition.cost?.(options, inputs, innersOf(inner)) ?? 0;
}

/** What a definition may know of the layers within its layer. */
export function innersOf(inner: PlainLayer['inner']): Inners {
  const known = Object.entries(inner).map(([key, layer]): [string, Inner] => [
    key,
    {
      seesTheBatch: seesTheBatch(layer),
      shape: (inputs) => outputShape(plain(layer), inputs),
      cost: (inputs) => callCost(plain(layer), inputs),
    },
  ]);
  return Object.fromEntries(known);
}

function plain(layer: Layer): PlainLayer {
  if (layer.kind === 'plain') return layer;
  throw new Error('a wrapper has no model within it');
}

function seesTheBatch(layer: Layer): boolean {
  const isOne = layer.kind === 'plain' && layer.definition.seesTheBatch === true;
  return isOne || layer.within.some(seesTheBatch);
}

/** Shapes of what a wrapper calls the layer within it with. */
export function innerShapes(definition: AnyDefinition, inputs: Shapes): Shapes {
  return definition.callsPerStep ? [withoutTime(inputs[0])] : inputs;
}

type Called = Pick<PlainLayer, 'definition' | 'options'>;

function planInner({ definition, options }: Called, inputs: Shapes, place: Place) {
  const documents = Object.entries(definition.inner?.(options) ?? {});
  const planned = documents.map(([key, document]) => {
    const name = nameIn(document) ?? key;
    // The names that TF.js has for weights: a wrapper that calls once a step adds no part to them.
    const path = definition.callsPerStep ? place.path : `${place.path}${name}/`;
    const shapes = innerShapes(definition, inputs);
    return [key, planLayer(document, shapes, { ...place, name, path })] as const;
  });
  return Object.fromEntries(planned);
}

function planWeights(specs: WeightSpecs, { path, nameOf, isTrainable }: Place): readonly Weight[] {
  return Object.entries(specs).flatMap(([key, spec]) => {
    if (!spec) return [];
    const name = nameOf(`${path}${snakeCase(key)}`);
    return [{ key, name, spec, isTrained: isTrainable && spec.isTrained !== false }];
  });
}

function checkCall(layer: Called & Pick<PlainLayer, 'name'>, inputs: Shapes): void {
  const { rank, leastRank = 0 } = layer.definition;
  const wrong = inputs.findIndex(({ length }) =>
    rank === undefined ? length < leastRank : length !== rank,
  );
  const found = inputs[wrong]?.length;
  if (found !== undefined) {
    const wanted = rank === undefined ? `min_ndim=${leastRank}` : `ndim=${rank}`;
    throw new Error(
      `Input ${wrong} is incompatible with layer ${layer.name}: expected ${wanted}, found ndim=${found}`,
    );
  }
  layer.definition.check?.(layer.options, inputs);
}

/** The name that a layer's or a model's document has for it. */
export function nameIn({ config }: KerasObject): string | null {
  const { name } = config;
  return typeof name === 'string' ? name : null;
}
