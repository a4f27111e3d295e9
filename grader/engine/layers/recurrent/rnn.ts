import type { KerasObject } from '../../../contract.ts';
import { cellsOf } from '../../../recipe/layers/cells.ts';
import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { stateCount } from '../../../recipe/layers/outputs.ts';
import { sumOf } from '../../../sizes.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { layer } from '../definition.ts';
import type { Shape, Shapes } from '../shapes.ts';
import { checkStates, maskOf, readMask, shapesOf } from './states.ts';

type Options = StoredLayerOptions<'RNN'>;

/**
 * Cells on top of each other as layers on top of each other: of a masked step all cells keep their
 * states, so that the layer above sees the same steps as the cell above. From [batch, time, features] and
 * states [batch, units] of each cell to [batch, units], or [batch, time, units], of the last one.
 */
export const rnn = layer('RNN', {
  rank: 3,
  inner: (options) => byCell(options, (cell, place) => asLayer(options, cell, place)),
  innerInputs: inputsOf,
  check: (options, inputs) => checkStates(inputs, statesOf(options, inputs)),
  shape(options, inputs) {
    const [[batch = null]] = inputs;
    const [first, ...others] = statesOf(options, inputs);
    const output = [batch, unitsOf(options).at(-1) ?? null];
    return shapesOf(options, inputs[0], { output, states: [first ?? output, ...others] });
  },
  cost(options, inputs, inner) {
    const given = inputsOf(options, inputs);
    const costs = Object.entries(inner).map(([key, cell]) => cell.cost(given[key] ?? inputs));
    return sumOf(costs);
  },
  call(options, _weights, { input, inputs, callInner, ...others }) {
    const [, ...states] = inputs;
    const mask = readMask(options, { inputs, ...others });
    const reached: Tensor[] = [];
    let output = input;
    for (const { key, start, end } of placesOf(options)) {
      const isTurned = start > 0 && options.goBackwards;
      const itsMask = mask && isTurned ? backwards(mask) : mask;
      const [next, ...after] = callInner(key, [output, ...states.slice(start, end)], itsMask);
      output = next;
      reached.push(...after);
    }
    return [output, ...reached];
  },
  mask: maskOf,
});

/** Where a cell stands among the cells, and its states among all states. */
interface Place {
  readonly key: string;
  readonly cell: KerasObject;
  readonly index: number;
  readonly isLast: boolean;
  readonly start: number;
  readonly end: number;
}

function placesOf({ cell: given }: Options): readonly Place[] {
  const cells = cellsOf(given);
  let end = 0;
  return cells.map((cell, index) => {
    const start = end;
    end += stateCount(cell);
    // The name that TF.js has for it.
    const key = `RNNCell_${index}`;
    return { key, cell, index, isLast: index === cells.length - 1, start, end };
  });
}

function byCell<Result>(options: Options, make: (cell: KerasObject, place: Place) => Result) {
  return Object.fromEntries(placesOf(options).map((place) => [place.key, make(place.cell, place)]));
}

/** The first cell reads the sequence, the others what the one before gives; each has its states. */
function inputsOf(
  options: Options,
  [[batch = null, time = null, features = null], ...states]: Shapes,
) {
  const sizes = [features, ...unitsOf(options)];
  return byCell(options, (_cell, { index, start, end }): Shapes => [
    [batch, time, sizes[index] ?? null],
    ...states.slice(start, end),
  ]);
}

/** The first one reads the sequence in its direction, the others what it gives. */
function asLayer(options: Options, { class_name, config }: KerasObject, place: Place): KerasObject {
  const { index, isLast, key } = place;
  return {
    class_name: class_name.replace(/Cell$/, ''),
    config: {
      ...{ ...config, name: key },
      return_state: options.returnState,
      return_sequences: !isLast || options.returnSequences,
      go_backwards: index === 0 && options.goBackwards,
      zero_output_for_mask: isLast && options.zeroOutputForMask,
      mask_from_state: true,
    },
  };
}

/** As integers: TF.js turns no booleans around. */
function backwards(mask: Tensor): Tensor {
  return tf.cast(tf.reverse(tf.cast(mask, 'int32'), 1), 'bool');
}

function unitsOf({ cell }: Options): readonly number[] {
  return cellsOf(cell).map(({ config }) => Number(config['units']));
}

/** Of all cells, the first one's first: [batch, units] each. */
function statesOf(options: Options, [[batch = null]]: Shapes): readonly Shape[] {
  const units = unitsOf(options);
  return placesOf(options).flatMap(({ index, start, end }) =>
    Array.from({ length: end - start }, () => [batch, units[index] ?? null]),
  );
}
