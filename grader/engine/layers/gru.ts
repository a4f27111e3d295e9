import { tf, type Tensor } from '../tf.ts';
import {
  classNamed,
  firstShape,
  replaceClass,
  type Activation,
  type BaseLayer,
  type CallOptions,
  type Config,
  type LayerVariable,
} from './class-map.ts';

interface GruCell extends BaseLayer {
  readonly units: number;
  readonly useBias: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  /** Kept for the length of one sequence; the layer disposes of them at its next call. */
  dropoutMask: Tensor | null;
  recurrentDropoutMask: Tensor | null;
  kernel: LayerVariable;
  recurrentKernel: LayerVariable;
  bias: LayerVariable | null;
  readonly activation: Activation;
  readonly recurrentActivation: Activation;
  readonly biasInitializer: unknown;
  readonly biasRegularizer: unknown;
  readonly biasConstraint: unknown;
}

interface GruLayer extends BaseLayer {
  readonly cell: GruCell;
}

/**
 * GRU with `reset_after: true`, Keras's default since 2.0, which TF.js refuses: the reset gate
 * works after the matrix product, and the bias [2, 3 units] has a row for input and one for state.
 */
export function registerGru(): void {
  const Base = classNamed<GruLayer>('GRU');
  replaceClass(
    'GRU',
    class GRU extends Base {
      private readonly resetAfter: boolean;

      constructor(config: Config) {
        super({ ...config, resetAfter: false });
        this.resetAfter = config['resetAfter'] === true;
        if (this.resetAfter) resetAfter(this.cell);
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), resetAfter: this.resetAfter };
      }
    },
  );
}

function resetAfter(cell: GruCell): void {
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
  cell.call = (inputs, options) =>
    tf.tidy(() => {
      const next = step(cell, inputs as [Tensor, Tensor], options);
      return [next, next];
    });
}

function step(cell: GruCell, [input, previous]: [Tensor, Tensor], options: CallOptions): Tensor {
  const isTraining = options['training'] === true;
  if (isTraining && cell.dropout > 0) cell.dropoutMask ??= mask(input, cell.dropout);
  if (isTraining && cell.recurrentDropout > 0) {
    cell.recurrentDropoutMask ??= mask(previous, cell.recurrentDropout);
  }
  const x = cell.dropoutMask ? tf.mul(input, cell.dropoutMask) : input;
  const state = cell.recurrentDropoutMask ? tf.mul(previous, cell.recurrentDropoutMask) : previous;
  const [inputBias, stateBias] = cell.bias ? tf.unstack(cell.bias.read()) : [];
  const [xz, xr, xh] = gates(x, cell.kernel, inputBias);
  const [hz, hr, hh] = gates(state, cell.recurrentKernel, stateBias);
  const update = cell.recurrentActivation.apply(tf.add(xz, hz));
  const reset = cell.recurrentActivation.apply(tf.add(xr, hr));
  const candidate = cell.activation.apply(tf.add(xh, tf.mul(reset, hh)));
  return tf.add(tf.mul(update, previous), tf.mul(tf.sub(1, update), candidate));
}

function mask(like: Tensor, rate: number): Tensor {
  return tf.keep(tf.dropout(tf.onesLike(like), rate));
}

function gates(input: Tensor, kernel: LayerVariable, bias: Tensor | undefined) {
  const product = tf.matMul(input, kernel.read());
  const total = bias ? tf.add(product, bias) : product;
  return tf.split(total, 3, 1) as [Tensor, Tensor, Tensor];
}
