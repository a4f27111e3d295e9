import type { KerasObject } from '../../contract.ts';
import { layerTable } from '../../recipe/layers.ts';
import { snakeCase, type NameGiver } from '../../recipe/names.ts';
import { storedOptions } from '../../recipe/stored-options.ts';
import { sumOf } from '../../sizes.ts';
import { showShape } from '../../text/shape.ts';
import type { AnyDefinition, Inner, Inners, WeightSpecs } from '../layers/definition.ts';
import { definitionOf, isLayer } from '../layers/table.ts';
import { shapesIn, sized, type Shapes } from '../layers/shapes.ts';
import type { Layer, Node, PlainLayer, Weight } from './model.ts';

/** Where a layer stands. */
export interface Place {
  readonly name: string;
  /** In front of the names of its weights. */
  readonly path: string;
  /** False where what the layer stands in is frozen. */
  readonly isTrainable: boolean;
  /** Gives each weight of the whole model a name of its own. */
  readonly nameOf: NameGiver;
  /** Plans what stands within the layer, for what it is called with. */
  readonly planWithin: (document: KerasObject, inputs: Shapes, place: Place) => Layer;
}

/** A layer with the weights that its first call needs. Throws where the call does not fit. */
export function planLayer(document: KerasObject, inputs: Shapes, place: Place): PlainLayer {
  const { class_name: className, config } = document;
  const definition = definitionOf(className);
  if (!definition || !isLayer(className)) throw new Error(`Unknown layer: ${className}`);
  const options = storedOptions(layerTable[className].options, config);
  const isTrainable = place.isTrainable && options.trainable;
  checkCall({ name: place.name, definition, options }, inputs);
  const here = { ...place, isTrainable };
  const specs = definition.weights?.(options, inputs) ?? {};
  const inner = planInner({ definition, options }, inputs, (document, given, name) =>
    place.planWithin(document, given, placeWithin(here, definition, name)),
  );
  return {
    ...{ kind: 'plain', name: place.name, className, config, definition, options, isTrainable },
    seed: Number.isInteger(config['seed']) ? Number(config['seed']) : null,
    weights: planWeights(specs, here),
    absent: Object.keys(specs).filter((key) => specs[key] === null),
    ...{ inner, within: Object.values(inner) },
    output: shapesIn(definition.shape?.(options, inputs, innersOf(inner)) ?? inputs[0])[0],
  };
}

/** What a layer gives; another call of it must fit the weights of the first one. */
export function callShapes(layer: Layer, inputs: Shapes): Shapes {
  if (layer.kind === 'plain') checkFit(layer, inputs);
  return outputShapes(layer, inputs);
}

function checkFit(layer: PlainLayer, inputs: Shapes): void {
  const { definition, options, name } = layer;
  checkCall(layer, inputs);
  const specs = Object.entries(definition.weights?.(options, inputs) ?? {});
  for (const { key, spec } of layer.weights) {
    const wanted = specs.find(([other]) => other === key)?.[1]?.shape ?? [];
    if (showShape(wanted) === showShape(spec.shape)) continue;
    throw new Error(
      `Input 0 is incompatible with layer ${name}: its ${snakeCase(key)} has the shape ${showShape(spec.shape)}, and this call needs ${showShape(wanted)}`,
    );
  }
  for (const [key, inner] of Object.entries(layer.inner)) {
    if (inner.kind === 'plain') checkFit(inner, innerInputs(layer, inputs, key));
  }
}

/**
 * Multiply-adds of a call with inputs whose every axis has a size; axes that a model within leaves
 * open are as long as the longest of them.
 */
export function callCost(layer: Layer, inputs: Shapes): number {
  if (layer.kind === 'model') {
    const longest = Math.max(1, ...inputs[0].map((size) => size ?? 1));
    const { nodes } = layer.model;
    return sumOf(nodes.map((node) => callCost(node.layer, sizedInputs(node, longest))));
  }
  const { definition, options, inner } = layer;
  return definition.cost?.(options, inputs, innersOf(inner)) ?? 0;
}

/** Of a call; an axis without a size is `longest` long. */
export function sizedInputs({ inputs }: Pick<Node, 'inputs'>, longest: number): Shapes {
  const [first = [], ...others] = inputs.map(({ shape }) => sized(shape, longest));
  return [first, ...others];
}

/** What a definition may know of the layers within its layer. */
export function innersOf(inner: PlainLayer['inner']): Inners {
  const known = Object.entries(inner).map(([key, layer]): [string, Inner] => [
    key,
    {
      seesTheBatch: seesTheBatch(layer),
      shapes: (inputs) => outputShapes(layer, inputs),
      cost: (inputs) => callCost(layer, inputs),
    },
  ]);
  return Object.fromEntries(known);
}

function seesTheBatch(layer: Layer): boolean {
  const isOne = layer.kind === 'plain' && layer.definition.seesTheBatch === true;
  return isOne || layer.within.some(seesTheBatch);
}

/** What a layer or a model in a model gives; sizes that the latter leaves open are not worked out anew. */
export function outputShapes(layer: Layer, inputs: Shapes): Shapes {
  if (layer.kind === 'plain') {
    const { definition, options, inner } = layer;
    return shapesIn(definition.shape?.(options, inputs, innersOf(inner)) ?? inputs[0]);
  }
  const [, ...others] = layer.model.outputs.map(({ shape }) => shape);
  return [layer.output, ...others];
}

type Called = Pick<PlainLayer, 'definition' | 'options'>;

/** Shapes of what a layer calls one within it with. */
export function innerInputs({ definition, options }: Called, inputs: Shapes, key: string): Shapes {
  return definition.innerInputs?.(options, inputs)[key] ?? inputs;
}

type PlanInner = (document: KerasObject, inputs: Shapes, name: string) => Layer;

function planInner(called: Called, inputs: Shapes, planOne: PlanInner) {
  const documents = Object.entries(called.definition.inner?.(called.options) ?? {});
  const planned = documents.map(([key, document]) => {
    const name = nameIn(document) ?? key;
    return [key, planOne(document, innerInputs(called, inputs, key), name)] as const;
  });
  return Object.fromEntries(planned);
}

/** The names that TF.js has for weights: a wrapper that calls once a step adds no part to them. */
function placeWithin(place: Place, { callsPerStep }: AnyDefinition, name: string): Place {
  return { ...place, name, path: callsPerStep ? place.path : `${place.path}${name}/` };
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
  const [{ length: found }] = inputs;
  if (rank === undefined ? found < leastRank : found !== rank) {
    const wanted = rank === undefined ? `min_ndim=${leastRank}` : `ndim=${rank}`;
    throw new Error(
      `Input 0 is incompatible with layer ${layer.name}: expected ${wanted}, found ndim=${found}`,
    );
  }
  layer.definition.check?.(layer.options, inputs);
}

/** The name that a layer's or a model's document has for it. */
export function nameIn({ config }: KerasObject): string | null {
  const { name } = config;
  return typeof name === 'string' ? name : null;
}
