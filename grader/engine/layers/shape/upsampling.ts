import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstTensor,
  replaceClass,
  type BaseLayer,
  type CallOptions,
} from '../class-map.ts';
import { resizeImages } from '../preprocessing/resize-images.ts';

interface UpSamplingLayer extends BaseLayer {
  readonly size: [number, number];
  readonly interpolation: string;
}

/** UpSampling2D whose bilinear samples are taken at the pixels' centres, as in Keras. */
export function registerUpSampling(): void {
  const Base = classNamed<UpSamplingLayer>('UpSampling2D');
  replaceClass(
    'UpSampling2D',
    class UpSampling2D extends Base {
      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        if (this.interpolation !== 'bilinear') return super.call(inputs, options);
        const input = firstTensor(inputs);
        const [, height = 0, width = 0] = input.shape;
        const size = [height * this.size[0], width * this.size[1]] as const;
        return tf.tidy(() => resizeImages(input, size, 'bilinear'));
      }
    },
  );
}
