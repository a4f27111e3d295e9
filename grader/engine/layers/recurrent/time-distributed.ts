import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstTensor,
  replaceClass,
  type BaseLayer,
  type CallOptions,
} from '../class-map.ts';

interface InnerLayer extends BaseLayer {
  readonly layers?: readonly InnerLayer[];
  readonly layer?: InnerLayer;
  getClassName(): string;
}

interface Wrapper extends BaseLayer {
  readonly layer: InnerLayer;
}

/**
 * TimeDistributed in one call of the inner layer on [batch * time, ...], where TF.js calls it once
 * a step. A layer with statistics of the batch is called once a step, as Keras does.
 */
export function registerTimeDistributed(): void {
  const Base = classNamed<Wrapper>('TimeDistributed');
  replaceClass(
    'TimeDistributed',
    class TimeDistributed extends Base {
      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        const input = firstTensor(inputs);
        const inner = { ...options, mask: null };
        const isStepwise = options['training'] === true && seesTheBatch(this.layer);
        return tf.tidy(() =>
          isStepwise ? callSteps(this.layer, input, inner) : callOnce(this.layer, input, inner),
        );
      }
    },
  );
}

function seesTheBatch(layer: InnerLayer): boolean {
  if (layer.getClassName() === 'BatchNormalization') return true;
  return [...(layer.layers ?? []), ...(layer.layer ? [layer.layer] : [])].some(seesTheBatch);
}

function callOnce(layer: InnerLayer, input: Tensor, options: CallOptions): Tensor {
  const [batch = 0, time = 0, ...rest] = input.shape;
  const flat = tf.reshape(input, [batch * time, ...rest]);
  const output = firstTensor(layer.call(flat, options));
  return tf.reshape(output, [batch, time, ...output.shape.slice(1)]);
}

function callSteps(layer: InnerLayer, input: Tensor, options: CallOptions): Tensor {
  const steps = tf.unstack(input, 1).map((step) => firstTensor(layer.call(step, options)));
  return tf.stack(steps, 1);
}
