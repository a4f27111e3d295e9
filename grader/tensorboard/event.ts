import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { encodeGraph, encodeShape } from '../engine/compiled/graph/encode.ts';
import type { Node } from '../engine/compiled/graph/graph-builder.ts';
import { message, text } from '../engine/compiled/graph/wire.ts';
import { encodeHparams, type SessionEnd, type SessionStart } from './hparams.ts';

/** What an event file can say. */
export type Content =
  | { readonly kind: 'version' }
  /** Values of this step and later ones, written before, do not count. */
  | { readonly kind: 'restart' }
  | { readonly kind: 'graph'; readonly nodes: readonly Node[] }
  | { readonly kind: 'scalar'; readonly tag: string; readonly value: number }
  /** Rows of [left edge, right edge, count]. */
  | { readonly kind: 'histogram'; readonly tag: string; readonly rows: Float64Array }
  | SessionStart
  | SessionEnd;

/** TensorFlow's enum values (tensorflow/core/framework/types.proto). */
const float32 = 1;
const float64 = 2;

interface Value {
  readonly tag: string;
  readonly plugin: string;
  /** Of the plugin; empty where its message has defaults alone. */
  readonly data: Uint8Array;
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/**
 * A tensorflow.Event. Field numbers are those of event.proto, summary.proto and tensor.proto.
 * @param seconds since 1970
 */
export function encodeEvent(content: Content, step: number, seconds: number): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Bit64).double(seconds);
  if (step > 0) writer.tag(2, WireType.Varint).int64(step);
  if (content.kind === 'version') text(writer, 3, 'brain.Event:2');
  else if (content.kind === 'restart')
    message(writer, 7, () => writer.tag(1, WireType.Varint).int32(1));
  else if (content.kind === 'graph') message(writer, 4, () => encodeGraph(writer, content.nodes));
  else message(writer, 5, () => message(writer, 1, () => encodeValue(writer, valueOf(content))));
  return writer.finish();
}

type Summarized = Exclude<Content, { readonly kind: 'version' | 'restart' | 'graph' }>;

function valueOf(content: Summarized): Value {
  const none = new Uint8Array();
  if (content.kind === 'scalar') {
    const bytes = new Uint8Array(Float32Array.of(content.value).buffer);
    const tensor = { dtype: float32, shape: [], bytes };
    return { tag: content.tag, plugin: 'scalars', data: none, ...tensor };
  }
  if (content.kind === 'histogram') {
    const { tag, rows } = content;
    const bytes = new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength);
    const tensor = { dtype: float64, shape: [rows.length / 3, 3], bytes };
    return { tag, plugin: 'histograms', data: none, ...tensor };
  }
  const tag = content.kind === 'start' ? 'session_start_info' : 'session_end_info';
  // The plugin reads its data alone; an empty tensor is what it writes beside them.
  const tensor = { dtype: float32, shape: [0], bytes: none };
  const data = encodeHparams(content);
  return { tag: `_hparams_/${tag}`, plugin: 'hparams', data, ...tensor };
}

function encodeValue(writer: BinaryWriter, value: Value): void {
  text(writer, 1, value.tag);
  message(writer, 9, () => {
    message(writer, 1, () => {
      text(writer, 1, value.plugin);
      if (value.data.length > 0) writer.tag(2, WireType.LengthDelimited).bytes(value.data);
    });
  });
  message(writer, 8, () => {
    writer.tag(1, WireType.Varint).int32(value.dtype);
    message(writer, 2, () => encodeShape(writer, value.shape));
    if (value.bytes.length > 0) writer.tag(4, WireType.LengthDelimited).bytes(value.bytes);
  });
}
