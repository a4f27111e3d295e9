import { GraderError } from '../../errors.ts';
import { outputCount } from '../../recipe/layers/outputs.ts';
import { uniqueNames, type NameGiver } from '../../recipe/names.ts';
import type { LayerPath } from '../container.ts';
import type { Generation } from './generation.ts';
import { movesValues } from './operations/whole-numbers.ts';

/** A tensor of the flat graph: an output of a layer when it is called for the n-th time, from 0. */
export interface Tensor {
  readonly layer: FlatLayer;
  readonly call: number;
  readonly output: number;
}

/** The result of an operation that the grader does not compute; as a mask it is not needed. */
interface NotComputed {
  readonly refusal: GraderError;
}

export type ConvertedValue = Tensor | NotComputed;

export function isNotComputed(value: ConvertedValue): value is NotComputed {
  return 'refusal' in value;
}

/** A layer of the flat graph under construction. */
export interface FlatLayer {
  readonly name: string;
  readonly className: string;
  readonly config: Record<string, unknown>;
  /** Inputs of each call. */
  readonly calls: (readonly Tensor[])[];
  /** Where the file keeps its weights; empty for a layer that the file does not have. */
  readonly path: LayerPath;
  /** What each call's output goes through before anything else has it. */
  readonly after?: FlatLayer;
}

const maxCalls = 4000;

/** One model on its way from the file's configuration to a flat document. */
export class Conversion {
  readonly generation: Generation;
  readonly layers: FlatLayer[] = [];
  /** Those of models that stand in a layer. */
  readonly within: FlatLayer[] = [];
  /** Those that give whole numbers, with which TensorFlow computes otherwise. */
  readonly whole = new Set<FlatLayer>();
  readonly notes: Set<string>;
  /** What matters only where the model is trained anew. */
  readonly trainingNotes: Set<string>;
  private readonly nameOf: NameGiver;
  private readonly calls: { count: number };

  /** `around` is the model in one of whose layers this one stands. */
  constructor(generation: Generation, around?: Conversion) {
    this.generation = generation;
    this.notes = around?.notes ?? new Set();
    this.trainingNotes = around?.trainingNotes ?? new Set();
    this.nameOf = around?.nameOf ?? uniqueNames();
    this.calls = around?.calls ?? { count: 0 };
  }

  /** Adds a layer; its name is that of the file as far as a document may have it. */
  add(layer: {
    readonly path: LayerPath;
    readonly name: string;
    readonly className: string;
    readonly config: Record<string, unknown>;
  }): FlatLayer {
    const name = this.nameOf(plainName(layer.name));
    const added = { ...layer, name, config: { ...layer.config, name }, calls: [] };
    this.layers.push(added);
    return added;
  }

  /** All outputs of one more call of a layer. */
  call(layer: FlatLayer, inputs: readonly Tensor[]): readonly [Tensor, ...Tensor[]] {
    this.count();
    const call = layer.calls.push(inputs) - 1;
    const areWhole = inputs.length > 0 && inputs.every((input) => this.whole.has(input.layer));
    if (areWhole && movesValues(layer.className)) this.whole.add(layer);
    const { className: class_name, config } = layer;
    const others = Array.from({ length: outputCount({ class_name, config }) - 1 }, (_, index) => ({
      ...{ layer, call, output: index + 1 },
    }));
    return [{ layer, call, output: 0 }, ...others];
  }

  /**
   * Leaves out operations that neither these outputs nor layers of the file need, such as the masks that
   * Keras 3 writes down.
   */
  dropUnused(outputs: readonly Tensor[]): void {
    const needed = new Set<string>();
    const waiting = [...outputs.map(({ layer }) => layer), ...this.layers.filter(isInFile)];
    for (const { name, calls } of waiting) {
      if (needed.has(name)) continue;
      needed.add(name);
      waiting.push(...calls.flat().map(({ layer }) => layer));
    }
    this.layers.splice(0, Infinity, ...this.layers.filter(({ name }) => needed.has(name)));
  }

  /**
   * Counts a call of a layer or of a model. Throws with fault `limit` where there are more than any
   * real model has: models that call each other grow by powers.
   */
  count(): void {
    this.calls.count += 1;
    if (this.calls.count > maxCalls) {
      throw new GraderError({
        fault: 'limit',
        code: 'graph-too-large',
        message: `The model calls its layers more than ${maxCalls} times.`,
      });
    }
  }
}

function isInFile({ path }: FlatLayer): boolean {
  return path.length > 0;
}

const longestName = 90;

function plainName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_.-]+/g, '_').replace(/^[^A-Za-z0-9]+/, '');
  return plain.slice(0, longestName) || 'layer';
}
