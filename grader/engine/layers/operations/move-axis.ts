import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { tf } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import { acrossExamples, positiveAxes } from '../shapes.ts';

type Options = StoredLayerOptions<'MoveAxis'>;

export const moveAxis = layer('MoveAxis', {
  shape: (options, [input]) => orderOf(options, input.length).map((axis) => input[axis] ?? null),
  call: (options, _weights, { input }) => tf.transpose(input, orderOf(options, input.rank)),
});

/** As in NumPy: the axes that stay in their order, and between them the others at their new places. */
function orderOf({ source, destination }: Options, rank: number): number[] {
  const [from, to] = [positiveAxes(source, rank), positiveAxes(destination, rank)];
  if ([from, to].some((axes) => new Set(axes).size !== axes.length) || from.length !== to.length) {
    throw new Error(`axes ${source.join()} cannot be moved to ${destination.join()}`);
  }
  const order = Array.from({ length: rank }, (_, axis) => axis).filter(
    (axis) => !from.includes(axis),
  );
  const moved = to.map((place, index) => [place, from[index] ?? 0] as const);
  for (const [place, axis] of moved.sort(([one], [other]) => one - other)) {
    order.splice(place, 0, axis);
  }
  if (order[0] === 0) return order;
  throw acrossExamples('moves');
}
