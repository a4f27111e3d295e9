import type { KerasObject, LayerConfig } from '../../contract.ts';
import { callOrder, type CalledLayer, type Reference } from '../../recipe/call-order.ts';
import { layerName, uniqueNames, type NameGiver } from '../../recipe/names.ts';
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
  return plan(document, { nameOf: uniqueNames(), isTrainable: true });
}

/** What a model is planned within. */
interface Whole {
  readonly nameOf: NameGiver;
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
  const nameOf = uniqueNames(given.filter((name) => name !== null));
  return layers.map((layer, index) => ({
    document: layer,
    name: given[index] ?? nameOf(layerName(layer.class_name)),
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

interface FunctionalSetting {
  readonly name: string;
  readonly whole: Whole;
  readonly config: KerasObject['config'];
}

function planFunctional(layers: readonly Named[], setting: FunctionalSetting): ModelPlan {
  const { name, whole, config } = setting;
  const calls = planCalls((layer, inputs) => planCalled(layer, inputs, whole));
  const called = layers.map(calledLayer);
  const made = new Map(called.map((layer) => [layer.name, layer.isInput ? [enter(layer)] : []]));
  const reach = (end: Reference): Value => {
    const [from, call, output] = end;
    const node = made.get(from)?.[call] ?? noSuchEnd(end);
    return valueOf(node, Number(output));
  };
  const { order, stuck } = callOrder(called);
  if (stuck) {
    throw new Error('the layers depend on their own outputs, or on layers that are not there');
  }
  for (const { layer, inputs } of order) {
    made.get(layer.name)?.push(calls.call(layer, inputs.map(reach)));
  }
  const ends = (key: string) => (config[key] as readonly Reference[]).map(reach);
  const outputs = ends('output_layers');
  const planned = layersInOrder(outputs);
  return {
    ...{ className: 'Functional', name, layers: planned, built: calls.built, outputs },
    ...{ nodes: nodesInOrder(outputs), inputs: ends('input_layers') },
    weights: orderedWeights(planned),
  };
}

type Called = Named & CalledLayer;

function calledLayer({ document, name }: Named): Called {
  const { class_name, inbound_nodes = [] } = document;
  const isInput = class_name === 'InputLayer';
  return { document, name, isInput, calls: inbound_nodes as Called['calls'] };
}

function enter({ name, document }: Named): Node {
  return inputNode(name, inputShapeOf(document), document);
}

/** A layer, or a model within the model. */
function planCalled({ document, name }: Named, inputs: Shapes, whole: Whole): Layer {
  const planWithin = planPlaced;
  return planPlaced(document, inputs, { ...whole, name, path: `${name}/`, planWithin });
}

function planPlaced(document: KerasObject, inputs: Shapes, place: Place): Layer {
  if (!isModel(document)) return planLayer(document, inputs, place);
  const isTrainable = place.isTrainable && document.config['trainable'] !== false;
  const { name, nameOf } = place;
  const model = plan(document, { nameOf, isTrainable }, inputs[0]);
  return {
    ...{ kind: 'model', name, className: model.className, config: document.config, model },
    ...{ isTrainable, seed: null, weights: [], within: model.layers },
    output: model.outputs[0]?.shape ?? [],
  };
}

function noSuchEnd([name, call]: Reference): never {
  throw new Error(`the model names call ${call} of ${name}, which is not there`);
}
