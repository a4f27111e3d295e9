import {
  boolOf,
  broadcast,
  input,
  intsOf,
  like,
  stringOf,
  type OpFacts,
  type ShapedType,
  type ShapeRule,
} from './rule.ts';

/** Products, convolutions, pooling, normalisation, recurrent and random ops. */
export const neuralRules: Readonly<Record<string, ShapeRule>> = {
  BatchMatMulV2: batchMatMul,
  Conv2D: (facts) => convolution(facts, input(facts, 1).shape[3] ?? 0),
  DepthwiseConv2dNative: (facts) => {
    const [, , channels = 0, multiplier = 0] = input(facts, 1).shape;
    return convolution(facts, channels * multiplier);
  },
  Conv2DBackpropInput: backpropInput,
  DepthwiseConv2dNativeBackpropInput: backpropInput,
  Conv2DBackpropFilter: backpropFilter,
  DepthwiseConv2dNativeBackpropFilter: backpropFilter,
  MaxPool: pooling,
  AvgPool: pooling,
  AvgPoolGrad: (facts) => [{ shape: facts.constant(0), dtype: input(facts, 1).dtype }],
  ResizeBilinear: resize,
  ResizeBicubic: resize,
  ScaleAndTranslate: resize,
  ResizeNearestNeighbor: (facts) => [
    { shape: resize(facts)[0]?.shape ?? [], dtype: input(facts, 0).dtype },
  ],
  ResizeBilinearGrad: asImages,
  ResizeBicubicGrad: asImages,
  ScaleAndTranslateGrad: asImages,
  ResizeNearestNeighborGrad: (facts) => {
    const [batch = 1, , , channels = 1] = input(facts, 0).shape;
    return [{ shape: [batch, ...facts.constant(1), channels], dtype: 'float32' }];
  },
  ImageProjectiveTransformV3: (facts) => {
    const [batch = 1, , , channels = 1] = input(facts, 0).shape;
    return [{ shape: [batch, ...facts.constant(2), channels], dtype: input(facts, 0).dtype }];
  },
  StatelessRandomUniform: random,
  StatelessRandomNormal: random,
  BlockLSTMV2: (facts) => {
    const [time = 0, batch = 0] = input(facts, 1).shape;
    const units = input(facts, 2).shape[1] ?? 0;
    return Array<ShapedType>(7).fill({ shape: [time, batch, units], dtype: 'float32' });
  },
  BlockLSTMGradV2: (facts) => facts.inputs.slice(1, 9),
  FusedBatchNorm: (facts) => {
    const channels: ShapedType = { shape: input(facts, 0).shape.slice(3), dtype: 'float32' };
    return [input(facts, 0), channels, channels, channels, channels];
  },
  LRN: like(0),
  LRNGrad: like(0),
};

function batchMatMul(facts: OpFacts): ShapedType[] {
  const [a, b] = [input(facts, 0), input(facts, 1)];
  const batch = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const rows = a.shape.at(boolOf(facts, 'adj_x') ? -1 : -2) ?? 0;
  const columns = b.shape.at(boolOf(facts, 'adj_y') ? -2 : -1) ?? 0;
  return [{ shape: [...batch, rows, columns], dtype: a.dtype }];
}

function convolution(facts: OpFacts, channels: number): ShapedType[] {
  const [image, filter] = [input(facts, 0), input(facts, 1)];
  const lengths = windows(facts, {
    image: image.shape,
    window: [1, ...filter.shape.slice(0, 2)],
    dilations: intsOf(facts, 'dilations', [1, 1, 1, 1]),
  });
  return [{ shape: [image.shape[0] ?? 0, ...lengths, channels], dtype: image.dtype }];
}

function pooling(facts: OpFacts): ShapedType[] {
  const image = input(facts, 0);
  const window = intsOf(facts, 'ksize', [1, 1, 1, 1]);
  const lengths = windows(facts, { image: image.shape, window, dilations: [1, 1, 1, 1] });
  return [{ shape: [image.shape[0] ?? 0, ...lengths, image.shape[3] ?? 0], dtype: image.dtype }];
}

interface Windows {
  readonly image: readonly number[];
  readonly window: readonly number[];
  readonly dilations: readonly number[];
}

/** Height and width after a window has moved over an image (NHWC). */
function windows(facts: OpFacts, { image, window, dilations }: Windows): number[] {
  const strides = intsOf(facts, 'strides', [1, 1, 1, 1]);
  const padding = stringOf(facts, 'padding');
  const explicit = intsOf(facts, 'explicit_paddings', []);
  return [1, 2].map((axis) => {
    const stride = strides[axis] ?? 1;
    const length = image[axis] ?? 0;
    if (padding === 'SAME') return Math.ceil(length / stride);
    const extra =
      padding === 'EXPLICIT' ? (explicit[2 * axis] ?? 0) + (explicit[2 * axis + 1] ?? 0) : 0;
    const reach = ((window[axis] ?? 1) - 1) * (dilations[axis] ?? 1);
    return Math.max(0, Math.ceil((length + extra - reach) / stride));
  });
}

function backpropInput(facts: OpFacts): ShapedType[] {
  return [{ shape: facts.constant(0), dtype: input(facts, 2).dtype }];
}

function backpropFilter(facts: OpFacts): ShapedType[] {
  return [{ shape: facts.constant(1), dtype: input(facts, 0).dtype }];
}

function resize(facts: OpFacts): ShapedType[] {
  const [batch = 1, , , channels = 1] = input(facts, 0).shape;
  return [{ shape: [batch, ...facts.constant(1), channels], dtype: 'float32' }];
}

/** What was resized stands behind the gradient. */
function asImages(facts: OpFacts): ShapedType[] {
  return [{ shape: input(facts, 1).shape, dtype: 'float32' }];
}

function random(facts: OpFacts): ShapedType[] {
  return [{ shape: facts.constant(0), dtype: 'float32' }];
}
