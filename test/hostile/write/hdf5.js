import { Buffer } from 'node:buffer';
import { float32, integer, text, variableText } from './hdf5-types.js';

const nowhere = Buffer.alloc(8, 0xff);
/** Stands for the address of the root group until that is known. */
export const toRoot = 0x726f6f742d726f6fn;

/**
 * Writes HDF5 files by their bytes (superblock 0, object headers 1, groups of link messages), so
 * that they can lie wherever a test wants them to. Numbers are those of the HDF5 File Format
 * Specification 3.0.
 */
export class Hdf5 {
  #parts = [];
  #size = superblockBytes;

  /** Adds bytes; answers their address. */
  add(bytes) {
    const address = this.#size;
    const padded = pad(bytes);
    this.#parts.push(padded);
    this.#size += padded.length;
    return address;
  }

  /** An object of messages: `[type, body]` each. */
  object(messages) {
    const bodies = messages.map(([number, body, flags = 0]) => {
      const padded = pad(body);
      const head = [integer(number, 2), integer(padded.length, 2), Buffer.from([flags, 0, 0, 0])];
      return Buffer.concat([...head, padded]);
    });
    const body = Buffer.concat(bodies);
    const head = [Buffer.from([1, 0]), integer(messages.length, 2), integer(1, 4)];
    return this.add(Buffer.concat([...head, integer(body.length, 4), Buffer.alloc(4), body]));
  }

  /** Links are addresses, or what `softLink`, `externalLink` and `userLink` answer. */
  group(links = {}, attributes = {}) {
    return this.object([
      [0x02, Buffer.concat([Buffer.from([0, 0]), nowhere, nowhere])],
      [0x0a, Buffer.from([0, 0])],
      ...Object.entries(links).map(([name, target]) => [0x06, link(name, target)]),
      ...this.attributes(attributes),
    ]);
  }

  attributes(attributes) {
    return Object.entries(attributes).map(([name, value]) => [0x0c, this.#attribute(name, value)]);
  }

  #attribute(name, value) {
    const { type, shape, bytes } = this.#attributeValue(value);
    const title = Buffer.from(`${name}\0`);
    const space = dataspace(shape);
    const sizes = [title, type, space].map((part) => integer(part.length, 2));
    return Buffer.concat([Buffer.from([1, 0]), ...sizes, pad(title), pad(type), pad(space), bytes]);
  }

  #attributeValue(value) {
    if (typeof value === 'string' && value.length > 30_000) return this.#heapText(value);
    if (typeof value === 'string') {
      const bytes = Buffer.from(value);
      return {
        type: text(Math.max(1, bytes.length)),
        shape: [],
        bytes: bytes.length ? bytes : Buffer.alloc(1),
      };
    }
    if (!Array.isArray(value)) return value;
    const length = Math.max(1, ...value.map((item) => Buffer.byteLength(item)));
    const bytes = value.map((item) => Buffer.concat([Buffer.from(item)], length));
    return { type: text(length), shape: [value.length], bytes: Buffer.concat(bytes) };
  }

  #heapText(value) {
    const { bytes, address } = this.heap(Buffer.from(value));
    const place = Buffer.concat([integer(bytes, 4), integer(address, 8), integer(1, 4)]);
    return { type: variableText, shape: [], bytes: place };
  }

  /** A global heap of one object, whose index is 1. */
  heap(bytes) {
    const entry = Buffer.concat([
      integer(1, 2),
      integer(1, 2),
      Buffer.alloc(4),
      integer(bytes.length, 8),
      pad(bytes),
    ]);
    const size = Math.max(4096, 16 + entry.length + 16);
    const head = [Buffer.from('GCOL'), Buffer.from([1, 0, 0, 0]), integer(size, 8), entry];
    const free = size - 16 - entry.length;
    const rest = Buffer.concat([Buffer.alloc(8), integer(free, 8)], free);
    return { bytes: bytes.length, address: this.add(Buffer.concat([...head, rest])) };
  }

  /** `layout` is a body of the data layout message; contiguous `bytes` where there is none. */
  dataset({ shape, type = float32, bytes, layout, more = [] }) {
    return this.object([
      [0x01, dataspace(shape)],
      [0x03, type],
      [0x05, Buffer.from([2, 2, 2, 0])],
      [0x08, layout ?? this.contiguous(bytes)],
      ...more,
    ]);
  }

  contiguous(bytes) {
    return contiguousAt(this.add(bytes), bytes.length);
  }

  /** One chunk that may be anything; the node of the tree has the size the library expects. */
  chunked({ chunk, elementBytes = 4, bytes, offsets }) {
    const key = (size, at) =>
      Buffer.concat([
        integer(size, 4),
        integer(0, 4),
        ...at.map((o) => integer(o, 8)),
        integer(0, 8),
      ]);
    const first = offsets ?? chunk.map(() => 0);
    const head = [Buffer.from('TREE'), Buffer.from([1, 0]), integer(1, 2), nowhere, nowhere];
    const entries = [key(bytes.length, first), integer(this.add(bytes), 8), key(0, chunk)];
    const size = 24 + 65 * key(0, chunk).length + 64 * 8;
    const tree = this.add(Buffer.concat([...head, ...entries], size));
    return chunkedAt(tree, [...chunk, elementBytes]);
  }

  /** The bytes of a file whose root group is at the address, behind a user block. */
  finish(root, userBlock = Buffer.alloc(0)) {
    const body = Buffer.concat([superblock(root, this.#size), ...this.#parts]);
    for (
      let at = body.indexOf(integer(toRoot, 8));
      at >= 0;
      at = body.indexOf(integer(toRoot, 8))
    ) {
      integer(root, 8).copy(body, at);
    }
    // Addresses count from the superblock, whose own place in the file is its base address.
    integer(userBlock.length, 8).copy(body, 24);
    integer(userBlock.length + this.#size, 8).copy(body, 40);
    return Buffer.concat([userBlock, body]);
  }
}

export const softLink = (path) => ({ kind: 1, info: Buffer.from(path) });
export const externalLink = (file, path) => ({
  kind: 64,
  info: Buffer.from(`\0${file}\0${path}\0`),
});
export const userLink = (kind, text) => ({ kind, info: Buffer.from(text) });

export function dataspace(shape) {
  const dimensions = shape.map((size) => integer(size, 8));
  return Buffer.concat([Buffer.from([1, shape.length, 0, 0, 0, 0, 0, 0]), ...dimensions]);
}

export const contiguousAt = (address, bytes) =>
  Buffer.concat([Buffer.from([3, 1]), integer(address, 8), integer(bytes, 8)]);

/** `sizes` are those of a chunk and, last, of an element in bytes. */
export const chunkedAt = (tree, sizes) =>
  Buffer.concat([
    Buffer.from([3, 2, sizes.length]),
    integer(tree, 8),
    ...sizes.map((size) => integer(size, 4)),
  ]);

/** A filter pipeline message: `[id, ...client values]` each. */
export function filters(...list) {
  const bodies = list.map(([id, ...values]) => {
    const clients = values.length % 2 ? [...values, 0] : values;
    const counts = [integer(0, 2), integer(0, 2), integer(values.length, 2)];
    return Buffer.concat([integer(id, 2), ...counts, ...clients.map((value) => integer(value, 4))]);
  });
  return [0x0b, Buffer.concat([Buffer.from([1, list.length, 0, 0, 0, 0, 0, 0]), ...bodies])];
}

function link(name, target) {
  const title = Buffer.from(name);
  const address = typeof target === 'number' || typeof target === 'bigint';
  // Flags: two bytes for the length of the name, the kind of link is given, so is the character set.
  const head = [
    Buffer.from([1, 0x19, address ? 0 : target.kind, 1]),
    integer(title.length, 2),
    title,
  ];
  if (address) return Buffer.concat([...head, integer(target, 8)]);
  return Buffer.concat([...head, integer(target.info.length, 2), target.info]);
}

const superblockBytes = 96;

function superblock(root, end) {
  const versions = Buffer.from([0, 0, 0, 0, 0, 8, 8, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]),
    versions,
    ...[integer(4, 2), integer(16, 2), integer(0, 4)],
    ...[integer(0, 8), nowhere, integer(end, 8), nowhere],
    ...[integer(0, 8), integer(root, 8), Buffer.alloc(24)],
  ]);
}

function pad(bytes) {
  return Buffer.concat([bytes], Math.ceil(bytes.length / 8) * 8);
}
