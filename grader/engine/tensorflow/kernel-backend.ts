import { createRequire } from 'node:module';
import type { NodeBackend } from './node-backend.ts';
import { loadCore } from './tf.ts';

const require = createRequire(import.meta.url);

loadCore();

/** Tfjs-node's backend, of the part of the package that loads no addon. */
export const { NodeJSKernelBackend } =
  require('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js') as {
    NodeJSKernelBackend: new (binding: NodeBackend['binding'], packageName: string) => NodeBackend;
  };
