import { dataTypes, nativeOp } from '../native-ops.ts';
import { tf, type Tensor } from '../tf.ts';
import {
  classNamed,
  firstTensor,
  replaceClass,
  type BaseLayer,
  type CallOptions,
} from './class-map.ts';

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
        return tf.tidy(() => resize(input, [height * this.size[0], width * this.size[1]]));
      }
    },
  );
}

const attributes = {
  T: { type: dataTypes.float32 },
  align_corners: { bool: false },
  half_pixel_centers: { bool: true },
};

function resize(input: Tensor, size: number[]): Tensor {
  const run = (name: string, inputs: Tensor[]) =>
    nativeOp(name, inputs, { attributes, outputs: 1 })[0] as Tensor;
  const operation = tf.customGrad((...given) => {
    const [images, save] = given as unknown as [Tensor, (tensors: Tensor[]) => void];
    save([images]);
    return {
      value: run('ResizeBilinear', [images, tf.tensor1d(size, 'int32')]),
      gradFunc: (dy: Tensor, saved: Tensor[]) => run('ResizeBilinearGrad', [dy, ...saved]),
    };
  });
  return operation(input);
}
