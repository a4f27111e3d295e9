import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  firstShape,
  firstTensor,
  layerBase,
  replaceClass,
  type Config,
  type LayerShape,
} from '../class-map.ts';

/** `keras.ops.expand_dims` as a layer: an axis of size one, at a place among the output's axes. */
export function registerExpandDims(): void {
  replaceClass(
    'ExpandDims',
    class ExpandDims extends layerBase {
      private readonly axis: number;

      constructor(config: Config) {
        super(config);
        this.axis = (config['axis'] as number | undefined) ?? -1;
      }

      override computeOutputShape(shape: LayerShape): LayerShape {
        const given = firstShape(shape);
        return given.toSpliced(placeOf(this.axis, given.length), 0, 1);
      }

      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        const input = firstTensor(inputs);
        return tf.tidy(() => tf.expandDims(input, placeOf(this.axis, input.rank)));
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), axis: this.axis };
      }
    },
  );
}

/** Throws where the new axis would come before the batch, or beyond the end. */
function placeOf(axis: number, rank: number): number {
  const place = axis < 0 ? axis + rank + 1 : axis;
  if (place > 0 && place <= rank) return place;
  throw new Error(`ExpandDims cannot put axis ${axis} into an input of ${rank} axes`);
}
