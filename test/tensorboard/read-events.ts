import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32c } from '../../grader/tensorboard/record.ts';

/** The fields of a message by number; messages within are bytes. */
type Fields = ReadonlyMap<number, readonly (Uint8Array | number)[]>;

interface ReadValue {
  readonly tag: string;
  readonly plugin: string;
  readonly pluginData: Uint8Array;
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

export interface ReadEvent {
  readonly seconds: number;
  readonly step: number;
  readonly version: string | null;
  readonly value: ReadValue | null;
  readonly graph: Uint8Array | null;
}

/** The events of the one event file in a folder. */
export function readRun(folder: string): readonly ReadEvent[] {
  const names = readdirSync(folder).filter((name) => name.includes('tfevents'));
  if (names.length !== 1) throw new Error(`${folder} has ${names.length} event files`);
  return readEvents(readFileSync(join(folder, names[0] ?? '')));
}

/** Throws where a checksum is wrong. */
export function readEvents(file: Buffer): readonly ReadEvent[] {
  const events: ReadEvent[] = [];
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    const data = file.subarray(at + 12, at + 12 + length);
    check(file.subarray(at, at + 8), file.readUInt32LE(at + 8));
    check(data, file.readUInt32LE(at + 12 + length));
    events.push(eventOf(data));
    at += length + 16;
  }
  return events;
}

function check(data: Uint8Array, masked: number): void {
  const rotated = (masked - 0xa282ead8) >>> 0;
  const crc = ((rotated >>> 17) | (rotated << 15)) >>> 0;
  if (crc !== crc32c(data)) throw new Error('wrong checksum');
}

export function fieldsOf(data: Uint8Array): Fields {
  const reader = new BinaryReader(data);
  const fields = new Map<number, (Uint8Array | number)[]>();
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    const values = fields.get(field) ?? [];
    fields.set(field, values);
    if (type === WireType.Bit64) values.push(reader.double());
    else if (type === WireType.LengthDelimited) values.push(reader.bytes());
    else values.push(Number(reader.int64()));
  }
  return fields;
}

export function bytesOf(fields: Fields, field: number): Uint8Array {
  const value = fields.get(field)?.[0];
  return value instanceof Uint8Array ? value : new Uint8Array();
}

export function textOf(fields: Fields, field: number): string {
  return Buffer.from(bytesOf(fields, field)).toString();
}

export function numberOf(fields: Fields, field: number): number {
  return Number(fields.get(field)?.[0] ?? 0);
}

/** The messages of a repeated field. */
export function messagesOf(fields: Fields, field: number): readonly Fields[] {
  return (fields.get(field) ?? []).map((bytes) => fieldsOf(bytes as Uint8Array));
}

function eventOf(data: Uint8Array): ReadEvent {
  const event = fieldsOf(data);
  const [summary] = messagesOf(event, 5);
  const [value] = summary ? messagesOf(summary, 1) : [];
  return {
    seconds: numberOf(event, 1),
    step: numberOf(event, 2),
    version: event.has(3) ? textOf(event, 3) : null,
    value: value ? valueOf(value) : null,
    graph: event.has(4) ? bytesOf(event, 4) : null,
  };
}

function valueOf(value: Fields): ReadValue {
  const plugin = fieldsOf(bytesOf(fieldsOf(bytesOf(value, 9)), 1));
  const tensor = fieldsOf(bytesOf(value, 8));
  return {
    tag: textOf(value, 1),
    plugin: textOf(plugin, 1),
    pluginData: bytesOf(plugin, 2),
    dtype: numberOf(tensor, 1),
    shape: messagesOf(fieldsOf(bytesOf(tensor, 2)), 2).map((size) => numberOf(size, 1)),
    bytes: bytesOf(tensor, 4),
  };
}

/** Scalars of a run: [tag, step, value]. */
export function scalarsOf(events: readonly ReadEvent[]): readonly [string, number, number][] {
  return events.flatMap(({ step, value }) =>
    value?.plugin === 'scalars'
      ? [[value.tag, step, Buffer.from(value.bytes).readFloatLE()] as [string, number, number]]
      : [],
  );
}
