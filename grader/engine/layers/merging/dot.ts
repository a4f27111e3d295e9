import { productOf } from '../../../sizes.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { valuesOf, type Shapes } from '../shapes.ts';

type Axes = readonly [number, number];

/** Sums of products over one axis of each input, example by example. */
export const dot = layer('Dot', {
  check({ axes }, inputs) {
    const [first, second = []] = inputs;
    if (first.length > 3 || second.length > 3) {
      throw new Error('Dot layer does not support tensors of 4D or higher rank yet.');
    }
    const sizes = [first.at(axes[0]), second.at(axes[1])];
    if (sizes[0] === sizes[1]) return;
    throw new Error(`Dimension incompatibility: ${sizes[0]} !== ${sizes[1]}`);
  },
  shape({ axes }, inputs) {
    const [first, second] = rest(axes, inputs);
    const sizes = [...first, ...second.slice(1)];
    return sizes.length === 1 ? [...sizes, 1] : sizes;
  },
  /** Each value of the first input with all of the second that share its place on the summed axis. */
  cost({ axes }, inputs) {
    const [, second] = rest(axes, inputs);
    return productOf([valuesOf(inputs[0]), valuesOf(second)]);
  },
  call({ axes, normalize }, _weights, { inputs }) {
    const [x, y] = inputs as [Tensor, Tensor];
    const [first, second] = [front(axes[0], x.rank), front(axes[1], y.rank)];
    if (!normalize) return batchDot(x, y, [first, second]);
    return batchDot(unit(x, first), unit(y, second), [first, second]);
  },
});

function rest([first, second]: Axes, [x, y = []]: Shapes) {
  return [x.toSpliced(front(first, x.length), 1), y.toSpliced(front(second, y.length), 1)] as const;
}

function front(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** Keras's fuzz factor; no length below its root is divided by. */
const epsilon = 1e-7;

function unit(x: Tensor, axis: number): Tensor {
  const squares = tf.sum(tf.mul(x, x), axis, true);
  return tf.div(x, tf.sqrt(tf.maximum(squares, tf.fill(squares.shape, epsilon))));
}

function batchDot(x: Tensor, y: Tensor, axes: Axes): Tensor {
  if (x.rank === 2 && y.rank === 2) return tf.expandDims(tf.sum(tf.mul(x, y), axes[0]), 1);
  const rank = Math.max(x.rank, y.rank);
  const [left, right] = [withRank(x, rank), withRank(y, rank)];
  const product = tf.matMul(left, right, axes[0] !== rank - 1, axes[1] === rank - 1);
  if (x.rank === y.rank) return product;
  const squeezed = tf.squeeze(product, [x.rank > y.rank ? x.rank + y.rank - 3 : x.rank - 1]);
  return squeezed.rank === 1 ? tf.expandDims(squeezed, 1) : squeezed;
}

function withRank(x: Tensor, rank: number): Tensor {
  return x.rank === rank ? x : tf.reshape(x, [...x.shape, 1]);
}
