import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { typeNumbers, type AttributeValue, type TensorLiteral } from '../program/attributes.ts';
import type { Node } from './graph-builder.ts';
import { message, text } from './wire.ts';

/** GraphDef version of TensorFlow 2.9 to 2.21; older consumers than 12 are not meant. */
const producer = 1882;
const minConsumer = 12;

/**
 * A SavedModel of one graph, which is what TF.js's binding can load. Field numbers are those of
 * saved_model.proto, meta_graph.proto, graph.proto, node_def.proto, attr_value.proto, tensor.proto.
 */
export function encodeSavedModel(nodes: readonly Node[]): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int64(1);
  message(writer, 2, () => {
    message(writer, 1, () => text(writer, 4, 'serve'));
    message(writer, 2, () => encodeGraph(writer, nodes));
  });
  return writer.finish();
}

/** The fields of a GraphDef. */
export function encodeGraph(writer: BinaryWriter, nodes: readonly Node[]): void {
  for (const node of nodes) message(writer, 1, () => encodeNode(writer, node));
  message(writer, 4, () => {
    writer.tag(1, WireType.Varint).int32(producer);
    writer.tag(2, WireType.Varint).int32(minConsumer);
  });
}

function encodeNode(writer: BinaryWriter, { name, op, inputs, attributes }: Node): void {
  text(writer, 1, name);
  text(writer, 2, op);
  for (const input of inputs) text(writer, 3, input);
  for (const [key, value] of Object.entries(attributes)) {
    message(writer, 5, () => {
      text(writer, 1, key);
      message(writer, 2, () => encodeAttribute(writer, value));
    });
  }
}

function encodeAttribute(writer: BinaryWriter, value: AttributeValue): void {
  if ('string' in value) text(writer, 2, value.string);
  else if ('int' in value) writer.tag(3, WireType.Varint).int64(value.int);
  else if ('float' in value) writer.tag(4, WireType.Bit32).float(value.float);
  else if ('bool' in value) writer.tag(5, WireType.Varint).bool(value.bool);
  else if ('type' in value) writer.tag(6, WireType.Varint).int32(typeNumbers[value.type]);
  else if ('shape' in value) message(writer, 7, () => encodeShape(writer, value.shape));
  else if ('tensor' in value) message(writer, 8, () => encodeTensor(writer, value.tensor));
  else message(writer, 1, () => encodeList(writer, value));
}

function encodeList(
  writer: BinaryWriter,
  value: Extract<AttributeValue, { ints: unknown } | { types: unknown }>,
): void {
  if ('ints' in value) for (const int of value.ints) writer.tag(3, WireType.Varint).int64(int);
  else for (const type of value.types) writer.tag(6, WireType.Varint).int32(typeNumbers[type]);
}

export function encodeShape(writer: BinaryWriter, shape: readonly number[]): void {
  for (const length of shape) {
    message(writer, 2, () => writer.tag(1, WireType.Varint).int64(length));
  }
}

function encodeTensor(writer: BinaryWriter, { dtype, shape, bytes }: TensorLiteral): void {
  writer.tag(1, WireType.Varint).int32(typeNumbers[dtype]);
  message(writer, 2, () => encodeShape(writer, shape));
  writer.tag(4, WireType.LengthDelimited).bytes(bytes);
}
