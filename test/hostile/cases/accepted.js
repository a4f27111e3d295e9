import { Buffer } from 'node:buffer';
import { deflateSync } from 'node:zlib';
import {
  floats,
  kernel,
  kerasHdf5,
  kerasThree,
  kerasTwo,
  kerasZip,
  tfjs,
  withKernel,
} from '../model.js';
import { filters } from '../write/hdf5.js';
import * as types from '../write/hdf5-types.js';

const shuffled = Buffer.from(
  [0, 1, 2, 3].flatMap((byte) => [0, 4, 8, 12].map((at) => floats(...kernel)[at + byte])),
);

const chunkedKernel =
  (bytes, ...list) =>
  (file) =>
    file.dataset({
      shape: [4, 1],
      layout: file.chunked({ chunk: [4, 1], bytes }),
      more: list.length ? [filters(...list)] : [],
    });

const stored = (type, bytes) => (file) => file.dataset({ shape: [4, 1], type, bytes });

/** Odd files that are in order: refusing one of them is as wrong as taking a hostile one. */
export const accepted = {
  'plain.h5': { bytes: () => kerasHdf5(), why: 'the model that all others are made from' },
  'plain.keras': { bytes: () => kerasZip(), why: 'the same as .keras' },
  'plain.json': { bytes: () => JSON.stringify(kerasTwo()), why: 'its architecture' },
  'plain-keras-3.json': {
    bytes: () => JSON.stringify(kerasThree()),
    why: 'its architecture by Keras 3',
  },
  'plain-tfjs': { folder: () => tfjs(), why: 'the same as TF.js' },
  'hdf5-named.keras': { bytes: () => kerasHdf5(), why: 'HDF5 under the name of a zip' },
  'zip-named.h5': { bytes: () => kerasZip(), why: 'a zip under the name of HDF5' },
  'json-with-mark.json': {
    bytes: () => `\ufeff\n ${JSON.stringify(kerasTwo())}\n`,
    why: 'JSON behind a byte order mark',
  },
  'deflated.keras': {
    bytes: () => kerasZip({}, (entries) => entries.map((entry) => ({ ...entry, method: 8 }))),
    why: 'deflated entries (repacked)',
  },
  'user-block.h5': {
    bytes: () => kerasHdf5({ userBlock: Buffer.alloc(512, 'u') }),
    why: 'HDF5 behind a user block of 512 bytes',
  },
  'float16.h5': {
    bytes: () => withKernel(stored(types.float16, Buffer.from('003800bc00400034', 'hex'))),
    why: 'float16 weights (mixed precision)',
  },
  'float64.h5': {
    bytes: () => withKernel(stored(types.float64, Buffer.from(Float64Array.from(kernel).buffer))),
    why: 'float64 weights',
  },
  'big-endian.h5': {
    bytes: () => withKernel(stored(types.bigEndianFloat32, floats(...kernel).swap32())),
    why: 'big-endian weights',
  },
  'chunked.h5': {
    bytes: () => withKernel(chunkedKernel(floats(...kernel))),
    why: 'chunked weights',
  },
  'gzip.h5': {
    bytes: () => withKernel(chunkedKernel(deflateSync(floats(...kernel)), [1, 4])),
    why: 'gzipped weights',
  },
  'gzip-shuffle.h5': {
    bytes: () => withKernel(chunkedKernel(deflateSync(shuffled), [2, 4], [1, 4])),
    why: 'shuffled and gzipped weights',
  },
  'long-config.h5': {
    bytes: () => kerasHdf5({ config: `${JSON.stringify(kerasTwo())}${' '.repeat(100_000)}` }),
    why: 'a configuration too long for an attribute of its own',
  },
  'int-weights.h5': {
    bytes: () => withKernel(stored(types.int32, Buffer.from(Int32Array.of(1, -2, 3, 4).buffer))),
    why: 'whole numbers as weights',
  },
  'input-only.json': {
    bytes: () => JSON.stringify(kerasTwo({}, kerasTwo().config.layers.slice(0, 1))),
    why: 'an input and no layer, which Keras builds too',
  },
  'name-number.json': {
    bytes: () => JSON.stringify(kerasTwo({ name: 7 })),
    why: 'a name that is a number',
  },
  'latin-1.json': {
    bytes: () => Buffer.from(JSON.stringify(kerasTwo({ name: 'd\u00e9nse' })), 'latin1'),
    why: 'a name in another encoding than UTF-8',
  },
  'tfjs-without-weights': {
    folder: () => tfjs({ manifest: [{ paths: ['group1-shard1of1.bin'], weights: [] }] }),
    why: 'a TF.js model that lists no weights: its architecture',
  },
};
