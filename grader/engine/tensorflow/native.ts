import { createRequire } from 'node:module';
import util from 'node:util';
import { GraderError } from '../../errors.ts';
import type { Engine } from '../../setup/engine.ts';
import { NodeJSKernelBackend } from './kernel-backend.ts';
import { tf } from './tf.ts';

/** The addon's functions; whatever reaches TensorFlow goes through them. */
export type Binding = import('@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js').TFJSBinding;

export interface NativeTensorFlow {
  readonly tf: typeof tf;
  readonly binding: Binding;
  /** What the library itself reports. */
  readonly version: string;
  /** True where ops run on a GPU. */
  readonly usesGpu: boolean;
}

/**
 * Loads the engine's addon and makes it TF.js's backend in this process, once. TensorFlow writes to
 * stderr by itself: the parent process filters that. Throws `engine-broken` where it does not load.
 */
export function loadTensorFlow(engine: Pick<Engine, 'addon'>): NativeTensorFlow {
  restoreUtilFunctions();
  const binding = loadBinding(engine.addon);
  if (tf.getBackend() !== 'tensorflow') registerBackend(binding);
  return { tf, binding, version: binding.TF_Version, usesGpu: binding.isUsingGpuDevice() };
}

const require = createRequire(import.meta.url);

/** tfjs-node 4.22 calls functions that Node 22 warns about and Node 23 removed. */
function restoreUtilFunctions(): void {
  // The types of Node 20 have them as constants.
  const functions = util as unknown as Record<string, unknown>;
  functions['isNullOrUndefined'] = (value: unknown) => value === null || value === undefined;
  functions['isArray'] = Array.isArray;
}

function loadBinding(addon: string): Binding {
  try {
    return require(addon) as Binding;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw broken(`The TensorFlow addon ${addon} does not load: ${reason}.`, cause);
  }
}

/** The package's own index looks for an addon inside node_modules only, so it is not used. */
function registerBackend(binding: Binding): void {
  require('@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js');
  const backend = new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node-gpu');
  tf.registerBackend('tensorflow', () => backend, 3);
  // The factory is synchronous, so the backend is set before the promise settles.
  void tf.setBackend('tensorflow');
  if (tf.getBackend() === 'tensorflow') return;
  throw broken('TF.js refused the TensorFlow backend.', undefined);
}

function broken(message: string, cause: unknown): GraderError {
  return new GraderError(
    {
      fault: 'machine',
      code: 'engine-broken',
      message,
      help: 'Make the engine anew: grader setup --force. Details: grader doctor.',
    },
    { cause },
  );
}
