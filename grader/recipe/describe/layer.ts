/** One call of a layer: what it was called with. */
interface Call {
  readonly inputs: readonly SymbolicTensor[];
}

/** The output of a layer's call; it has no values, only its place in the graph. */
export interface SymbolicTensor {
  readonly layer: Layer;
  readonly call: number;
}

/** A layer as a recipe describes it: a class, its options, and where it is used. */
export class Layer {
  /** A Keras class name. */
  readonly className: string;
  /** Options under their document keys; a wrapper's `layer` holds a `Layer`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly calls: Call[] = [];

  constructor(className: string, config: Readonly<Record<string, unknown>>) {
    this.className = className;
    this.config = config;
  }

  /** Connects the layer to an input, or to several for layers such as `add`. */
  apply(input: SymbolicTensor | readonly SymbolicTensor[]): SymbolicTensor {
    const inputs = Array.isArray(input) ? (input as readonly SymbolicTensor[]) : [input];
    if (inputs.length === 0 || !inputs.every(isSymbolicTensor)) {
      throw new Error(
        `${this.className}.apply takes the output of input({shape}) or of another layer's apply.`,
      );
    }
    return { layer: this, call: this.calls.push({ inputs }) - 1 };
  }
}

export function isSymbolicTensor(value: unknown): value is SymbolicTensor {
  return (
    typeof value === 'object' && value !== null && 'layer' in value && value.layer instanceof Layer
  );
}

/** The layer as the document holds it, wrapped layers included. */
export function layerDocument(layer: Layer): { class_name: string; config: object } {
  const config = Object.entries(layer.config).map(([key, value]) => [
    key,
    value instanceof Layer ? layerDocument(value) : value,
  ]);
  return { class_name: layer.className, config: Object.fromEntries(config) as object };
}
