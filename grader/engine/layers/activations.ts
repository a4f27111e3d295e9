import { tf, type Tensor } from '../tf.ts';
import { replaceClass } from './class-map.ts';

/** `hard_sigmoid` as Keras 3 defines it, relu6(x + 3) / 6; TF.js has Keras 2's clip(0.2 x + 0.5). */
export function registerHardSigmoid(): void {
  replaceClass(
    'hardSigmoid',
    class HardSigmoid extends tf.serialization.Serializable {
      apply(input: Tensor): Tensor {
        return tf.tidy(() => tf.div(tf.relu6(tf.add(input, 3)), 6));
      }

      override getConfig() {
        return {};
      }
    },
  );
}
