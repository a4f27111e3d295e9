import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  firstShape,
  firstTensor,
  layerBase,
  replaceClass,
  type BaseLayer,
  type Config,
  type LayerClass,
  type LayerShape,
} from '../class-map.ts';

/** ZeroPadding1D, Cropping1D and UpSampling1D, which TF.js has for pictures only. */
export function registerSequenceLength(): void {
  registerZeroPadding();
  registerCropping();
  registerUpSampling();
}

type Ends = readonly [number, number];

function endsIn(config: Config, key: string): Ends {
  const given = config[key] as number | Ends | undefined;
  return typeof given === 'object' ? given : [given ?? 1, given ?? 1];
}

interface ResizedSequence extends BaseLayer {
  /** What becomes of a length. */
  lengthOf(length: number): number;
}

const ResizedSequence: LayerClass<ResizedSequence> = class extends layerBase {
  readonly inputSpec = [{ ndim: 3 }];

  lengthOf(length: number): number {
    return length;
  }

  override computeOutputShape(shape: LayerShape): LayerShape {
    const [batch = null, length = null, channels = null] = firstShape(shape);
    return [batch, length === null ? null : this.lengthOf(length), channels];
  }
};

function registerZeroPadding(): void {
  replaceClass(
    'ZeroPadding1D',
    class ZeroPadding1D extends ResizedSequence {
      private readonly padding: Ends;

      constructor(config: Config) {
        super(config);
        this.padding = endsIn(config, 'padding');
      }

      override lengthOf(length: number): number {
        return length + this.padding[0] + this.padding[1];
      }

      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        return tf.tidy(() => tf.pad(firstTensor(inputs), [[0, 0], [...this.padding], [0, 0]]));
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), padding: this.padding };
      }
    },
  );
}

function registerCropping(): void {
  replaceClass(
    'Cropping1D',
    class Cropping1D extends ResizedSequence {
      private readonly cropping: Ends;

      constructor(config: Config) {
        super(config);
        this.cropping = endsIn(config, 'cropping');
      }

      override lengthOf(length: number): number {
        const [first, last] = this.cropping;
        if (length > first + last) return length - first - last;
        throw new Error(`Cropping1D takes ${first + last} steps off a sequence of ${length}`);
      }

      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        const input = firstTensor(inputs);
        const [batch = 0, length = 0, channels = 0] = input.shape;
        const size = [batch, this.lengthOf(length), channels];
        return tf.tidy(() => tf.slice(input, [0, this.cropping[0], 0], size));
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), cropping: this.cropping };
      }
    },
  );
}

function registerUpSampling(): void {
  replaceClass(
    'UpSampling1D',
    class UpSampling1D extends ResizedSequence {
      private readonly size: number;

      constructor(config: Config) {
        super(config);
        const [size = 2] = [config['size'] ?? 2].flat() as number[];
        this.size = size;
      }

      override lengthOf(length: number): number {
        return length * this.size;
      }

      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        const input = firstTensor(inputs);
        const [batch = 0, length = 0, channels = 0] = input.shape;
        return tf.tidy(() => {
          const repeated = tf.tile(tf.expandDims(input, 2), [1, 1, this.size, 1]);
          return tf.reshape(repeated, [batch, this.lengthOf(length), channels]);
        });
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), size: this.size };
      }
    },
  );
}
