import type { Value } from '../program/program.ts';
import { typed, type GraphBuilder } from './graph-builder.ts';

type ElementType = Pick<Value, 'dtype' | 'shape'>;

/** An array of tensors that a loop writes one by one: its handle, and what orders the writes. */
interface TensorArray {
  readonly type: ElementType;
  readonly handle: string;
  readonly flow: string;
}

export function tensorArray(graph: GraphBuilder, size: string, type: ElementType): TensorArray {
  const handle = graph.add({
    op: 'TensorArrayV3',
    inputs: [size],
    attributes: {
      dtype: { type: type.dtype },
      element_shape: { shape: type.shape },
      dynamic_size: { bool: false },
      clear_after_read: { bool: true },
      identical_element_shapes: { bool: true },
      tensor_array_name: { string: '' },
    },
  });
  return { type, handle, flow: `${handle}:1` };
}

/** Sets one element; answers the flow after the write. */
export function writeElement(
  graph: GraphBuilder,
  { type, handle, flow }: TensorArray,
  element: { at: string; value: string },
): string {
  return graph.add({
    op: 'TensorArrayWriteV3',
    inputs: [handle, element.at, element.value, flow],
    attributes: typed(type.dtype),
  });
}

/** The first elements, stacked along a new first axis. */
export function stackElements(
  graph: GraphBuilder,
  { type, handle, flow }: TensorArray,
  range: { from: string; to: string; by: string },
): string {
  const indices = graph.add({
    op: 'Range',
    inputs: [range.from, range.to, range.by],
    attributes: { Tidx: { type: 'int32' } },
  });
  return graph.add({
    op: 'TensorArrayGatherV3',
    inputs: [handle, indices, flow],
    attributes: { dtype: { type: type.dtype }, element_shape: { shape: type.shape } },
  });
}
