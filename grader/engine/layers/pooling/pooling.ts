import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf, type Tensor, type Tensor4D } from '../../tensorflow/tf.ts';
import type { Window } from '../convolution/dilation.ts';
import { outputOf } from '../convolution/window-shape.ts';
import { layer } from '../definition.ts';
import { type Shape, type Shapes, channelsOf } from '../shapes.ts';

type Options1d = StoredLayerOptions<'MaxPooling1D'>;
type Options2d = StoredLayerOptions<'MaxPooling2D'>;
type Pool = typeof tf.maxPool | typeof tf.avgPool;

const ofSequences = { rank: 3, shape: pooledShape };
const ofPictures = { rank: 4, shape: pooledShape };

export const maxPooling1d = layer('MaxPooling1D', {
  ...ofSequences,
  call: (options, _weights, { input }) => pool1d(tf.maxPool, options, input),
});

export const averagePooling1d = layer('AveragePooling1D', {
  ...ofSequences,
  call: (options, _weights, { input }) => pool1d(tf.avgPool, options, input),
});

export const maxPooling2d = layer('MaxPooling2D', {
  ...ofPictures,
  call: (options, _weights, { input }) => pool2d(tf.maxPool, options, input),
});

export const averagePooling2d = layer('AveragePooling2D', {
  ...ofPictures,
  call: (options, _weights, { input }) => pool2d(tf.avgPool, options, input),
});

function pooledShape(options: Options1d | Options2d, [input]: Shapes): Shape {
  return outputOf(windowOf(options), input, channelsOf(input));
}

function windowOf({ poolSize, strides, padding }: Options1d | Options2d): Window {
  return { kernelSize: poolSize, strides: strides ?? poolSize, padding, dilationRate: [1, 1] };
}

/** As pictures of one column. */
function pool1d(pool: Pool, { poolSize, strides, padding }: Options1d, input: Tensor): Tensor {
  const [size] = poolSize;
  const [stride] = strides ?? poolSize;
  const column = tf.expandDims<Tensor4D>(input, 2);
  return tf.squeeze(pool(column, [size, 1], [stride, 1], padding), [2]);
}

function pool2d(pool: Pool, { poolSize, strides, padding }: Options2d, input: Tensor): Tensor {
  return pool(input as Tensor4D, [...poolSize], [...(strides ?? poolSize)], padding);
}
