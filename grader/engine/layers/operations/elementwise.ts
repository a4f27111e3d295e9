import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { withGradient } from '../../tensorflow/custom-gradient.ts';
import { layer } from '../definition.ts';
import { isTrue, number } from './arithmetic.ts';

type Name = StoredLayerOptions<'Elementwise'>['function'];

const functions: Readonly<Record<Name, (x: Tensor) => Tensor>> = {
  abs: (x) => tf.abs(x),
  acos: (x) => tf.acos(x),
  acosh: (x) => tf.acosh(x),
  asin: (x) => tf.asin(x),
  asinh: (x) => tf.asinh(x),
  atan: (x) => tf.atan(x),
  atanh: (x) => tf.atanh(x),
  ceil: (x) => tf.ceil(x),
  cos: (x) => tf.cos(x),
  cosh: (x) => tf.cosh(x),
  erf: (x) => tf.erf(x),
  exp: (x) => tf.exp(x),
  expm1: (x) => tf.expm1(x),
  floor: (x) => tf.floor(x),
  gelu_tanh: geluTanh,
  is_finite: (x) => number(tf.isFinite(x)),
  is_inf: (x) => number(tf.isInf(x)),
  is_nan: (x) => number(tf.isNaN(x)),
  is_true: (x) => number(isTrue(x)),
  log: (x) => tf.log(x),
  log1p: (x) => tf.log1p(x),
  logical_not: (x) => number(tf.equal(x, 0)),
  ones_like: (x) => tf.onesLike(x),
  reciprocal: (x) => tf.div(1, x),
  round: (x) => tf.round(x),
  rsqrt: (x) => tf.rsqrt(x),
  sign: (x) => tf.sign(x),
  sin: (x) => tf.sin(x),
  sinh: (x) => tf.sinh(x),
  sqrt: (x) => tf.sqrt(x),
  square: (x) => tf.square(x),
  stop_gradient: constant,
  tan: (x) => tf.tan(x),
  truncate: (x) => tf.mul(tf.sign(x), tf.floor(tf.abs(x))),
  zeros_like: (x) => tf.zerosLike(x),
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

/** The same values, on which nothing depends when gradients are taken. */
function constant(x: Tensor): Tensor {
  return withGradient([x], ([given]) => ({
    value: given.clone(),
    gradFunc: () => tf.zeros(given.shape),
  }));
}
