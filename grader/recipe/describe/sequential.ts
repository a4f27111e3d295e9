import { show } from '../../text/show.ts';
import { outputCount } from '../layers/outputs.ts';
import type { Described, Outputs, SymbolicTensor } from './layer.ts';
import { callLayer, isSymbolicTensor, Layer } from './layer.ts';
import { FunctionalModel } from './functional.ts';
import { takesOne } from './authoring.ts';
import { attempt, isUnknown, refuse } from './mistakes.ts';
import { recordOptions } from './record.ts';

type Element = Layer | SymbolicTensor | SequentialModel;

/** A model that is a plain stack of layers. */
export class SequentialModel implements Described {
  readonly layers: Layer<Outputs>[] = [];
  readonly name: unknown;

  constructor(name: unknown) {
    this.name = name;
  }

  /** Adds a layer at the end; a stack is added layer by layer. */
  add(element: Element): void {
    for (const layer of layersOf(element)) {
      if (this.layers.includes(layer)) {
        refuse(`sequential has this ${layer.className} layer already: make another one.`, element);
      }
      if (outputCount(layer.describe()) > 1) refuse(severalOutputs(layer), element);
      this.layers.push(layer);
    }
  }

  /** Applies every layer in turn. */
  apply(input: SymbolicTensor): SymbolicTensor {
    const inner = this.layers.filter((layer) => layer.className !== 'InputLayer');
    return inner.reduce((tensor, layer) => callLayer(layer, [tensor])[0] ?? tensor, input);
  }

  describe(): object {
    const config = { layers: this.layers.map((layer) => layer.describe()) };
    return { class_name: 'Sequential', config: withName(this.name, config) };
  }
}

/**
 * A model that is a stack of layers: `sequential([layers.dense({units: 1, inputShape: [9]})])`. The
 * first layer states the input shape.
 */
export function sequential(
  given: readonly Element[] | { readonly layers?: readonly Element[]; readonly name?: string } = [],
  ...more: readonly unknown[]
): SequentialModel {
  if (given instanceof Layer || given instanceof SequentialModel) {
    const message = `sequential takes a list of layers: write sequential([…]) around ${more.length > 0 ? 'them' : 'it'}.`;
    refuse(message, given, first);
  }
  const isList = Array.isArray(given);
  const options = isList ? { layers: given as unknown } : recordOptions('sequential', known, given);
  const model = new SequentialModel(options['name']);
  const elements = options['layers'] ?? [];
  if (!Array.isArray(elements)) {
    return refuse(`sequential takes a list of layers, ${came(elements)}`, elements, first);
  }
  takesOne('sequential', more);
  for (const [index, element] of (elements as Element[]).entries()) {
    if (isUnknown(element)) continue;
    attempt(() => model.add(element), { of: elements, key: index, on: 'value' });
  }
  return model;
}

function layersOf(element: unknown): readonly Layer<Outputs>[] {
  if (element instanceof Layer) return [element];
  if (element instanceof SequentialModel) return element.layers;
  if (isSymbolicTensor(element) && element.layer.className === 'InputLayer') return [element.layer];
  return refuse(
    `sequential takes layers such as layers.dense({units: 1}), ${came(element)}`,
    element,
  );
}

function severalOutputs({ className }: Layer<Outputs>): string {
  return `sequential takes layers with one output, and this ${className} has several: use model({inputs, outputs}).`;
}

const first = { argument: 0 };

const known = { layers: { schema: {}, required: false }, name: { schema: {}, required: false } };

function withName(name: unknown, config: object): object {
  return name === undefined ? config : { name, ...config };
}

function came(value: unknown): string {
  if (value instanceof FunctionalModel) {
    return 'got a functional model: apply it to a tensor, model.apply(x).';
  }
  return `got ${show(value)}.`;
}
