import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';

type Name = StoredLayerOptions<'Elementwise'>['function'];

const functions: Readonly<Record<Name, (x: Tensor) => Tensor>> = {
  abs: (x) => tf.abs(x),
  ceil: (x) => tf.ceil(x),
  cos: (x) => tf.cos(x),
  erf: (x) => tf.erf(x),
  exp: (x) => tf.exp(x),
  expm1: (x) => tf.expm1(x),
  floor: (x) => tf.floor(x),
  gelu_tanh: geluTanh,
  log: (x) => tf.log(x),
  log1p: (x) => tf.log1p(x),
  reciprocal: (x) => tf.div(1, x),
  round: (x) => tf.round(x),
  rsqrt: (x) => tf.rsqrt(x),
  sign: (x) => tf.sign(x),
  sin: (x) => tf.sin(x),
  sqrt: (x) => tf.sqrt(x),
  square: (x) => tf.square(x),
  truncate: (x) => tf.mul(tf.sign(x), tf.floor(tf.abs(x))),
};

export const elementwise = layer('Elementwise', {
  call: (options, _weights, { input }) => functions[options.function](input),
});

/** GELU with the normal distribution approximated by tanh (https://arxiv.org/abs/1606.08415, section 2). */
function geluTanh(x: Tensor): Tensor {
  const cubed = tf.mul(0.044715, tf.mul(x, tf.square(x)));
  const share = tf.tanh(tf.mul(Math.sqrt(2 / Math.PI), tf.add(x, cubed)));
  return tf.mul(tf.mul(0.5, x), tf.add(1, share));
}
