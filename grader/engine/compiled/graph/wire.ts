import { WireType, type BinaryWriter } from '@bufbuild/protobuf/wire';

/** A field that is a message of its own, written by `content`. */
export function message(writer: BinaryWriter, field: number, content: () => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  content();
  writer.join();
}

export function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}
