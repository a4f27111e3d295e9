import { tf, type Tensor4D } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';

/** As `tf.nn.local_response_normalization`. */
export const localResponse = layer('LocalResponse', {
  rank: 4,
  call: ({ depthRadius, bias, alpha, beta }, _weights, { input }) =>
    tf.localResponseNormalization(input as Tensor4D, depthRadius, bias, alpha, beta),
});
