import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { writeWhole } from '../files/atomic.ts';

/** A TensorFlow library with the addon that was compiled against it. */
export interface Engine {
  readonly directory: string;
  /** Path of `tfjs_binding.node`. */
  readonly addon: string;
  /** Path of the TensorFlow library. */
  readonly library: string;
  /** What the library itself reports, such as `2.21.0`. */
  readonly version: string;
  readonly source: EngineSource;
  /** True for a build with CUDA, whether or not a GPU is there. */
  readonly gpu: boolean;
}

/** `cache` where nothing had to be made; the others name where the library just came from. */
export type EngineSource = 'directory' | 'cache' | 'wheel' | 'archive';

export type Device = 'cpu' | 'gpu';

export interface EngineOptions {
  /** A folder with TensorFlow's libraries and headers; stands before every other source. */
  readonly libtensorflow?: string | undefined;
  /** `auto` takes the CUDA build where an NVIDIA GPU is seen. */
  readonly device?: Device | 'auto' | undefined;
  /** The wheel of this machine's platform as a file, so that pip fetches none. */
  readonly wheel?: string | undefined;
  /** Fetches nothing; `GRADER_OFFLINE` forbids it as well. */
  readonly offline?: boolean | undefined;
  /** Makes the engine anew where the cache has one. */
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface SetupEvent {
  readonly stage: 'wait' | 'fetch' | 'unpack' | 'compile' | 'check' | 'failed' | 'ready';
  /** One line for a person, without a line end. */
  readonly text: string;
  /** True for the last event of a stage; `text` then has the seconds it took. */
  readonly finished?: boolean;
  /** Bytes so far. */
  readonly done?: number;
  /** Bytes in all, where known. */
  readonly total?: number;
}

export type SetupListener = (event: SetupEvent) => void;

/** A program file as it was left: size, time and inode are compared at each start, the hash when needed. */
export interface FileStamp {
  readonly path: string;
  readonly bytes: number;
  /** Nanoseconds since 1970. */
  readonly modified: string;
  readonly inode: string;
  readonly sha256: string;
}

/** What `engine.json` holds; paths are relative to its folder, or absolute for a foreign library. */
export interface Manifest {
  readonly format: 'grader-engine';
  readonly version: 1;
  readonly tensorflow: string;
  readonly library: string;
  readonly libraryBytes: number;
  readonly source: EngineSource;
  readonly gpu: boolean;
  /** Absent where an earlier version of the grader made it. */
  readonly files?: readonly FileStamp[];
}

export const addonName = 'tfjs_binding.node';
export const engineManifestName = 'engine.json';

/** The engine that a manifest describes, whether or not its files are whole. */
export function engineOf(directory: string, manifest: Manifest): Engine {
  return {
    directory,
    addon: join(directory, addonName),
    library: resolve(directory, manifest.library),
    version: manifest.tensorflow,
    source: 'cache',
    gpu: manifest.gpu,
  };
}

export async function writeManifest(directory: string, manifest: Manifest): Promise<void> {
  await writeWhole(join(directory, engineManifestName), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Size of a file in bytes, or null where there is none. */
export async function sizeOf(path: string): Promise<number | null> {
  const status = await stat(path).catch(() => null);
  return status?.isFile() ? status.size : null;
}

const require = createRequire(import.meta.url);

/** Version of the package whose C++ sources the addon is compiled from. */
export function bindingVersion(): string {
  const description = require('@tensorflow/tfjs-node-gpu/package.json') as { version: string };
  return description.version;
}

/** Null where there is none that can be used. */
export async function readEngineManifest(directory: string): Promise<Manifest | null> {
  const text = await readFile(join(directory, engineManifestName), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const manifest = JSON.parse(text) as Partial<Manifest>;
    const known = manifest.format === 'grader-engine' && manifest.version === 1;
    return known ? (manifest as Manifest) : null;
  } catch {
    // A manifest that is no JSON is a folder that nobody can use: it is made anew.
    return null;
  }
}
