import { ready } from 'h5wasm';
import type { ByteSource } from './byte-source.ts';

type Hdf5Module = Awaited<typeof ready>;

/**
 * The HDF5 library as WebAssembly with nothing to see but one file, whose bytes it fetches from the
 * source as it needs them: links, external storage and virtual data sets lead nowhere.
 */
export interface Hdf5Library {
  readonly module: Hdf5Module;
  readonly file: bigint;
  /** Another file that the library asked for since the last call; null if none. */
  foreignFile(): string | null;
  close(): void;
}

/** Throws an `Error` in HDF5's words where the bytes are no HDF5 file. */
export async function openLibrary(source: ByteSource): Promise<Hdf5Library> {
  const module = await ready;
  module.activate_throwing_error_handler();
  const fileSystem = module.FS;
  watchOpenings(fileSystem);
  const path = `/model-${(mounted += 1)}.h5`;
  mount(fileSystem, path, source);
  foreignFile();
  try {
    const file = module.open(path, module.H5F_ACC_RDONLY, false, -1, -1);
    const close = () => {
      module.close_file(file);
      fileSystem.unlink(path);
    };
    return { module, file, foreignFile, close };
  } catch (cause) {
    fileSystem.unlink(path);
    throw cause;
  }
}

type FileSystem = Hdf5Module['FS'];
type Node = ReturnType<FileSystem['lookupPath']>['node'];

/** A file of Emscripten's file system in memory (src/lib/libmemfs.js). */
interface MemoryNode extends Node {
  usedBytes: number;
  stream_ops: object;
}

let mounted = 0;
let isWatched = false;
let asked: string | null = null;

function foreignFile(): string | null {
  const path = asked;
  asked = null;
  return path;
}

function watchOpenings(fileSystem: FileSystem): void {
  if (isWatched) return;
  isWatched = true;
  const open = fileSystem.open.bind(fileSystem);
  fileSystem.open = (path, ...rest) => {
    // Besides the models, the library writes its own error messages to a file in memory, and looks for
    // plugins where it meets a kind of link or filter that it does not know.
    if (!/^\/(model-\d+\.h5$|tmp\/)|\/lib\/plugin$/.test(path)) asked = path;
    return open(path, ...rest);
  };
}

/** An empty file in memory that says its size and reads from the source. */
function mount(fileSystem: FileSystem, path: string, source: ByteSource): void {
  fileSystem.writeFile(path, new Uint8Array(0));
  const node = fileSystem.lookupPath(path, {}).node as MemoryNode;
  node.usedBytes = source.bytes;
  node.stream_ops = {
    ...node.stream_ops,
    read(...[, heap, offset, length, position]: [unknown, Int8Array, number, number, number]) {
      return source.read(new Uint8Array(heap.buffer, heap.byteOffset + offset, length), position);
    },
  };
}
