import { drawnShape, floats, int, ints, number, one, T, wholeBelow } from './values.js';

const float = { type: 'float32' };
const windows = (strides, padding, rest = {}) => ({
  ...{ ...T(), strides: { ints: [1, ...strides, 1] }, padding: { string: padding } },
  ...{ data_format: { string: 'NHWC' }, ...rest },
});
const dilated = { dilations: { ints: [1, 2, 2, 1] } };
const explicit = { explicit_paddings: { ints: [0, 0, 1, 2, 0, 3, 0, 0] } };

/** Strides and padding with the height and width that they make of 9 by 8 under a 3 by 2 window. */
const moves = [
  { strides: [1, 1], padding: 'VALID', size: [7, 7] },
  { strides: [2, 3], padding: 'VALID', size: [4, 3] },
  { strides: [2, 3], padding: 'SAME', size: [5, 3] },
];
const image = () => floats(2, 9, 8, 3);
const filter = () => floats(3, 2, 3, 4);
const ksize = { ksize: { ints: [1, 3, 2, 1] } };

const convolutions = moves.flatMap(({ strides, padding, size }) => {
  const attributes = windows(strides, padding);
  const pooling = { ...attributes, ...ksize };
  return [
    one('Conv2D', attributes, [image(), filter()]),
    one('DepthwiseConv2dNative', windows([2, 2], padding), [image(), filter()]),
    one('Conv2DBackpropInput', attributes, [ints([2, 9, 8, 3]), filter(), floats(2, ...size, 4)]),
    one('Conv2DBackpropFilter', attributes, [image(), ints([3, 2, 3, 4]), floats(2, ...size, 4)]),
    one('MaxPool', pooling, [image()]),
    one('AvgPool', pooling, [image()]),
    one('MaxPoolGrad', pooling, [image(), floats(2, ...size, 3), floats(2, ...size, 3)]),
    one('AvgPoolGrad', pooling, [ints([2, 9, 8, 3]), floats(2, ...size, 3)]),
  ];
});

const depthwise = windows([1, 1], 'VALID');
const outputs = () => floats(2, 7, 7, 12);

const resized = (corners) => ({ ...T(), align_corners: { bool: corners } });
const scaled = { ...T(), kernel_type: { string: 'lanczos3' }, antialias: { bool: true } };

function products() {
  const [rows, inner, columns] = drawnShape(3);
  const flip = () => wholeBelow(2) === 0;
  const [x, y] = [flip(), flip()];
  const a = x ? [inner, rows] : [rows, inner];
  const b = y ? [columns, inner] : [inner, columns];
  const attributes = { ...T(), adj_x: { bool: x }, adj_y: { bool: y } };
  return [
    one('BatchMatMulV2', attributes, [floats(2, ...a), floats(2, ...b)]),
    one('BatchMatMulV2', attributes, [floats(3, 1, ...a), floats(5, ...b)]),
  ];
}

const [time, batch, features, units] = [3, 2, 4, 5];
const length = { dtype: 'int64', shape: [], numbers: time };
const state = () => floats(batch, units);
const gate = () => floats(units);
const steps = () => floats(time, batch, units);
const cell = () => [
  ...[length, floats(time, batch, features), state(), state()],
  ...[floats(features + units, 4 * units), gate(), gate(), gate(), floats(4 * units)],
];
const peephole = { ...T(), use_peephole: { bool: false } };
const channels = () => floats(3);

export const neural = [
  ...convolutions,
  one('Conv2D', windows([1, 1], 'VALID', dilated), [image(), filter()]),
  one('Conv2D', windows([1, 2], 'EXPLICIT', explicit), [image(), filter()]),
  one('DepthwiseConv2dNativeBackpropInput', depthwise, [
    ...[ints([2, 9, 8, 3]), filter(), outputs()],
  ]),
  one('DepthwiseConv2dNativeBackpropFilter', depthwise, [
    ...[image(), ints([3, 2, 3, 4]), outputs()],
  ]),
  ...Array.from({ length: 6 }, products).flat(),
  ...['ResizeBilinear', 'ResizeBicubic', 'ResizeNearestNeighbor'].map((op) =>
    one(op, resized(true), [image(), ints([4, 17])]),
  ),
  ...['ResizeBilinearGrad', 'ResizeBicubicGrad'].map((op) =>
    one(op, resized(false), [floats(2, 4, 17, 3), image()]),
  ),
  one('ScaleAndTranslate', scaled, [image(), ints([4, 17]), floats(2), floats(2)]),
  one('ScaleAndTranslateGrad', scaled, [floats(2, 4, 17, 3), image(), floats(2), floats(2)]),
  one('ResizeNearestNeighborGrad', resized(false), [floats(2, 4, 17, 3), ints([9, 8])]),
  one(
    'ImageProjectiveTransformV3',
    { dtype: float, interpolation: { string: 'BILINEAR' }, fill_mode: { string: 'NEAREST' } },
    [image(), floats(2, 8), ints([5, 6]), number(0)],
  ),
  ...['StatelessRandomUniform', 'StatelessRandomNormal'].map((op) =>
    one(op, { dtype: float, ...T('int32'), Tseed: int }, [ints([4, 2]), ints([1, 2])]),
  ),
  one('BlockLSTMV2', { ...peephole, cell_clip: { float: 0 } }, cell(), 7),
  one(
    'BlockLSTMGradV2',
    peephole,
    [...cell(), ...Array.from({ length: 7 }, steps), steps(), steps()],
    8,
  ),
  one(
    'FusedBatchNorm',
    { ...T(), epsilon: { float: 1e-3 }, is_training: { bool: false } },
    [image(), channels(), channels(), channels(), channels()],
    5,
  ),
  one('LRN', { ...T(), depth_radius: { int: 2 } }, [image()]),
  one('LRNGrad', { ...T(), depth_radius: { int: 2 } }, [image(), image(), image()]),
];
