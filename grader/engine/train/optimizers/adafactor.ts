import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { named, optimizer, rateOf, type UpdateState } from './definition.ts';

/** Keeps means of a matrix's rows and columns in place of an average of its own for each weight. */
export const adafactor = optimizer('Adafactor', {
  slots(_, shape): Record<string, { shape: readonly number[]; value: 0 }> {
    if (shape.length < 2) return { velocity: { shape, value: 0 } };
    const [others, columns] = [shape.slice(0, -2), shape.slice(-1)];
    return {
      rows: { shape: shape.slice(0, -1), value: 0 },
      columns: { shape: [...others, ...columns], value: 0 },
    };
  },
  // The steps are no larger than this whether `relative_step` says so or not.
  coefficients: ({ beta2Decay }, { learningRate, iteration }) => ({
    rate: Math.min(learningRate, 1 / Math.sqrt(iteration)),
    kept: 1 - iteration ** beta2Decay,
  }),
  update({ epsilon1, epsilon2, clipThreshold }, state) {
    const { variable, gradient, coefficients } = state;
    const squares = tf.add(tf.square(gradient), epsilon1);
    const { velocity, slots } = velocityOf(squares, state);
    const step = tf.div(gradient, tf.sqrt(velocity));
    const clipped = tf.div(step, tf.maximum(1, tf.div(rootMeanSquare(step), clipThreshold)));
    const size = tf.mul(tf.maximum(epsilon2, rootMeanSquare(variable)), rateOf(coefficients));
    return { variable: tf.sub(variable, tf.mul(size, clipped)), slots };
  },
});

function velocityOf(
  squares: Tensor,
  { slots, coefficients }: UpdateState,
): Pick<UpdateState, 'slots'> & { velocity: Tensor } {
  const kept = named(coefficients, 'kept');
  const followed = (name: string, values: Tensor) =>
    tf.add(tf.mul(kept, named(slots, name)), tf.mul(tf.sub(1, kept), values));
  if (squares.rank < 2) {
    const velocity = followed('velocity', squares);
    return { velocity, slots: { velocity } };
  }
  const rows = followed('rows', tf.mean(squares, -1));
  const columns = followed('columns', tf.mean(squares, -2));
  const shares = tf.div(rows, tf.mean(rows, -1, true));
  const velocity = tf.mul(tf.expandDims(shares, -1), tf.expandDims(columns, -2));
  return { velocity, slots: { rows, columns } };
}

function rootMeanSquare(values: Tensor): Tensor {
  return tf.sqrt(tf.mean(tf.square(values)));
}
