import type { KerasObject } from '../../contract.ts';
import { outputCount } from '../layers/outputs.ts';
import { derived, refuse } from './mistakes.ts';

/** One call of a layer: what it was called with. */
interface Call {
  readonly inputs: readonly SymbolicTensor[];
}

/** An output of a layer's call; it has no values, only its place in the graph. */
export interface SymbolicTensor {
  readonly layer: Layer<Outputs>;
  readonly call: number;
  readonly output: number;
}

/** What a layer gives when it is applied. */
export type Outputs = SymbolicTensor | readonly SymbolicTensor[];

interface CallOptions {
  /** What a recurrence starts from in the place of zeros: the states that another one gives. */
  readonly initialState?: SymbolicTensor | readonly SymbolicTensor[];
}

/** A layer or a model that a document can hold. */
export interface Described {
  describe(): object;
}

/** A layer as a recipe describes it: a class, its options, and where it is used. */
export class Layer<Given extends Outputs = SymbolicTensor> implements Described {
  /** A Keras class name. */
  readonly className: string;
  /** Options under their document keys; a wrapper's `layer` holds a layer or a model. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly calls: Call[] = [];

  constructor(className: string, config: Readonly<Record<string, unknown>>) {
    this.className = className;
    this.config = config;
  }

  /**
   * Connects the layer to an input, or to several for layers such as `add`. What it gives is one
   * tensor, or a list where it has several outputs, such as states.
   */
  apply(input: SymbolicTensor | readonly SymbolicTensor[], options: CallOptions = {}): Given {
    const given: unknown[] = [input, options.initialState ?? []].flat();
    const inputs = given.filter(isSymbolicTensor);
    if (inputs.length === 0 || inputs.length < given.length) {
      const message = `${this.className}.apply takes the output of input({shape}) or of another layer's apply.`;
      refuse(message, given, { argument: 0 });
    }
    const outputs = callLayer(this, inputs);
    return (outputs.length === 1 ? outputs[0] : outputs) as Given;
  }

  /** The layer as the document holds it, what it wraps included. */
  describe(): KerasObject {
    const config = Object.entries(this.config).map(([key, value]): [string, unknown] => [
      key,
      isDescribed(value) ? value.describe() : value,
    ]);
    const described = { class_name: this.className, config: Object.fromEntries(config) };
    derived(described.config, this.config);
    derived(described, this);
    return described;
  }
}

/** All outputs of one more call of a layer. */
export function callLayer(
  layer: Layer<Outputs>,
  inputs: readonly SymbolicTensor[],
): readonly SymbolicTensor[] {
  const call = layer.calls.push({ inputs }) - 1;
  const count = outputCount(layer.describe());
  return Array.from({ length: count }, (_, output) => ({ layer, call, output }));
}

export function isSymbolicTensor(value: unknown): value is SymbolicTensor {
  return (
    typeof value === 'object' && value !== null && 'layer' in value && value.layer instanceof Layer
  );
}

/** Whether a document can hold it: a layer or a model. */
export function isDescribed(value: unknown): value is Described {
  if (typeof value !== 'object' || value === null) return false;
  return 'describe' in value && typeof value.describe === 'function';
}
