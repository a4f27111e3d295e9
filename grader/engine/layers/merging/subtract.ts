import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { classNamed, replaceClass, type BaseLayer, type LayerShape } from '../class-map.ts';

interface MergeLayer extends BaseLayer {
  mergeFunction(inputs: Tensor[]): Tensor;
}

/** Subtract, the merge that TF.js lacks. */
export function registerSubtract(): void {
  const Base = classNamed<MergeLayer>('Add');
  replaceClass(
    'Subtract',
    class Subtract extends Base {
      override build(shape: LayerShape): void {
        const { length } = shape as unknown as LayerShape[];
        if (length !== 2) throw new Error(`Subtract takes two inputs, got ${length}`);
        super.build(shape);
      }

      override mergeFunction(inputs: Tensor[]): Tensor {
        const [first, second] = inputs as [Tensor, Tensor];
        return tf.sub(first, second);
      }
    },
  );
}
