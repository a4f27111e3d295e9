import Module, { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** TF.js as CommonJS: the one instance that tfjs-node-gpu's own files see as well. */
export const tf = loadParts();

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

/**
 * The whole package also loads graph models, data sets and backends of the browser, which take a
 * third of the time and are not used. tfjs-node-gpu asks for it by name, so the two parts in use
 * stand under that name.
 */
function loadParts(): typeof import('@tensorflow/tfjs') {
  const name = require.resolve('@tensorflow/tfjs');
  const partOf = createRequire(name);
  const parts = {
    ...(partOf('@tensorflow/tfjs-core') as object),
    ...(partOf('@tensorflow/tfjs-layers') as object),
  };
  const stand = new Module(name);
  stand.exports = parts;
  stand.loaded = true;
  require.cache[name] ??= stand;
  return parts as typeof import('@tensorflow/tfjs');
}
