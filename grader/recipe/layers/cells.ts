import type { KerasObject } from '../../contract.ts';
import { activation } from '../activations.ts';
import { constraint } from '../constraints.ts';
import { initializer } from '../initializers.ts';
import { isKerasObject, kerasClass, readObject } from '../keras-class.ts';
import { boolean, integer, required, text, type Option } from '../option.ts';
import { regularizer } from '../regularizers.ts';
import { kernelAndBias, rate, seed } from './basic.ts';

const share = { ...rate, schema: { ...rate.schema, default: 0 } };

/** Of the weights of a recurrence, and what is dropped on the way to them. */
export const recurrentWeights = {
  ...kernelAndBias,
  recurrentInitializer: initializer('Orthogonal'),
  recurrentRegularizer: regularizer(),
  recurrentConstraint: constraint(),
  dropout: share,
  recurrentDropout: share,
};

/** What every cell has. */
export const ofUnits = {
  /** Size of the state and of the output. */
  units: required(integer({ min: 1, max: 65_536 })),
  activation: activation('tanh'),
  ...recurrentWeights,
};

const gated = {
  recurrentActivation: activation('sigmoid'),
  implementation: integer({ min: 1, max: 2, default: 2 }),
};

export const ofGru = {
  ...gated,
  /** Where the reset gate acts: after the matrix product, as in Keras, or before it. */
  resetAfter: boolean(true),
};

export const ofLstm = {
  ...gated,
  /** Starts the forget gate's bias at one. */
  unitForgetBias: boolean(true),
};

const common = { name: text('^[A-Za-z0-9][A-Za-z0-9_.-]*$'), trainable: boolean(true) };
const schema = { $ref: '#/$defs/cell' };

/**
 * One step of a recurrence, by Keras class name: from inputs [batch, features] and states [batch, units],
 * of which an LSTM has two, to an output [batch, units] and the next states.
 */
export const cellTable = {
  SimpleRNNCell: kerasClass('simpleRNNCell', { ...common, ...ofUnits, seed }),
  GRUCell: kerasClass('gruCell', { ...common, ...ofUnits, seed, ...ofGru }),
  LSTMCell: kerasClass('lstmCell', { ...common, ...ofUnits, seed, ...ofLstm }),
  /**
   * Cells on top of each other: each takes what the one before it gives, the output is that of the last.
   * The states of all are its own, those of the first cell first.
   */
  StackedRNNCells: kerasClass('stackedRNNCells', { ...common, cells: required(cells()) }),
};

/** A cell; a list of them stands for one on top of the other. */
export function cell(): Option<KerasObject | readonly KerasObject[], false, KerasObject> {
  const stacked = (list: unknown) => ({ class_name: 'StackedRNNCells', config: { cells: list } });
  return {
    required: false,
    schema,
    read: (value) => readCell(Array.isArray(value) ? stacked(value) : value),
  };
}

function cells(): Option<readonly KerasObject[]> {
  return {
    required: false,
    schema: { type: 'array', items: schema, minItems: 1, maxItems: 16 },
    read: (value) => (Array.isArray(value) ? value.map(readCell) : value),
  };
}

function readCell(value: unknown): unknown {
  return readObject(cellTable, value);
}

/** The cells of a cell, the one that reads the sequence first. */
export function cellsOf({ class_name, config }: KerasObject): readonly KerasObject[] {
  if (class_name !== 'StackedRNNCells') return [{ class_name, config }];
  const { cells: stacked } = config;
  return Array.isArray(stacked) ? stacked.filter(isKerasObject).flatMap(cellsOf) : [];
}
