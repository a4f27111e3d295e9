import { GraderError } from '../errors.ts';
import { findClass, isKerasObject, isObject } from './keras-class.ts';
import { layerTable } from './layers.ts';
import { layersWithin, wrappedKeys } from './layers/wrapped.ts';
import { layerName, uniqueNames, type NameGiver } from './names.ts';
import { readOptions } from './option.ts';

interface LayerLimit {
  /** What it is that may have so many: a recipe, a model file. */
  readonly what: string;
  readonly layers: number;
}

/**
 * A model config with every layer under its Keras class name, its options spelled as in Keras, and a
 * name. What is not understood passes unchanged, for the schema to refuse.
 */
export function readModel(model: unknown, notes: string[], limits: LayerLimit): unknown {
  if (!isKerasObject(model) || !isObject(model.config)) return model;
  const layers = model.config['layers'];
  if (!Array.isArray(layers)) return model;
  const count = countLayers(layers);
  if (count > limits.layers) throw tooManyLayers(count, limits);
  const read = layers.map((layer) => readLayer(layer, notes));
  const deepest = depthOf(read);
  if (deepest > mostNested) throw tooDeep(deepest, limits);
  const all = read.flatMap(withWrapped);
  const nameOf = uniqueNames(all.map(givenName).filter((name) => typeof name === 'string'));
  for (const layer of all) nameLayer(layer, nameOf);
  return { ...model, config: { ...model.config, layers: read } };
}

/** Layers within each other. The schema's code takes a tenth of Node's stack for each. */
const mostNested = 6;

function tooDeep(depth: number, { what }: LayerLimit): GraderError {
  return new GraderError({
    fault: 'limit',
    code: 'layers-too-deep',
    message: `The model has ${depth} layers within each other; a ${what} may have at most ${mostNested}.`,
  });
}

function readLayer(layer: unknown, notes: string[]): unknown {
  if (!isKerasObject(layer)) return layer;
  const className = findClass(layerTable, layer.class_name);
  if (className === undefined) return layer;
  const config: Record<string, unknown> = { ...layer.config };
  const { options } = layerTable[className as keyof typeof layerTable];
  readOptions(options, config);
  readShape(config, notes);
  readDtype(config, notes);
  for (const key of wrappedKeys) {
    if (key in config) config[key] = readWrapped(config[key], notes);
  }
  return { ...layer, class_name: className, config };
}

/** A layer, or a model in the place of one. */
function readWrapped(wrapped: unknown, notes: string[]): unknown {
  const layers = layersWithin(wrapped);
  if (!isKerasObject(wrapped) || !layers) return readLayer(wrapped, notes);
  const config = { ...wrapped.config, layers: layers.map((layer) => readLayer(layer, notes)) };
  return { ...wrapped, config };
}

/** The document holds `batch_input_shape` only, with a free batch size. */
function readShape(config: Record<string, unknown>, notes: string[]): void {
  const { input_shape: shape, batch_input_shape: batchShape } = config;
  if (Array.isArray(shape)) {
    config['batch_input_shape'] = [null, ...(shape as unknown[])];
    delete config['input_shape'];
  } else if (Array.isArray(batchShape) && typeof batchShape[0] === 'number') {
    notes.push(
      `The batch size ${batchShape[0]} of the input shape is ignored: fit.batch_size counts.`,
    );
    config['batch_input_shape'] = [null, ...(batchShape.slice(1) as unknown[])];
  } else if (batchShape === null) delete config['batch_input_shape'];
}

function readDtype(config: Record<string, unknown>, notes: string[]): void {
  const { dtype } = config;
  delete config['dtype'];
  if (dtype === 'float16' || dtype === 'bfloat16' || dtype === 'float64') {
    notes.push(`The dtype ${dtype} is ignored: models are trained in float32.`);
  }
}

/** The layer and all that stand in it; a model there has no name of its own among them. */
function withWrapped(layer: unknown): readonly Record<string, unknown>[] {
  if (!isObject(layer) || !isObject(layer['config'])) return [];
  const { config } = layer;
  const layers = layersWithin(layer);
  if (layers) return layers.flatMap(withWrapped);
  return [layer, ...wrappedKeys.flatMap((key) => withWrapped(config[key]))];
}

/** Layers within each other at most. */
function depthOf(layers: readonly unknown[]): number {
  return layers.reduce<number>((most, layer) => {
    const config = isObject(layer) && isObject(layer['config']) ? layer['config'] : {};
    const inside = wrappedKeys.map((key) => config[key]).filter((each) => each !== undefined);
    const depths = inside.map((each) => depthOf(layersWithin(each) ?? [each]));
    return Math.max(most, 1 + Math.max(0, ...depths));
  }, 0);
}

function countLayers(layers: readonly unknown[]): number {
  const inside = layers.flatMap((layer) => {
    const config = isObject(layer) && isObject(layer['config']) ? layer['config'] : {};
    return wrappedKeys.map((key) => countLayers(layersWithin(config[key]) ?? []));
  });
  return inside.reduce((sum, count) => sum + count, layers.length);
}

function givenName(layer: Record<string, unknown>): unknown {
  return (layer['config'] as Record<string, unknown>)['name'] ?? layer['name'];
}

function nameLayer(layer: Record<string, unknown>, nameOf: NameGiver): void {
  const config = layer['config'] as Record<string, unknown>;
  const className = layer['class_name'];
  config['name'] = givenName(layer) ?? nameOf(layerName(String(className)));
  if ('inbound_nodes' in layer) layer['name'] ??= config['name'];
}

function tooManyLayers(count: number, { what, layers }: LayerLimit): GraderError {
  return new GraderError({
    fault: 'limit',
    code: 'too-many-layers',
    message: `The model has ${count} layers; a ${what} may have at most ${layers}.`,
  });
}
