import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  firstShape,
  floatInput,
  layerBase,
  replaceClass,
  type Config,
  type LayerShape,
} from '../class-map.ts';

type Factor = number | readonly number[];

/** Keras's Rescaling: x * scale + offset, each a number or a list along the last axis. */
export function registerRescaling(): void {
  replaceClass(
    'Rescaling',
    class Rescaling extends layerBase {
      override supportsMasking = true;
      private readonly scale: Factor;
      private readonly offset: Factor;

      constructor(config: Config) {
        super(config);
        this.scale = config['scale'] as Factor;
        this.offset = (config['offset'] ?? 0) as Factor;
      }

      override build(shape: LayerShape): void {
        const places = firstShape(shape).at(-1);
        for (const [name, factor] of Object.entries({ scale: this.scale, offset: this.offset })) {
          if (typeof factor === 'number' || factor.length === places) continue;
          throw new Error(
            `Rescaling has ${factor.length} numbers in ${name} for an axis of ${places}`,
          );
        }
        super.build(shape);
      }

      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        return tf.tidy(() =>
          tf.add(tf.mul(floatInput(inputs), this.scale as number), this.offset as number),
        );
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), scale: this.scale, offset: this.offset };
      }
    },
  );
}
