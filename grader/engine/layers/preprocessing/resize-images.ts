import { withGradient } from '../../tensorflow/custom-gradient.ts';
import { dataTypes, nativeOp, type AttributeValue } from '../../tensorflow/native-ops.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';

export interface Sampling {
  readonly interpolation: 'bilinear' | 'nearest' | 'bicubic' | 'lanczos3' | 'lanczos5';
  /** Smooths what becomes smaller; not for `nearest`. */
  readonly antialias?: boolean;
}

type Size = readonly [number, number];
type Attributes = Readonly<Record<string, AttributeValue>>;

/** Resizes [batch, height, width, channels] to a size [rows, columns], sampling at pixels' centres, as Keras. */
export function resizeImages(images: Tensor, size: Size, sampling: Sampling): Tensor {
  const { interpolation, antialias = false } = sampling;
  if (interpolation === 'nearest') return nearest(images, size);
  const op = atPixels[interpolation];
  if (op && !antialias)
    return differentiable(images, size, { op, attributes: halfPixels, more: () => [] });
  return scaled(images, size, { interpolation, antialias });
}

/** Ops of `tf.image.resize`; what has none is a sum over as many pixels as its kernel is wide. */
const atPixels: Readonly<Partial<Record<Sampling['interpolation'], string>>> = {
  bilinear: 'ResizeBilinear',
  bicubic: 'ResizeBicubic',
};
const kernels = {
  ...{ bilinear: 'triangle', bicubic: 'keyscubic', lanczos3: 'lanczos3', lanczos5: 'lanczos5' },
};

const T = { type: dataTypes.float32 };
const halfPixels = { T, align_corners: { bool: false }, half_pixel_centers: { bool: true } };

/** By `tf.image.resize`'s kernel over so many pixels as it is wide: 2, 4, 6 or 10, more where it smooths. */
function scaled(images: Tensor, size: Size, { interpolation, antialias }: Kernel): Tensor {
  const scale = size.map((length, axis) => length / (images.shape[axis + 1] ?? 1));
  const kernel = {
    kernel_type: { string: kernels[interpolation] },
    antialias: { bool: antialias },
  };
  const attributes = { T, ...kernel };
  const more = () => [tf.tensor1d(scale, 'float32'), tf.zeros([2])];
  return differentiable(images, size, { op: 'ScaleAndTranslate', attributes, more });
}

interface Kernel {
  readonly interpolation: keyof typeof kernels;
  readonly antialias: boolean;
}

interface Resize {
  /** Its gradient has the same name with `Grad` behind it, and the same attributes. */
  readonly op: string;
  readonly attributes: Attributes;
  /** What the op takes beside images and size, and its gradient beside gradient and images. */
  readonly more: () => readonly Tensor[];
}

function differentiable(images: Tensor, size: Size, { op, attributes, more }: Resize): Tensor {
  return withGradient([images], ([input], save) => {
    save([input]);
    const resized = run(op, attributes, [input, tf.tensor1d([...size], 'int32'), ...more()]);
    return {
      value: resized,
      gradFunc: (dy, saved) => run(`${op}Grad`, attributes, [dy, ...saved, ...more()]),
    };
  });
}

/** Each pixel as that at its place; TensorFlow's gradient takes the size [height, width] it came from. */
function nearest(images: Tensor, size: Size): Tensor {
  const from = images.shape.slice(1, 3);
  const op = 'ResizeNearestNeighbor';
  return withGradient([images], ([input]) => ({
    value: run(op, halfPixels, [input, tf.tensor1d([...size], 'int32')]),
    gradFunc: (dy) => run(`${op}Grad`, halfPixels, [dy, tf.tensor1d(from, 'int32')]),
  }));
}

function run(name: string, attributes: Attributes, inputs: Tensor[]): Tensor {
  return nativeOp(name, inputs, { attributes, outputs: 1 })[0] as Tensor;
}
