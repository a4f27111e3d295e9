import Module, { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** TF.js as CommonJS: the one instance that tfjs-node-gpu's own files see as well. */
export const tf = load();

export type {
  Rank,
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor4D,
  Variable,
} from '@tensorflow/tfjs';
export type LayersModel = import('@tensorflow/tfjs').LayersModel;
export type SymbolicTensor = import('@tensorflow/tfjs').SymbolicTensor;

/**
 * Four of the six packages behind TF.js (graph models, data sets, two backends) are not used and take
 * a third of its loading time, so empty modules stand under their names.
 */
function load(): typeof import('@tensorflow/tfjs') {
  const whole = require.resolve('@tensorflow/tfjs');
  const { resolve } = createRequire(whole);
  for (const part of ['converter', 'data', 'backend-cpu', 'backend-webgl']) {
    const name = resolve(`@tensorflow/tfjs-${part}`);
    require.cache[name] ??= Object.assign(new Module(name), { loaded: true });
  }
  return require(whole) as typeof import('@tensorflow/tfjs');
}
