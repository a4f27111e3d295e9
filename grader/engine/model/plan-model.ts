import type { KerasObject, LayerConfig } from '../../contract.ts';
import { layerName, uniqueName } from '../../recipe/names.ts';
import type { Shape, Shapes } from '../layers/shapes.ts';
import { layersInOrder, nodesInOrder } from './graph-order.ts';
import { inputNode, inputShapeOf, isModel } from './input-node.ts';
import { orderedWeights, type Layer, type ModelPlan, type Node, type Value } from './model.ts';
import { planCalls, valueOf, type Named } from './plan-calls.ts';
import { nameIn, planLayer, type Place } from './plan-layer.ts';

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
  const shape = inputShapeOf(first.document, input);
  const isExplicit = first.document.class_name === 'InputLayer';
  const start = inputNode(isExplicit ? first.name : `${first.name}_input`, shape, first.document);
  const calls = planCalls((layer, inputs) => planCalled(layer, inputs, whole));
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
  const calls = planCalls((layer, inputs) => planCalled(layer, inputs, whole));
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
    made.get(layer.name)?.push(inputNode(layer.name, inputShapeOf(layer.document), layer.document));
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

/** A layer, or a model within the model. */
function planCalled({ document, name }: Named, inputs: Shapes, whole: Whole): Layer {
  const planWithin = planPlaced;
  return planPlaced(document, inputs, { ...whole, name, path: `${name}/`, planWithin });
}

function planPlaced(document: KerasObject, inputs: Shapes, place: Place): Layer {
  if (!isModel(document)) return planLayer(document, inputs, place);
  const isTrainable = place.isTrainable && document.config['trainable'] !== false;
  const { name, taken } = place;
  const model = plan(document, { taken, isTrainable }, inputs[0]);
  return {
    ...{ kind: 'model', name, className: model.className, config: document.config, model },
    ...{ isTrainable, seed: null, weights: [], within: model.layers },
    output: model.outputs[0]?.shape ?? [],
  };
}

function noSuchEnd([name, call]: Reference): never {
  throw new Error(`the model names call ${call} of ${name}, which is not there`);
}
