import { Buffer } from 'node:buffer';
import { inflateRawSync } from 'node:zlib';
import { zip } from '../hostile/write/zip.js';
import { mutateBytes } from './mutate-bytes.js';
import { mutateJson } from './mutate-json.js';

/**
 * One mutation of a model file; `other` is another file of the format. Half of them are damage to
 * bytes, the others keep the container whole and change what is in it.
 */
export function mutateFile({ format, bytes, other }, random) {
  if (random.below(2) === 0) return mutateBytes(bytes, random, other);
  try {
    return inside[format](bytes, random, other);
  } catch {
    // A fixture without JSON in it, for one: then there are only its bytes.
    return mutateBytes(bytes, random, other);
  }
}

const inside = {
  'keras-hdf5': mutateConfigInHdf5,
  'keras-zip': mutateZip,
  'keras-json': (bytes, random) => Buffer.from(mutateJson(bytes.toString('utf8'), random)),
  'tfjs-layers': (bytes, random) => Buffer.from(mutateJson(bytes.toString('utf8'), random)),
};

/**
 * Replaces the JSON of an attribute by other JSON of the same length: Python writes spaces where
 * JavaScript writes none, so there is room.
 */
function mutateConfigInHdf5(bytes, random) {
  const { start, text } = random.pick(jsonTexts(bytes));
  const written = Buffer.from(mutateJson(text, random));
  const room = Buffer.byteLength(text);
  if (written.length > room) return mutateBytes(bytes, random, bytes);
  const changed = Buffer.from(bytes);
  changed.fill(' ', start, start + room);
  written.copy(changed, start);
  return changed;
}

function jsonTexts(bytes) {
  const found = [];
  let at = bytes.indexOf('{"');
  while (at >= 0) {
    const text = jsonAt(bytes, at);
    if (text !== null) found.push({ start: at, text });
    at = bytes.indexOf('{"', at + (text?.length ?? 1));
  }
  if (found.length === 0) throw new Error('no JSON');
  return found;
}

function jsonAt(bytes, start) {
  const end = bytes.indexOf(0, start);
  for (
    let close = bytes.lastIndexOf('}', end < 0 ? undefined : end);
    close > start;
    close = bytes.lastIndexOf('}', close - 1)
  ) {
    const text = bytes.toString('utf8', start, close + 1);
    try {
      JSON.parse(text);
      return text;
    } catch {
      if (end - close > 8) return null;
    }
  }
  return null;
}

function mutateZip(bytes, random, other) {
  const entries = readEntries(bytes);
  const kind = random.below(10);
  if (kind < 5) return zip(entries.map((entry) => mutateEntry(entry, random, other)));
  const chosen = random.pick(entries);
  if (kind === 5) return zip(entries.filter((entry) => entry !== chosen));
  if (kind === 6) return zip([...entries, chosen]);
  if (kind === 7)
    return zip(
      entries.map((entry) => (entry === chosen ? { ...entry, name: random.pick(names) } : entry)),
    );
  const lie = {
    [random.pick(['crc', 'size', 'compressedSize', 'method', 'flags', 'attributes'])]: random.below(
      2 ** 32,
    ),
  };
  if ('method' in lie || 'flags' in lie) for (const key of Object.keys(lie)) lie[key] &= 0xffff;
  return zip(entries.map((entry) => (entry === chosen ? { ...entry, ...lie } : entry)));
}

const names = [
  '../config.json',
  '/config.json',
  'config.json',
  'model.weights.h5',
  'assets/x',
  'x\\y',
  '',
];

function mutateEntry(entry, random, other) {
  const packed = { ...entry, method: random.pick([0, 8]) };
  if (entry.name.endsWith('.json')) {
    return random.below(2)
      ? { ...packed, data: mutateJson(entry.data.toString('utf8'), random) }
      : packed;
  }
  return random.below(4) === 0
    ? { ...packed, data: mutateBytes(entry.data, random, other) }
    : packed;
}

/** The entries of a sound archive, by its directory. */
export function readEntries(bytes) {
  const end = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = bytes.readUInt32LE(end + 16);
  return Array.from({ length: bytes.readUInt16LE(end + 10) }, () => {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) =>
      bytes.readUInt16LE(at + offset),
    );
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const stored = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    const data = bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(stored) : stored;
    at += 46 + nameLength + extra + comment;
    return { name, data };
  });
}
