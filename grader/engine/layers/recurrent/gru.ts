import type { Cell } from '../../tensorflow/scan.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { firstShape, replaceClass, type Activation, type Config } from '../class-map.ts';
import { kernelByGate, recurrentProduct } from './gate-products.ts';
import { recurrentClass, type RecurrentCell, type RecurrentKind } from './recurrent.ts';

interface GruCell extends RecurrentCell {
  readonly recurrentActivation: Activation;
  /** True where the reset gate works after the matrix product. */
  readonly resetAfter: boolean;
  readonly biasInitializer: unknown;
  readonly biasRegularizer: unknown;
  readonly biasConstraint: unknown;
}

const gru: RecurrentKind = {
  gates: 3,
  states: 1,
  inputBias: (cell: GruCell) => {
    if (!cell.bias) return null;
    return cell.resetAfter ? biasRow(cell, 0) : cell.bias.read();
  },
  step: (cell: GruCell, drop) => (cell.resetAfter ? stepAfter(cell, drop) : stepBefore(cell, drop)),
};

/**
 * GRU as in Keras 3. With `reset_after: true`, the default, which TF.js refuses, the reset gate
 * works after the matrix product, and the bias [2, 3 units] has a row for input and one for state.
 */
export function registerGru(): void {
  const Base = recurrentClass('GRU', gru);
  replaceClass(
    'GRU',
    class GRU extends Base {
      constructor(config: Config) {
        super({ ...config, resetAfter: false });
        const cell = this.cell as GruCell;
        Object.assign(cell, { resetAfter: config['resetAfter'] === true });
        if (cell.resetAfter) buildTwoBiases(cell);
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), resetAfter: (this.cell as GruCell).resetAfter };
      }
    },
  );
}

function buildTwoBiases(cell: GruCell): void {
  const buildBefore = cell.build.bind(cell);
  const useBias = cell.useBias;
  cell.build = (shape) => {
    Object.assign(cell, { useBias: false });
    buildBefore(firstShape(shape));
    Object.assign(cell, { useBias });
    const { biasInitializer, biasRegularizer, biasConstraint } = cell;
    if (!useBias) return;
    const regularized = [biasInitializer, biasRegularizer, true, biasConstraint];
    cell.bias = cell.addWeight('bias', [2, 3 * cell.units], null, ...regularized);
  };
}

function biasRow(cell: GruCell, row: 0 | 1): Tensor {
  const width = 3 * cell.units;
  if (!cell.bias) return tf.zeros([width]);
  return tf.reshape(tf.slice(cell.bias.read(), [row, 0], [1, width]), [width]);
}

function stepAfter(cell: GruCell, drop: Tensor | null) {
  const kernel = cell.recurrentKernel.read();
  const weights = [drop ? kernelByGate(kernel) : kernel, biasRow(cell, 1)];
  const step: Cell = (inputs, states, given) => {
    const [input] = inputs as [Tensor];
    const [previous] = states as [Tensor];
    const [recurrent, bias, mask] = given as [Tensor, Tensor, Tensor?];
    const inner = tf.add(recurrentProduct(previous, recurrent, mask), bias);
    const [xz, xr, xh] = tf.split(input, 3, 1) as [Tensor, Tensor, Tensor];
    const [hz, hr, hh] = tf.split(inner, 3, 1) as [Tensor, Tensor, Tensor];
    const update = cell.recurrentActivation.apply(tf.add(xz, hz));
    const reset = cell.recurrentActivation.apply(tf.add(xr, hr));
    const candidate = cell.activation.apply(tf.add(xh, tf.mul(reset, hh)));
    return [mix(update, previous, candidate)];
  };
  return { cell: step, weights: drop ? [...weights, drop] : weights };
}

function stepBefore(cell: GruCell, drop: Tensor | null) {
  const { units } = cell;
  const [gates, candidates] = tf.split(cell.recurrentKernel.read(), [2 * units, units], 1) as [
    Tensor,
    Tensor,
  ];
  const masks = drop ? tf.split(drop, [2, 1], 0) : [];
  const step: Cell = (inputs, states, given) => {
    const [input] = inputs as [Tensor];
    const [previous] = states as [Tensor];
    const [ofGates, ofCandidate, gateMask, stateMask] = given as [Tensor, Tensor, Tensor?, Tensor?];
    const inner = recurrentProduct(previous, ofGates, gateMask);
    const [xz, xr, xh] = tf.split(input, 3, 1) as [Tensor, Tensor, Tensor];
    const [hz, hr] = tf.split(inner, 2, 1) as [Tensor, Tensor];
    const update = cell.recurrentActivation.apply(tf.add(xz, hz));
    const reset = cell.recurrentActivation.apply(tf.add(xr, hr));
    const state = tf.mul(reset, stateMask ? tf.mul(previous, stateMask) : previous);
    const candidate = cell.activation.apply(tf.add(xh, tf.matMul(state, ofCandidate)));
    return [mix(update, previous, candidate)];
  };
  const [gateMask, stateMask] = masks;
  const dropping = gateMask && stateMask ? [gateMask, tf.squeeze(stateMask, [0])] : [];
  const first = drop ? kernelByGate(gates) : gates;
  return { cell: step, weights: [first, candidates, ...dropping] };
}

function mix(update: Tensor, previous: Tensor, candidate: Tensor): Tensor {
  return tf.add(tf.mul(update, previous), tf.mul(tf.sub(1, update), candidate));
}
