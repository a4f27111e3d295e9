import type { StoredActivation } from '../../../recipe/activations.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { activate } from '../activation/activations.ts';
import type { Shape } from '../shapes.ts';
import type { Window } from './dilation.ts';

/** What comes out of a window that goes over sequences or pictures, with so many channels. */
export function outputOf(window: Window, [batch = null, ...sizes]: Shape, channels: number): Shape {
  const lengths = sizes.slice(0, -1).map((size, axis) => lengthOf(window, axis, size));
  return [batch, ...lengths, channels];
}

/** Null where the size is not known. */
function lengthOf(window: Window, axis: number, size: number | null): number | null {
  if (size === null) return null;
  const stride = window.strides[axis] ?? 1;
  const covered = window.padding === 'valid' ? reachOf(window, axis) : 0;
  return Math.floor((size - covered + stride - 1) / stride);
}

/** Steps along an axis from a kernel's first number to its last. */
function reachOf({ kernelSize, dilationRate }: Window, axis: number): number {
  return ((kernelSize[axis] ?? 1) - 1) * (dilationRate[axis] ?? 1);
}

/** With the zeros in front that the first steps of a causal convolution look back on. */
export function ahead(window: Window, input: Tensor): Tensor {
  if (window.padding !== 'causal') return input;
  return tf.pad(input, [
    [0, 0],
    [reachOf(window, 0), 0],
    [0, 0],
  ]);
}

/** The padding once causal zeros stand in front. */
export function paddingOf({ padding }: Window): 'same' | 'valid' {
  return padding === 'same' ? 'same' : 'valid';
}

export function finish(
  output: Tensor,
  { bias, activation }: { bias: Tensor | null; activation: StoredActivation },
): Tensor {
  return activate(activation, bias ? tf.add(output, bias) : output);
}
