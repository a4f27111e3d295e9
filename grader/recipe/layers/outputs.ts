import type { KerasObject } from '../../contract.ts';
import { isKerasObject } from '../keras-class.ts';
import { cellsOf } from './cells.ts';

/** How many outputs each call of a layer gives. */
export function outputCount({ class_name, config }: KerasObject): number {
  if (class_name === 'Bidirectional') {
    const { layer, merge_mode: mode } = config;
    const states = isKerasObject(layer) ? outputCount(layer) - 1 : 0;
    return (mode === null ? 2 : 1) + 2 * states;
  }
  return 1 + (config['return_state'] === true ? stateCount({ class_name, config }) : 0);
}

/** How many states a recurrence has, which it may start from and give. */
export function stateCount({ class_name, config }: KerasObject): number {
  const { cell, layer } = config;
  if (class_name === 'Bidirectional') return isKerasObject(layer) ? 2 * stateCount(layer) : 0;
  if (class_name !== 'RNN') return statesOf[class_name] ?? 0;
  const cells = [cell].flat().filter(isKerasObject).flatMap(cellsOf);
  return cells.reduce((sum, one) => sum + (statesOf[one.class_name] ?? 0), 0);
}

const statesOf: Readonly<Record<string, number>> = {
  ...{ SimpleRNN: 1, SimpleRNNCell: 1, GRU: 1, GRUCell: 1, LSTM: 2, LSTMCell: 2 },
  ...{ ConvLSTM1D: 2, ConvLSTM2D: 2 },
};
