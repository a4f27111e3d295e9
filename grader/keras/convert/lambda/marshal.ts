/** A value that Python's `marshal` stored, as far as the code of a small lambda has such values. */
export type MarshalValue =
  | { readonly type: 'int' | 'float'; readonly value: number }
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'bytes'; readonly value: Uint8Array }
  | { readonly type: 'tuple'; readonly items: readonly MarshalValue[] }
  | { readonly type: 'none' | 'boolean' };

export interface Marshal {
  /** The letter of the type of an object whose fields the caller then reads one by one. */
  enter(): string;
  /** Signed, four bytes. */
  integer(): number;
  value(): MarshalValue;
  atEnd(): boolean;
}

/**
 * Reads values one by one from Python's marshal format, versions 3 and 4 (the layout is that of
 * CPython's Python/marshal.c). Throws a `RangeError` at whatever is damaged, too deep or of a type
 * that such a lambda has no use for: the caller makes nothing of the reason.
 */
export function openMarshal(bytes: Uint8Array): Marshal {
  const cursor = openBytes(bytes);
  const { integer, part } = cursor;
  /** What later references mean by their number; null while the value is still being read. */
  const references: (MarshalValue | null)[] = [];

  function open(): { letter: string; slot: number | null } {
    const tag = cursor.byte();
    const slot = tag & isReferred ? references.push(null) - 1 : null;
    return { letter: String.fromCharCode(tag & ~isReferred), slot };
  }

  function value(depth = 0): MarshalValue {
    if (depth > deepest) throw new RangeError('depth');
    const { letter, slot } = open();
    const read = letter === 'r' ? referred(integer()) : valueOf(letter, depth);
    if (slot !== null) references[slot] = read;
    return read;
  }

  function referred(index: number): MarshalValue {
    const found = references[index];
    if (!found) throw new RangeError('reference');
    return found;
  }

  function valueOf(letter: string, depth: number): MarshalValue {
    if (letter === 'N') return { type: 'none' };
    if (letter === 'T' || letter === 'F') return { type: 'boolean' };
    if (letter === 'i') return { type: 'int', value: integer() };
    if (letter === 'l') return { type: 'int', value: long(cursor, integer()) };
    if (letter === 'g') return { type: 'float', value: cursor.double() };
    if (letter === 's') return { type: 'bytes', value: part(integer()) };
    if ('utaA'.includes(letter)) return text(part(integer()));
    if (letter === 'z' || letter === 'Z') return text(part(cursor.byte()));
    if (letter === ')') return tuple(cursor.byte(), depth);
    if (letter === '(') return tuple(integer(), depth);
    throw new RangeError('type');
  }

  function tuple(count: number, depth: number): MarshalValue {
    // Each item takes a byte at least, so no count can ask for more than the input has.
    if (count < 0 || count > cursor.left()) throw new RangeError('count');
    return { type: 'tuple', items: Array.from({ length: count }, () => value(depth + 1)) };
  }

  return { enter: () => open().letter, integer, value, atEnd: () => cursor.left() === 0 };
}

type Cursor = ReturnType<typeof openBytes>;

function openBytes(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = 0;
  function take(count: number): number {
    const start = position;
    if (count < 0 || count > bytes.length - start) throw new RangeError('truncated');
    position += count;
    return start;
  }
  function part(count: number): Uint8Array {
    const start = take(count);
    return bytes.subarray(start, start + count);
  }
  return {
    left: () => bytes.length - position,
    part,
    byte: () => view.getUint8(take(1)),
    digit: () => view.getUint16(take(2), true),
    integer: () => view.getInt32(take(4), true),
    double: () => view.getFloat64(take(8), true),
  };
}

function long(cursor: Cursor, count: number): number {
  if (Math.abs(count) > mostLongDigits) throw new RangeError('long');
  let magnitude = 0;
  for (let index = 0; index < Math.abs(count); index++) {
    magnitude += cursor.digit() * 2 ** (15 * index);
  }
  return Math.sign(count) * magnitude;
}

function text(bytes: Uint8Array): MarshalValue {
  return { type: 'text', value: Buffer.from(bytes).toString('utf8') };
}

const isReferred = 0x80;
const deepest = 4;
/** Of 15 bits each: 60 bits. */
const mostLongDigits = 4;
