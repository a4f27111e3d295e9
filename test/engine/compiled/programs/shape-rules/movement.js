import { bools, drawnShape, floats, int, ints, number, one, T, wholes } from './values.js';

const indexed = (dtype) => ({ ...T(dtype), Tidx: int });
const kept = { keep_dims: { bool: true } };
const sliced = (masks) => ({
  ...{ ...T(), Index: int },
  ...Object.fromEntries(Object.entries(masks).map(([name, mask]) => [name, { int: mask }])),
});
const gathered = (batch_dims) => ({
  ...{ Tparams: { type: 'float32' }, Tindices: int, Taxis: int },
  batch_dims: { int: batch_dims },
});
const padding = { ...T(), Tpaddings: int };
const pairs = [
  [1, 2],
  [0, 1],
  [0, 0],
];
const blocks = { ...T(), Tblock_shape: int };

export const movement = [
  ...['Sum', 'Mean', 'Max', 'Min', 'Prod'].flatMap((op) => [
    one(op, indexed(), [floats(...drawnShape(4)), ints([1, 2])]),
    one(op, { ...indexed(), ...kept }, [floats(...drawnShape(3)), ints([-1, 0])]),
    one(op, indexed(), [floats(...drawnShape(2)), ints(-1)]),
    one(op, indexed('int32'), [wholes(2, 3), ints([0, 1])]),
  ]),
  ...['All', 'Any'].flatMap((op) => [
    one(op, { Tidx: int }, [bools(2, 3, 4), ints([0, -1])]),
    one(op, { Tidx: int, ...kept }, [bools(2, 3), ints([1])]),
  ]),
  ...['ArgMax', 'ArgMin'].flatMap((op) =>
    [0, 1, -1].map((axis) =>
      one(op, { ...indexed(), output_type: int }, [floats(...drawnShape(3)), ints(axis)]),
    ),
  ),
  one('Reshape', { ...T(), Tshape: int }, [floats(2, 3, 4), ints([4, -1, 2])]),
  one('Reshape', { ...T(), Tshape: int }, [floats(1, 1), { ...ints([]), shape: [0] }]),
  ...[0, 2, -1].map((axis) =>
    one('ExpandDims', { ...T(), Tdim: int }, [floats(...drawnShape(2)), ints(axis)]),
  ),
  one('Transpose', { ...T(), Tperm: int }, [floats(2, 3, 4), ints([2, 0, 1])]),
  one('Fill', { ...T(), index_type: int }, [ints([2, 3]), number(1.5)]),
  one('Slice', { ...T(), Index: int }, [floats(4, 5, 6), ints([1, 0, 2]), ints([2, -1, 3])]),
  ...[
    [[1, 0, 2], [3, 5, 4], [1, 2, 1], {}],
    [[3, 4, -1], [0, 1, 0], [-1, -2, -1], {}],
    [[0, 1, 2], [0, 3, 9], [1, 1, 1], { begin_mask: 2, end_mask: 1, shrink_axis_mask: 4 }],
    [[-3, 1], [-1, 9], [1, 3], {}],
    [[9, 9, 0], [0, 0, 0], [-1, -2, 1], { begin_mask: 1, end_mask: 3 }],
  ].map(([begin, end, strides, masks]) =>
    one('StridedSlice', sliced(masks), [floats(4, 5, 6), ints(begin), ints(end), ints(strides)]),
  ),
  one('TopKV2', { ...T(), sorted: { bool: true } }, [floats(2, 5), ints(3)], 2),
  one('Tile', { ...T(), Tmultiples: int }, [floats(2, 1, 3), ints([3, 4, 1])]),
  one('ConcatV2', { ...indexed(), N: { int: 2 } }, [floats(2, 3), floats(2, 5), ints(-1)]),
  one('ConcatV2', { ...indexed(), N: { int: 3 } }, [
    ...[floats(1, 3), floats(2, 3), floats(4, 3)],
    ints(0),
  ]),
  ...[0, 1, -1].map((axis) =>
    one('Pack', { ...T(), N: { int: 2 }, axis: { int: axis } }, [floats(3, 4), floats(3, 4)]),
  ),
  ...[0, -1].map((axis) =>
    one('Unpack', { ...T(), num: { int: 3 }, axis: { int: axis } }, [floats(3, 2, 3)], 3),
  ),
  ...[
    [[2, 3], 1, 2],
    [[1, -1, 2], -1, 3],
  ].map(([sizes, axis, outputs]) =>
    one(
      'SplitV',
      { ...T(), num_split: { int: outputs }, Tlen: int },
      [floats(2, 5), ints(sizes), ints(axis)],
      outputs,
    ),
  ),
  one('PadV2', padding, [floats(2, 3, 1), ints(pairs), number(7)]),
  one('MirrorPad', { ...padding, mode: { string: 'REFLECT' } }, [floats(4, 3, 2), ints(pairs)]),
  one('GatherV2', gathered(0), [
    floats(9, 2),
    ints([
      [1, 2],
      [3, 4],
      [5, 6],
    ]),
    ints(0),
  ]),
  one('GatherV2', gathered(0), [floats(3, 9, 2), ints([1, 8]), ints(1)]),
  one('GatherV2', gathered(0), [floats(3, 9), ints(4), ints(-1)]),
  one('GatherV2', gathered(1), [floats(2, 9, 4), ints([[1], [3]]), ints(1)]),
  one('GatherNd', { Tparams: { type: 'float32' }, Tindices: int }, [
    ...[
      floats(3, 4, 5),
      ints([
        [0, 1],
        [2, 3],
      ]),
    ],
  ]),
  one('ScatterNd', { ...T(), Tindices: int }, [ints([[0], [2]]), floats(2, 3), ints([4, 3])]),
  one('UnsortedSegmentSum', { ...T(), Tindices: int, Tnumsegments: int }, [
    ...[floats(3, 2, 4), ints([0, 5, 0]), ints(6)],
  ]),
  one('UnsortedSegmentSum', { ...T(), Tindices: int, Tnumsegments: int }, [
    ...[
      floats(2, 2, 4),
      ints([
        [0, 1],
        [1, 1],
      ]),
      ints(3),
    ],
  ]),
  one('OneHot', { ...T('int32'), TI: int, axis: { int: -1 } }, [
    ...[wholes(2, 3), ints(7), ints(1), ints(0)],
  ]),
  ...[
    [0, 5, 1],
    [5, 0, -2],
    [1, 8, 3],
  ].map((range) => one('Range', { Tidx: int }, range.map(ints))),
  one('Range', { Tidx: { type: 'float32' } }, [number(0), number(1), number(0.25)]),
  one('SpaceToBatchND', { ...blocks, Tpaddings: int }, [
    ...[
      floats(2, 5, 3, 2),
      ints([2, 2]),
      ints([
        [1, 0],
        [0, 1],
      ]),
    ],
  ]),
  one('BatchToSpaceND', { ...blocks, Tcrops: int }, [
    ...[
      floats(8, 3, 2, 2),
      ints([2, 2]),
      ints([
        [1, 0],
        [0, 1],
      ]),
    ],
  ]),
];
