import { readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { GraderError, usageError } from '../errors.ts';
import { fileDigest } from '../files/digest.ts';
import { requireSpace } from './cache-folder.ts';
import { bindingVersion, type Device } from './engine.ts';
import { cudaTags, cudaWheels } from './cuda-wheels.ts';
import { cudaPackages } from './nvidia.ts';
import { downloadWheel, findPip, type Pip } from './pip.ts';
import { engineKey, platformChoices, tensorflowVersion } from './platform.ts';
import { requireLibrary, runStage, type Source, type SourceWork } from './source.ts';
import { readWheelMetadata, unpackWheel } from './unpack-wheel.ts';

/** The official wheel, fetched with any pip, or null where none is built for this platform. */
export function wheelSource(device: Device): Source | null {
  const wheel = platformChoices().wheels[device];
  if (!wheel) return null;
  const title = `TensorFlow ${tensorflowVersion}`;
  const requirement = `${wheel.package}==${tensorflowVersion}`;
  return {
    kind: 'wheel',
    name: `the ${title} wheel (${wheel.package}) by pip`,
    key: engineKey(tensorflowVersion, device, bindingVersion()),
    gpu: device === 'gpu',
    isLocal: false,
    async provide(work) {
      const pip = await requirePip(work.signal);
      await requireSpace(device === 'gpu' ? 8e9 : 1.3e9);
      const path = await fetchWheel(work, {
        ...wheel,
        ...{ pip, title, requirement, sha256: [wheel.sha256] },
      });
      const packages = device === 'gpu' ? cudaPackages(await readWheelMetadata(path)) : [];
      await unpackTensorflow(work, { path, title });
      await rm(path);
      if (device === 'gpu') await addCuda(work, pip, packages);
      return requireLibrary(work.directory);
    },
  };
}

/** A wheel that the user names, of the build without CUDA. Throws a `usage` error for any other file. */
export async function namedWheel(path: string): Promise<Source> {
  const wheel = platformChoices().wheels.cpu;
  const sha256 = await fileDigest(path).catch(() => null);
  if (!wheel || sha256 !== wheel.sha256) {
    const found = sha256 === null ? 'cannot be read' : `has SHA-256 ${sha256}`;
    const expected = wheel ? `, expected ${wheel.sha256}` : '';
    throw usageError(
      'wheel-unknown',
      `--wheel ${path} ${found}${expected}.`,
      wheel
        ? `It must be the wheel of ${wheel.package} ${tensorflowVersion} for ${wheel.tags.join(', ')}.`
        : `No wheel of TensorFlow ${tensorflowVersion} is built for this platform.`,
    );
  }
  const title = `TensorFlow ${tensorflowVersion}`;
  return {
    kind: 'wheel',
    name: `the wheel ${path}`,
    key: engineKey(tensorflowVersion, 'cpu', bindingVersion()),
    ...{ gpu: false, isLocal: true },
    async provide(work) {
      await requireSpace(1e9);
      await unpackTensorflow(work, { path, title });
      return requireLibrary(work.directory);
    },
  };
}

interface FetchRequest {
  readonly pip: Pip;
  readonly title: string;
  readonly requirement: string;
  readonly tags: readonly string[];
  readonly bytes?: number;
  /** Of the files that may come. */
  readonly sha256: readonly string[];
}

async function requirePip(signal: AbortSignal | undefined): Promise<Pip> {
  const pip = await findPip(signal);
  if (pip) return pip;
  throw new GraderError({
    fault: 'machine',
    code: 'no-pip',
    message:
      'pip was not found (python3 -m pip, python -m pip, pip3, pip). Debian and Ubuntu have it in python3-pip.',
  });
}

function fetchWheel(work: SourceWork, request: FetchRequest): Promise<string> {
  const { scratch, listener, signal } = work;
  const verbs = ['fetching', 'fetched'] as const;
  return runStage(
    { id: 'fetch', verbs, title: request.title, total: request.bytes },
    listener,
    (onProgress) => downloadWheel({ ...request, directory: scratch, onProgress, signal }),
  );
}

interface WheelFile {
  readonly path: string;
  readonly title: string;
  readonly isWanted: (name: string) => boolean;
}

async function unpackAndDelete(work: SourceWork, wheel: WheelFile): Promise<void> {
  await unpack(work, wheel);
  await rm(wheel.path);
}

async function unpack(work: SourceWork, wheel: WheelFile): Promise<void> {
  const { directory, listener, signal } = work;
  const verbs = ['unpacking', 'unpacked'] as const;
  await runStage({ id: 'unpack', verbs, title: wheel.title }, listener, (onProgress) =>
    unpackWheel({
      wheel: wheel.path,
      directory,
      isWanted: wheel.isWanted,
      maximumBytes: 4e9,
      onProgress,
      signal,
    }),
  );
}

/** The headers first: the binding is compiled by them while the library, a hundred times as large, follows. */
export async function unpackTensorflow(
  work: SourceWork,
  wheel: { path: string; title: string },
): Promise<void> {
  await unpack(work, { ...wheel, title: `the headers of ${wheel.title}`, isWanted: isHeader });
  work.onHeaders(join(work.directory, 'tensorflow', 'include'));
  await unpack(work, { ...wheel, isWanted: isLibrary });
}

/** One at a time, so that no more than one wheel lies beside what was unpacked. */
async function addCuda(work: SourceWork, pip: Pip, packages: readonly string[]): Promise<void> {
  for (const title of packages) {
    const wheel = cudaWheels[title];
    if (!wheel) throw unknownWheel(title);
    const { version, sha256 } = wheel;
    const requirement = `${title}==${version}`;
    const path = await fetchWheel(work, { pip, title, requirement, sha256, tags: cudaTags() });
    await unpackAndDelete(work, { path, title, isWanted: isCudaLibrary });
  }
  await linkSolver(work.directory);
}

function unknownWheel(name: string): GraderError {
  return new GraderError({
    fault: 'machine',
    code: 'engine-fetch-failed',
    message: `TensorFlow ${tensorflowVersion} asks for ${name}, whose hash is not known; nothing is fetched without one.`,
  });
}

/**
 * TensorFlow 2.21 opens cuSOLVER from libtensorflow_framework, whose search path names the folders of
 * the other CUDA libraries and not this one: without the link it registers no GPU.
 */
export async function linkSolver(directory: string): Promise<void> {
  const folder = (name: string) => join(directory, 'nvidia', name, 'lib');
  for (const name of await readdir(folder('cusolver'))) {
    await symlink(join('..', '..', 'cusolver', 'lib', name), join(folder('cuda_runtime'), name));
  }
}

function isLibrary(name: string): boolean {
  return /^tensorflow\/libtensorflow_(cc|framework)\.(so\.2|2\.dylib)$/.test(name);
}

/** Most of the wheel's headers are for C++ ops; the C API reaches only these folders. */
function isHeader(name: string): boolean {
  const header =
    /^tensorflow\/include\/(tensorflow\/c|tensorflow\/core\/platform|(.+\/)?tsl\/(c|platform))\/.*\.h$/;
  return header.test(name);
}

/** The libraries that TensorFlow opens, where its own search path expects them, and XLA's tools. */
function isCudaLibrary(name: string): boolean {
  const library = /^nvidia\/\w+\/lib\/[^/]+\.so(\.\d+)*$/;
  const tool = /^nvidia\/cuda_nvcc\/(bin\/ptxas|nvvm\/libdevice\/.+)$/;
  return library.test(name) || tool.test(name);
}
