import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../files/temporary.ts';
import type { Binding } from '../../tensorflow/native.ts';
import type { NativeTensor } from '../../tensorflow/node-backend.ts';
import { typeNumbers, type DataType } from '../program/attributes.ts';
import { encodeSavedModel } from '../graph/encode.ts';
import type { Node } from '../graph/graph-builder.ts';

export type TypedArray = Float32Array | Int32Array | Uint8Array;

/** What a run is given under a placeholder's name: a tensor that exists, or numbers. */
export type Feed =
  | { readonly name: string; readonly id: number }
  | {
      readonly name: string;
      readonly dtype: DataType;
      readonly shape: readonly number[];
      readonly data: TypedArray;
    };

/** A tensor's numbers. */
interface Values {
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

/** A loaded graph with its variables, until `dispose`. */
export class Session {
  private readonly binding: Binding;
  private readonly id: number;

  /** Throws what TensorFlow has against the graph. */
  constructor(binding: Binding, nodes: readonly Node[]) {
    const path = emptyFolder();
    try {
      writeFileSync(join(path, 'saved_model.pb'), encodeSavedModel(nodes));
      this.binding = binding;
      this.id = binding.loadSavedModel(path, 'serve');
    } finally {
      rmSync(path, { recursive: true });
    }
  }

  /** Runs what the named outputs need. The caller deletes the tensors that it gets. */
  run(feeds: readonly Feed[], outputs: readonly string[]): readonly NativeTensor[] {
    const made: number[] = [];
    const ids = feeds.map((feed) => {
      if ('id' in feed) return feed.id;
      const id = this.binding.createTensor([...feed.shape], typeNumbers[feed.dtype], feed.data);
      made.push(id);
      return id;
    });
    try {
      return this.binding.runSavedModel(
        ...[this.id, ids],
        ...[feeds.map(({ name }) => `${name}:0`).join(), outputs.map(firstOutput).join()],
      );
    } finally {
      for (const id of made) this.binding.deleteTensor(id);
    }
  }

  /** Runs for the values of one output. */
  value(feeds: readonly Feed[], output: string): Values {
    const [values] = this.values(feeds, [output]);
    if (!values) throw new Error(`a run gave no ${output}`);
    return values;
  }

  /** Runs for the values of some outputs. */
  values(feeds: readonly Feed[], outputs: readonly string[]): readonly Values[] {
    return this.run(feeds, outputs).map(({ id, shape }) => {
      const data = this.binding.tensorDataSync(id);
      this.binding.deleteTensor(id);
      return { shape, data };
    });
  }

  delete(tensors: readonly NativeTensor[]): void {
    for (const { id } of tensors) this.binding.deleteTensor(id);
  }

  dispose(): void {
    this.binding.deleteSavedModel(this.id);
  }
}

let folder: string | undefined;

/** The same path each time: TensorFlow keeps statistics of every path that it ever loads from. */
function emptyFolder(): string {
  if (folder) mkdirSync(folder, { mode: 0o700 });
  else folder = temporaryFolder('graph');
  return folder;
}

function firstOutput(name: string): string {
  return name.includes(':') ? name : `${name}:0`;
}

export function intFeed(name: string, value: number): Feed {
  return { name, dtype: 'int32', shape: [], data: Int32Array.of(value) };
}

export function intsFeed(name: string, data: Int32Array): Feed {
  return { name, dtype: 'int32', shape: [data.length], data };
}

export function flagsFeed(name: string, data: Uint8Array): Feed {
  return { name, dtype: 'bool', shape: [data.length], data };
}

export function floatsFeed(name: string, data: Float32Array, shape: readonly number[]): Feed {
  return { name, dtype: 'float32', shape, data };
}
