import { tf, type Rank, type Tensor, type Tensor4D } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstShape,
  firstTensor,
  replaceClass,
  type CallOptions,
  type Config,
  type LayerShape,
} from '../class-map.ts';
import { dilatedConvolution, finish, isDilated, type ConvolutionLayer } from './dilation.ts';

interface GroupedLayer extends ConvolutionLayer {
  readonly filters: number;
  inputSpec: unknown;
}

/**
 * Conv1D and Conv2D with `groups`: each group of filters sees its part of the channels. One
 * convolution a group, as TensorFlow's kernels on a CPU have no gradient for all at once.
 */
export function registerGroupedConvolution(): void {
  for (const className of ['Conv1D', 'Conv2D']) register(className);
}

function register(className: string): void {
  const Base = classNamed<GroupedLayer>(className);
  replaceClass(
    className,
    class extends Base {
      private readonly groups: number;

      constructor(config: Config) {
        super(config);
        this.groups = (config['groups'] as number | undefined) ?? 1;
        if (this.filters % this.groups === 0) return;
        throw new Error(`${this.filters} filters cannot be cut in ${this.groups} groups`);
      }

      override build(shape: LayerShape): void {
        const given = firstShape(shape);
        const channels = given.at(-1);
        if (this.groups === 1 || !channels) {
          super.build(shape);
          return;
        }
        if (channels % this.groups !== 0) {
          throw new Error(`${channels} channels cannot be cut in ${this.groups} groups`);
        }
        super.build(given.with(-1, channels / this.groups));
        this.inputSpec = [{ ndim: given.length, axes: { [given.length - 1]: channels } }];
      }

      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        if (this.groups === 1) return super.call(inputs, options);
        return tf.tidy(() => finish(this, convolveGroups(this, firstTensor(inputs), this.groups)));
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), groups: this.groups };
      }
    },
  );
}

function convolveGroups(layer: ConvolutionLayer, input: Tensor, groups: number): Tensor {
  const kernels = tf.split(layer.kernel.read(), groups, -1);
  const parts = tf.split(input, groups, -1);
  const outputs = parts.map((part, group) => convolve(layer, part, kernels[group] as Tensor));
  return tf.concat(outputs, -1);
}

function convolve(layer: ConvolutionLayer, input: Tensor, kernel: Tensor): Tensor {
  if (isDilated(layer)) return dilatedConvolution(layer, input, kernel);
  const padding = layer.padding as 'same' | 'valid';
  const [first = 1, second = 1] = layer.strides;
  if (input.rank === 4) {
    return tf.conv2d(input as Tensor4D, kernel as Tensor4D, [first, second], padding);
  }
  return tf.conv1d(input as Sequence, kernel as Sequence, first, padding);
}

type Sequence = Parameters<typeof tf.conv1d>[0] & Tensor<Rank.R3>;
