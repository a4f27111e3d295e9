import type { Tensor } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstTensor,
  layerBase,
  replaceClass,
  type Config,
  type LayerClass,
} from '../class-map.ts';

/**
 * The layer Identity. TF.js has one list of names for everything, in which an initializer is called
 * so; only layers have names of their own.
 */
export function registerIdentity(): void {
  const Initializer = classNamed<object>('Identity');
  replaceClass(
    'Identity',
    class Identity extends layerBase {
      override supportsMasking = true;

      static fromConfig(Layer: LayerClass<unknown>, config: Config): unknown {
        return 'name' in config ? new Layer(config) : new Initializer(config);
      }

      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        return firstTensor(inputs);
      }
    },
  );
}
