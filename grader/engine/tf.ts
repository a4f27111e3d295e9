import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** TF.js as CommonJS: the one instance that tfjs-node-gpu's own files see as well. */
export const tf = require('@tensorflow/tfjs') as typeof import('@tensorflow/tfjs');

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
