import { sizeOf } from '../program/attributes.ts';
import { CompileRefusal } from '../trace/refusal.ts';
import {
  boolOf,
  input,
  intOf,
  typeOf,
  type OpFacts,
  type ShapedType,
  type ShapeRule,
} from './rule.ts';

/** Ops that move values: reshapes, slices, joins, gathers, reductions along axes. */
export const movementRules: Readonly<Record<string, ShapeRule>> = {
  ...Object.fromEntries(
    ['Sum', 'Mean', 'Max', 'Min', 'Prod', 'All', 'Any'].map((name) => [name, reduction]),
  ),
  ArgMax: argument,
  ArgMin: argument,
  Reshape: reshape,
  ExpandDims: expandDims,
  Transpose: (facts) => {
    const { shape, dtype } = input(facts, 0);
    return [{ shape: facts.constant(1).map((axis) => shape[axis] ?? 1), dtype }];
  },
  Fill: (facts) => [{ shape: facts.constant(0), dtype: input(facts, 1).dtype }],
  Slice: slice,
  StridedSlice: stridedSlice,
  Tile: (facts) => {
    const { shape, dtype } = input(facts, 0);
    const times = facts.constant(1);
    return [{ shape: shape.map((length, axis) => length * (times[axis] ?? 1)), dtype }];
  },
  ConcatV2: concat,
  Pack: (facts) => {
    const { shape, dtype } = input(facts, 0);
    const axis = positive(intOf(facts, 'axis'), shape.length + 1);
    return [{ shape: shape.toSpliced(axis, 0, facts.inputs.length), dtype }];
  },
  Unpack: (facts) => {
    const { shape, dtype } = input(facts, 0);
    const axis = positive(intOf(facts, 'axis'), shape.length);
    return Array<ShapedType>(intOf(facts, 'num')).fill({ shape: shape.toSpliced(axis, 1), dtype });
  },
  SplitV: splitV,
  PadV2: pad,
  MirrorPad: pad,
  GatherV2: gather,
  GatherNd: (facts) => {
    const [from, indices] = [input(facts, 0), input(facts, 1)];
    const depth = indices.shape.at(-1) ?? 0;
    const shape = [...indices.shape.slice(0, -1), ...from.shape.slice(depth)];
    return [{ shape, dtype: from.dtype }];
  },
  ScatterNd: (facts) => [{ shape: facts.constant(2), dtype: input(facts, 1).dtype }],
  UnsortedSegmentSum: (facts) => {
    const [data, segments] = [input(facts, 0), input(facts, 1)];
    const [count = 0] = facts.constant(2);
    return [{ shape: [count, ...data.shape.slice(segments.shape.length)], dtype: data.dtype }];
  },
  OneHot: (facts) => {
    const [depth = 0] = facts.constant(1);
    return [{ shape: [...input(facts, 0).shape, depth], dtype: input(facts, 2).dtype }];
  },
  TopKV2: (facts) => {
    const { shape, dtype } = input(facts, 0);
    const [count = 0] = facts.constant(1);
    const taken = shape.with(-1, count);
    return [
      { shape: taken, dtype },
      { shape: taken, dtype: 'int32' },
    ];
  },
  Range: (facts) => {
    const [start = 0, limit = 0, delta = 1] = [0, 1, 2].map((index) => facts.constant(index)[0]);
    const length = Math.max(0, Math.ceil((limit - start) / delta));
    return [{ shape: [length], dtype: input(facts, 0).dtype }];
  },
  SpaceToBatchND: spaceToBatch,
  BatchToSpaceND: batchToSpace,
};

function positive(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

function reduction(facts: OpFacts): ShapedType[] {
  const { shape, dtype } = input(facts, 0);
  const axes = new Set(facts.constant(1).map((axis) => positive(axis, shape.length)));
  const isKept = boolOf(facts, 'keep_dims');
  const reduced = isKept
    ? shape.map((length, axis) => (axes.has(axis) ? 1 : length))
    : shape.filter((_, axis) => !axes.has(axis));
  return [{ shape: reduced, dtype }];
}

function argument(facts: OpFacts): ShapedType[] {
  const { shape } = input(facts, 0);
  const axis = positive(facts.constant(1)[0] ?? 0, shape.length);
  return [{ shape: shape.toSpliced(axis, 1), dtype: typeOf(facts, 'output_type', 'int64') }];
}

function reshape(facts: OpFacts): ShapedType[] {
  const { shape, dtype } = input(facts, 0);
  const wanted = facts.constant(1);
  const known = sizeOf(wanted.filter((length) => length !== -1));
  return [
    { shape: wanted.map((length) => (length === -1 ? sizeOf(shape) / known : length)), dtype },
  ];
}

function expandDims(facts: OpFacts): ShapedType[] {
  const { shape, dtype } = input(facts, 0);
  const axis = positive(facts.constant(1)[0] ?? 0, shape.length + 1);
  return [{ shape: shape.toSpliced(axis, 0, 1), dtype }];
}

function slice(facts: OpFacts): ShapedType[] {
  const { shape, dtype } = input(facts, 0);
  const [begin, size] = [facts.constant(1), facts.constant(2)];
  const lengths = shape.map((length, axis) => {
    const wanted = size[axis] ?? -1;
    return wanted === -1 ? length - (begin[axis] ?? 0) : wanted;
  });
  return [{ shape: lengths, dtype }];
}

function stridedSlice(facts: OpFacts): ShapedType[] {
  if (intOf(facts, 'ellipsis_mask') !== 0 || intOf(facts, 'new_axis_mask') !== 0) {
    throw new CompileRefusal('StridedSlice with an ellipsis or a new axis has no shape rule');
  }
  const { shape, dtype } = input(facts, 0);
  const [begin, end, strides] = [facts.constant(1), facts.constant(2), facts.constant(3)];
  const masks = ['begin_mask', 'end_mask', 'shrink_axis_mask'].map((name) => intOf(facts, name));
  const [beginMask = 0, endMask = 0, shrinkMask = 0] = masks;
  const kept = shape.flatMap((length, axis) => {
    if (axis >= begin.length) return [length];
    if (shrinkMask & (1 << axis)) return [];
    const stride = strides[axis] ?? 1;
    const clamp = (at: number) => {
      const [low, high] = stride > 0 ? [0, length] : [-1, length - 1];
      return Math.min(Math.max(at < 0 ? at + length : at, low), high);
    };
    const first = beginMask & (1 << axis) ? (stride > 0 ? 0 : length - 1) : clamp(begin[axis] ?? 0);
    const last = endMask & (1 << axis) ? (stride > 0 ? length : -1) : clamp(end[axis] ?? 0);
    return [Math.max(0, Math.ceil((last - first) / stride))];
  });
  return [{ shape: kept, dtype }];
}

function concat(facts: OpFacts): ShapedType[] {
  const parts = facts.inputs.slice(0, -1);
  const { shape, dtype } = input(facts, 0);
  const axis = positive(facts.constant(parts.length)[0] ?? 0, shape.length);
  const total = parts.reduce((sum, part) => sum + (part.shape[axis] ?? 0), 0);
  return [{ shape: shape.with(axis, total), dtype }];
}

function splitV(facts: OpFacts): ShapedType[] {
  const { shape, dtype } = input(facts, 0);
  const axis = positive(facts.constant(2)[0] ?? 0, shape.length);
  const sizes = facts.constant(1);
  const known = sizes.reduce((sum, size) => sum + Math.max(size, 0), 0);
  const rest = (shape[axis] ?? 0) - known;
  return sizes.map((size) => ({ shape: shape.with(axis, size < 0 ? rest : size), dtype }));
}

function pad(facts: OpFacts): ShapedType[] {
  const { shape, dtype } = input(facts, 0);
  const paddings = facts.constant(1);
  const padded = shape.map(
    (length, axis) => length + (paddings[2 * axis] ?? 0) + (paddings[2 * axis + 1] ?? 0),
  );
  return [{ shape: padded, dtype }];
}

function gather(facts: OpFacts): ShapedType[] {
  const [from, indices] = [input(facts, 0), input(facts, 1)];
  const batchAxes = intOf(facts, 'batch_dims');
  const axis = positive(facts.constant(2)[0] ?? 0, from.shape.length);
  const taken = indices.shape.slice(batchAxes);
  return [
    {
      shape: [...from.shape.slice(0, axis), ...taken, ...from.shape.slice(axis + 1)],
      dtype: from.dtype,
    },
  ];
}

function spaceToBatch(facts: OpFacts): ShapedType[] {
  const { shape, dtype } = input(facts, 0);
  const [block, paddings] = [facts.constant(1), facts.constant(2)];
  const [batch = 1, ...rest] = shape;
  const lengths = rest.map((length, axis) => {
    const size = block[axis];
    if (size === undefined) return length;
    return (length + (paddings[2 * axis] ?? 0) + (paddings[2 * axis + 1] ?? 0)) / size;
  });
  return [{ shape: [batch * sizeOf(block), ...lengths], dtype }];
}

function batchToSpace(facts: OpFacts): ShapedType[] {
  const { shape, dtype } = input(facts, 0);
  const [block, crops] = [facts.constant(1), facts.constant(2)];
  const [batch = 1, ...rest] = shape;
  const lengths = rest.map((length, axis) => {
    const size = block[axis];
    if (size === undefined) return length;
    return length * size - (crops[2 * axis] ?? 0) - (crops[2 * axis + 1] ?? 0);
  });
  return [{ shape: [batch / sizeOf(block), ...lengths], dtype }];
}
