import { withGradient } from '../../tensorflow/custom-gradient.ts';
import { dataTypes, nativeOp } from '../../tensorflow/native-ops.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';

const attributes = {
  T: { type: dataTypes.float32 },
  align_corners: { bool: false },
  half_pixel_centers: { bool: true },
};

/** Resizes [batch, height, width, channels] with samples at the pixels' centres, as Keras does. */
export function resizeImages(
  images: Tensor,
  size: readonly [number, number],
  interpolation: 'bilinear' | 'nearest',
): Tensor {
  return interpolation === 'bilinear' ? bilinear(images, size) : nearest(images, size);
}

function bilinear(images: Tensor, size: readonly [number, number]): Tensor {
  return withGradient([images], ([input], save) => {
    save([input]);
    return {
      value: run('ResizeBilinear', [input, tf.tensor1d([...size], 'int32')]),
      gradFunc: (dy, saved) => run('ResizeBilinearGrad', [dy, ...saved]),
    };
  });
}

function nearest(images: Tensor, size: readonly [number, number]): Tensor {
  const from = images.shape.slice(1, 3);
  return withGradient([images], ([input]) => ({
    value: run('ResizeNearestNeighbor', [input, tf.tensor1d([...size], 'int32')]),
    gradFunc: (dy) => run('ResizeNearestNeighborGrad', [dy, tf.tensor1d(from, 'int32')]),
  }));
}

function run(name: string, inputs: Tensor[]): Tensor {
  return nativeOp(name, inputs, { attributes, outputs: 1 })[0] as Tensor;
}
