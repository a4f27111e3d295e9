import { Buffer } from 'node:buffer';

const marks = [
  'TREE',
  'SNOD',
  'HEAP',
  'GCOL',
  'OHDR',
  'PK\x01\x02',
  'PK\x03\x04',
  'PK\x05\x06',
  '"',
];
const sizes = [0, 1, 0x7f, 0x80, 0xff];
const wide = [0n, 1n, -1n, 0x7fffffffn, 0x80000000n, 1n << 40n, (1n << 63n) - 1n];

/** The kinds of damage to bytes, each `(bytes, random, other)` to new bytes. */
const kinds = {
  flip(bytes, { below, next }) {
    const changed = Buffer.from(bytes);
    // Structure lies mostly at the beginning; weights take the rest.
    const span = next() < 0.7 ? Math.min(bytes.length, 6000) : bytes.length;
    for (let count = 1 + below(12); count > 0; count--) changed[below(span)] = below(256);
    return changed;
  },
  bit(bytes, { below }) {
    const changed = Buffer.from(bytes);
    changed[below(bytes.length)] ^= 1 << below(8);
    return changed;
  },
  /** Damage right behind a signature, where counts, sizes and addresses are. */
  marked(bytes, { below, pick }) {
    const changed = Buffer.from(bytes);
    const places = placesOf(bytes, pick(marks));
    if (places.length === 0) return this.flip(bytes, { below, next: () => 0 });
    const at = pick(places) + below(64);
    if (at + 8 > changed.length) return changed;
    if (below(2)) changed[at] = pick(sizes);
    else changed.writeBigInt64LE(BigInt.asIntN(64, pick(wide)), at);
    return changed;
  },
  cut(bytes, { below }) {
    return bytes.subarray(0, below(bytes.length));
  },
  fill(bytes, { below, pick }) {
    const changed = Buffer.from(bytes);
    const start = below(bytes.length);
    return changed.fill(pick([0, 0xff]), start, Math.min(bytes.length, start + below(4000)));
  },
  repeat(bytes, { below }) {
    const start = below(bytes.length);
    const end = Math.min(bytes.length, start + below(2000));
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
  },
  remove(bytes, { below }) {
    const start = below(bytes.length);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 1 + below(64))]);
  },
  move(bytes, { below }) {
    const start = below(bytes.length);
    return Buffer.from(bytes).copyWithin(below(bytes.length), start, start + below(512));
  },
  /** The beginning of one file and the end of another. */
  splice(bytes, { below, next }, other) {
    const share = next();
    const head = bytes.subarray(0, Math.floor(share * bytes.length));
    return Buffer.concat([head, other.subarray(Math.floor(share * other.length) + below(64))]);
  },
  grow(bytes, { below }) {
    return Buffer.concat([bytes, Buffer.alloc(below(4096), below(256))]);
  },
};

export function mutateBytes(bytes, random, other) {
  if (bytes.length === 0) return bytes;
  return kinds[random.pick(Object.keys(kinds))](bytes, random, other);
}

function placesOf(bytes, mark) {
  const places = [];
  let at = bytes.indexOf(mark, 0, 'latin1');
  while (at >= 0 && places.length < 500) {
    places.push(at);
    at = bytes.indexOf(mark, at + 1, 'latin1');
  }
  return places;
}
