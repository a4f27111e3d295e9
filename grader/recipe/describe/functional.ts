import { layerName, uniqueNames } from '../names.ts';
import { show } from '../../text/show.ts';
import type { Described, Layer, Outputs, SymbolicTensor } from './layer.ts';
import { callLayer, isSymbolicTensor } from './layer.ts';
import { derived, refuse } from './mistakes.ts';

/** A model that is a graph of layers between an input and an output. */
export class FunctionalModel implements Described {
  readonly input: SymbolicTensor;
  readonly output: SymbolicTensor;
  readonly name: unknown;

  constructor(input: SymbolicTensor, output: SymbolicTensor, name: unknown) {
    this.input = input;
    this.output = output;
    this.name = name;
  }

  /** Calls every layer of the graph again, on another input. */
  apply(input: SymbolicTensor): SymbolicTensor {
    if (!isSymbolicTensor(input))
      refuse(`model.apply takes a tensor, got ${show(input)}.`, input, { argument: 0 });
    const made = new Map<string, readonly SymbolicTensor[]>();
    const places = new Places();
    const again = (tensor: SymbolicTensor) =>
      made.get(places.key(tensor))?.[tensor.output] ?? input;
    for (const tensor of reached(this.output)) {
      if (isInput(tensor)) continue;
      made.set(places.key(tensor), callLayer(tensor.layer, inputsOf(tensor).map(again)));
    }
    return again(this.output);
  }

  describe(): object {
    const tensors = reached(this.output);
    if (!tensors.some((tensor) => tensor.layer === this.input.layer)) {
      refuse('model: its output does not depend on its input.', null);
    }
    return {
      class_name: 'Functional',
      config: { name: this.name ?? 'model', ...graph(tensors, this.input, this.output) },
    };
  }
}

/** A model from its input and its output: `model({inputs: x, outputs: y})`. */
export function model(given: {
  readonly inputs: SymbolicTensor | readonly [SymbolicTensor];
  readonly outputs: SymbolicTensor | readonly [SymbolicTensor];
  readonly name?: string;
}): FunctionalModel {
  const input = one('inputs', given.inputs);
  if (!isInput(input)) {
    const part = { of: given, key: 'inputs', on: 'value' } as const;
    refuse('model: inputs is not the result of input({shape}).', input, part);
  }
  return new FunctionalModel(input, one('outputs', given.outputs), given.name);
}

function one(what: string, given: unknown): SymbolicTensor {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const tensor = list[0];
  if (list.length === 1 && isSymbolicTensor(tensor)) return tensor;
  return refuse(
    `model: ${what} must be one tensor (a problem has one input and one output), got ${show(given)}.`,
    given,
  );
}

/** All that an output depends on, inputs first: an output of each call. */
function reached(output: SymbolicTensor): readonly SymbolicTensor[] {
  const places = new Places();
  const seen = new Set<string>();
  const found: SymbolicTensor[] = [];
  const visit = (tensor: SymbolicTensor) => {
    const key = places.key(tensor);
    if (seen.has(key)) return;
    seen.add(key);
    inputsOf(tensor).forEach(visit);
    found.push(tensor);
  };
  visit(output);
  return found;
}

function graph(
  tensors: readonly SymbolicTensor[],
  input: SymbolicTensor,
  output: SymbolicTensor,
): object {
  const layers = [...new Set(tensors.map((tensor) => tensor.layer))];
  const names = nameLayers(layers);
  const callsOf = (layer: Layer<Outputs>) =>
    tensors.filter((tensor) => tensor.layer === layer).sort((a, b) => a.call - b.call);
  // Calls outside this model do not count: the nodes of each layer are numbered anew.
  const reference = (tensor: SymbolicTensor) => [
    names.get(tensor.layer),
    callsOf(tensor.layer).findIndex((each) => each.call === tensor.call),
    tensor.output,
  ];
  return {
    layers: layers.map((layer) => {
      const described = layer.describe();
      const name = names.get(layer);
      const calls = isInput({ layer, call: 0, output: 0 }) ? [] : callsOf(layer);
      const config = { ...described.config, name };
      derived(config, described.config);
      const { class_name } = described;
      return {
        ...{ class_name, config, name },
        inbound_nodes: calls.map((call) => inputsOf(call).map((each) => [...reference(each), {}])),
      };
    }),
    input_layers: [reference(input)],
    output_layers: [reference(output)],
  };
}

function nameLayers(layers: readonly Layer<Outputs>[]): ReadonlyMap<Layer<Outputs>, unknown> {
  const given = layers.map((layer) => layer.config['name']);
  const nameOf = uniqueNames(given.filter((name) => typeof name === 'string'));
  return new Map(
    layers.map((layer) => [layer, layer.config['name'] ?? nameOf(layerName(layer.className))]),
  );
}

function inputsOf(tensor: SymbolicTensor): readonly SymbolicTensor[] {
  return tensor.layer.calls[tensor.call]?.inputs ?? [];
}

function isInput(tensor: SymbolicTensor): boolean {
  return tensor.layer.className === 'InputLayer';
}

/** Keys for calls: several objects may name the outputs of one. */
class Places {
  readonly #numbers = new Map<Layer<Outputs>, number>();

  key(tensor: SymbolicTensor): string {
    const number = this.#numbers.get(tensor.layer) ?? this.#numbers.size;
    this.#numbers.set(tensor.layer, number);
    return `${number}:${tensor.call}`;
  }
}
