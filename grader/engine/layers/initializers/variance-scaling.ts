import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { classNamed, replaceClass, type Config, type LayerClass } from '../class-map.ts';

interface Scaling {
  readonly scale: number;
  readonly mode: string;
  readonly distribution: string;
  readonly seed: number | undefined;
  apply(shape: number[], dtype?: 'float32'): Tensor;
}

/** Standard deviation of a standard normal distribution that is cut off at 2. */
const deviationWhenCut = 0.8796256610342398;

/**
 * VarianceScaling and the normal initializers made from it, as in Keras: what is cut off at two
 * deviations has the wanted deviation afterwards. TF.js leaves that out, and takes `truncated_normal`
 * for uniform.
 */
export function registerVarianceScaling(): void {
  const Base = classNamed<Scaling>('VarianceScaling');
  const { prototype } = Base as unknown as { prototype: Scaling };
  const uniform = Reflect.get<Scaling, 'apply'>(prototype, 'apply');
  // The classes for Glorot, He and LeCun extend this one.
  prototype.apply = function (shape, dtype) {
    if (this.distribution === 'uniform') return uniform.call(this, shape, dtype);
    return tf.tidy(() => normal(this, shape));
  };
  registerUntruncated(Base);
}

function registerUntruncated(Base: LayerClass<Scaling>): void {
  replaceClass(
    'VarianceScaling',
    class VarianceScaling extends Base {
      constructor(config: Config) {
        const isWhole = config['distribution'] === 'untruncatedNormal';
        super(isWhole ? { ...config, distribution: 'normal' } : config);
        if (isWhole) Object.assign(this, { distribution: 'untruncatedNormal' });
      }
    },
  );
}

function normal({ scale, mode, distribution, seed }: Scaling, shape: number[]): Tensor {
  const deviation = Math.sqrt(scale / Math.max(1, fanOf(mode, shape)));
  if (distribution === 'untruncatedNormal') {
    return tf.randomNormal(shape, 0, deviation, 'float32', seed);
  }
  return tf.truncatedNormal(shape, 0, deviation / deviationWhenCut, 'float32', seed);
}

/** Inputs of one output, outputs of one input, or their mean. */
function fanOf(mode: string, shape: readonly number[]): number {
  const [fanIn, fanOut] = fans(shape);
  if (mode === 'fanIn') return fanIn;
  return mode === 'fanOut' ? fanOut : (fanIn + fanOut) / 2;
}

function fans(shape: readonly number[]): readonly [number, number] {
  const [first = 1] = shape;
  if (shape.length < 2) return [first, first];
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return [field * (shape.at(-2) ?? 1), field * (shape.at(-1) ?? 1)];
}
