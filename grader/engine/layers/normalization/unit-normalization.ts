import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  firstShape,
  firstTensor,
  layerBase,
  positiveAxes,
  replaceClass,
  type Config,
  type LayerShape,
} from '../class-map.ts';

/** Keras divides by no length below this. */
const shortest = 1e-12;

/** Keras's UnitNormalization: the length of each vector along one axis, or several, becomes one. */
export function registerUnitNormalization(): void {
  replaceClass(
    'UnitNormalization',
    class UnitNormalization extends layerBase {
      override supportsMasking = true;
      private readonly axis: number | readonly number[];

      constructor(config: Config) {
        super(config);
        this.axis = (config['axis'] as number | number[] | undefined) ?? -1;
      }

      override build(shape: LayerShape): void {
        positiveAxes(this.axis, firstShape(shape).length);
        super.build(shape);
      }

      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        const input = firstTensor(inputs);
        return tf.tidy(() => {
          const axes = positiveAxes(this.axis, input.rank);
          const factor = tf.rsqrt(tf.sum(tf.square(input), axes, true));
          return tf.mul(input, tf.minimum(factor, 1 / shortest));
        });
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), axis: this.axis };
      }
    },
  );
}
