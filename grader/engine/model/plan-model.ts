import type { KerasObject, LayerConfig } from '../../contract.ts';
import { layerName, uniqueName } from '../../recipe/names.ts';
import { definitionOf, isLayer } from '../layers/table.ts';
import { showSizes, type Shape, type Shapes } from '../layers/shapes.ts';
import { layerTable } from '../../recipe/layers.ts';
import { storedOptions } from '../../recipe/stored-options.ts';
import { layersInOrder, nodesInOrder } from './graph-order.ts';
import { orderedWeights, type Layer, type ModelPlan, type Node, type Value } from './model.ts';
import { callShape, nameIn, planLayer } from './plan-layer.ts';

/**
 * The layers, calls and shapes of a Keras-style configuration. Throws what is wrong with it: shapes
 * that do not fit, and the like.
 */
export function planModel(document: KerasObject): ModelPlan {
  return plan(document, { taken: new Set(), isTrainable: true });
}

/** What a model is planned within. */
interface Whole {
  readonly taken: Set<string>;
  readonly isTrainable: boolean;
}

function plan({ class_name, config }: KerasObject, whole: Whole, input?: Shape): ModelPlan {
  const layers = layersOf(config);
  const name = nameIn({ class_name, config }) ?? class_name.toLowerCase();
  return class_name === 'Sequential'
    ? planSequence(layers, { name, whole, input })
    : planFunctional(layers, { name, whole, config });
}

function layersOf(config: KerasObject['config']): readonly Named[] {
  const layers = config['layers'] as readonly LayerConfig[];
  const given = layers.map((layer) => nameIn(layer) ?? layer.name ?? null);
  const taken = new Set(given.filter((name) => name !== null));
  return layers.map((layer, index) => ({
    document: layer,
    name: given[index] ?? uniqueName(layerName(layer.class_name), taken),
  }));
}

interface Named {
  readonly document: LayerConfig;
  readonly name: string;
}

interface SequenceSetting {
  readonly name: string;
  readonly whole: Whole;
  /** What comes in where the first layer does not say it. */
  readonly input: Shape | undefined;
}

function planSequence(
  layers: readonly Named[],
  { name, whole, input }: SequenceSetting,
): ModelPlan {
  const [first] = layers;
  if (!first) throw new Error('Sequential model cannot be built: model is empty.');
  const shape = inputShapeOf(first.document) ?? input ?? noInputShape();
  const isExplicit = first.document.class_name === 'InputLayer';
  const start = inputNode(isExplicit ? first.name : `${first.name}_input`, shape, first.document);
  const calls = new Calls(whole);
  const nodes: Node[] = [];
  let last = valueOf(start, 0);
  for (const layer of isExplicit ? layers.slice(1) : layers) {
    const node = calls.call(layer, [last]);
    nodes.push(node);
    last = valueOf(node, 0);
  }
  const planned = [...(isExplicit ? [start.layer] : []), ...nodes.map((node) => node.layer)];
  return {
    ...{ className: 'Sequential', name, layers: planned, built: calls.built, nodes },
    ...{ inputs: [valueOf(start, 0)], outputs: [last], weights: orderedWeights(planned) },
  };
}

type Reference = readonly [name: string, call: number, output: number, ...rest: unknown[]];

interface FunctionalSetting {
  readonly name: string;
  readonly whole: Whole;
  readonly config: KerasObject['config'];
}

/** Goes through the layers again and again, calling what can be called, as Keras and TF.js do. */
function planFunctional(layers: readonly Named[], setting: FunctionalSetting): ModelPlan {
  const { name, whole, config } = setting;
  const calls = new Calls(whole);
  const made = new Map<string, Node[]>(layers.map((layer) => [layer.name, []]));
  const reach = ([from, call, output]: Reference): Value | null => {
    const node = made.get(from)?.[call];
    return node ? valueOf(node, output) : null;
  };
  let pending = layers.flatMap((layer) => {
    const { class_name, inbound_nodes = [] } = layer.document;
    if (class_name !== 'InputLayer') {
      return [{ layer, rest: inbound_nodes as readonly (readonly Reference[])[] }];
    }
    made
      .get(layer.name)
      ?.push(inputNode(layer.name, inputShapeOf(layer.document) ?? noInputShape(), layer.document));
    return [];
  });
  while (pending.some(({ rest }) => rest.length > 0)) {
    const before = pending;
    pending = pending.map(({ layer, rest }) => ({
      layer,
      rest: rest.filter((references) => {
        const inputs = references.map(reach).filter((value) => value !== null);
        if (inputs.length < references.length) return true;
        made.get(layer.name)?.push(calls.call(layer, inputs));
        return false;
      }),
    }));
    if (pending.every(({ rest }, index) => rest.length === before[index]?.rest.length)) {
      throw new Error('the layers depend on their own outputs, or on layers that are not there');
    }
  }
  const ends = (key: string) =>
    (config[key] as readonly Reference[]).map((end) => reach(end) ?? noSuchEnd(end));
  const outputs = ends('output_layers');
  const planned = layersInOrder(outputs);
  return {
    ...{ className: 'Functional', name, layers: planned, built: calls.built, outputs },
    ...{ nodes: nodesInOrder(outputs), inputs: ends('input_layers') },
    weights: orderedWeights(planned),
  };
}

/** Plans layers at their first calls. */
class Calls {
  readonly built: Layer[] = [];
  private readonly whole: Whole;
  private readonly made = new Map<string, { layer: Layer; count: number }>();

  constructor(whole: Whole) {
    this.whole = whole;
  }

  call({ document, name }: Named, values: readonly Value[]): Node {
    const [first, ...others] = values.map(({ shape }) => shape);
    if (!first) throw new Error(`the layer ${name} is called without an input`);
    const inputs: Shapes = [first, ...others];
    const known = this.made.get(name);
    const layer = known?.layer ?? this.plan({ document, name }, inputs);
    const count = known?.count ?? 0;
    this.made.set(name, { layer, count: count + 1 });
    const shapes = shapesOf(layer, inputs);
    const negative = shapes.flat().some((size) => size !== null && size < 0);
    if (negative) {
      throw new Error(
        `Negative dimension size caused by adding layer ${name} with input shape ${showSizes(first)}`,
      );
    }
    return { layer, call: count, inputs: values, shapes };
  }

  private plan({ document, name }: Named, inputs: Shapes): Layer {
    const layer = isModel(document)
      ? planWithin(document, name, { whole: this.whole, input: inputs[0] })
      : planLayer(document, inputs, { ...this.whole, name, path: `${name}/` });
    this.built.push(layer);
    return layer;
  }
}

function isModel({ class_name }: KerasObject): boolean {
  return ['Sequential', 'Functional', 'Model'].includes(class_name);
}

function planWithin(
  document: KerasObject,
  name: string,
  { whole, input }: { whole: Whole; input: Shape },
): Layer {
  const model = plan(document, whole, input);
  return {
    ...{ kind: 'model', name, className: model.className, config: document.config, model },
    ...{ isTrainable: whole.isTrainable, seed: null, weights: [], within: model.layers },
    output: model.outputs[0]?.shape ?? [],
  };
}

/** Sizes that the model within leaves open are not worked out anew. */
function shapesOf(layer: Layer, inputs: Shapes): readonly Shape[] {
  if (layer.kind === 'plain') return [callShape(layer, inputs)];
  return layer.model.outputs.map(({ shape }) => shape);
}

function valueOf(node: Node, index: number): Value {
  const shape = node.shapes[index];
  if (shape) return { node, index, shape };
  throw new Error(`the layer ${node.layer.name} has no output ${index}`);
}

function inputNode(name: string, shape: Shape, { config }: KerasObject): Node {
  const document = { class_name: 'InputLayer', config: { ...config, name } };
  const place = { name, path: '', isTrainable: false, taken: new Set<string>() };
  const layer = planLayer(document, [shape], place);
  return { layer, call: 0, inputs: [], shapes: [shape] };
}

/** What a layer says that the first layer of a model takes. */
function inputShapeOf({ class_name, config }: KerasObject): Shape | null {
  const given = (config['batch_input_shape'] ?? config['batch_shape']) as Shape | null | undefined;
  if (given) return given;
  if (isModel({ class_name, config })) {
    const [first] = config['layers'] as readonly KerasObject[];
    return first ? inputShapeOf(first) : null;
  }
  if (!isLayer(class_name)) return null;
  const definition = definitionOf(class_name);
  return definition?.inputShape?.(storedOptions(layerTable[class_name].options, config)) ?? null;
}

function noInputShape(): never {
  throw new Error(
    'The first layer in a Sequential model must get an `inputShape` or `batchInputShape` argument.',
  );
}

function noSuchEnd([name, call]: Reference): never {
  throw new Error(`the model names call ${call} of ${name}, which is not there`);
}
