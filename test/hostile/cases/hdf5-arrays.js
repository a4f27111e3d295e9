import { Buffer } from 'node:buffer';
import { deflateSync } from 'node:zlib';
import { floats, kernel, kerasHdf5, withKernel } from '../model.js';
import { chunkedAt, contiguousAt, filters } from '../write/hdf5.js';
import * as types from '../write/hdf5-types.js';

const { integer } = types;

/** A kernel with that datatype and as many bytes as it takes. */
const typed = (type, elementBytes) => () =>
  withKernel((file) =>
    file.dataset({ shape: [4, 1], type, bytes: Buffer.alloc(4 * elementBytes) }),
  );

/** A chunked kernel behind filters. */
const filtered =
  (...list) =>
  () =>
    withKernel((file) =>
      file.dataset({
        shape: [4, 1],
        layout: file.chunked({ chunk: [4, 1], bytes: floats(...kernel) }),
        more: [filters(...list)],
      }),
    );

const shaped =
  (...shape) =>
  () =>
    withKernel((file) =>
      file.dataset({
        shape,
        layout: file.chunked({ chunk: shape.map(() => 1), bytes: floats(1) }),
      }),
    );

const valued =
  (...values) =>
  () =>
    withKernel((file) => file.dataset({ shape: [4, 1], bytes: floats(...values) }));

const dense = (units, inputs) => ({ config: configOf(units, inputs) });

function configOf(units, inputs) {
  const layers = [
    { class_name: 'InputLayer', config: { batch_input_shape: [null, inputs], name: 'i' } },
    { class_name: 'Dense', config: { name: 'dense', units, activation: 'linear' } },
  ];
  return { class_name: 'Sequential', config: { name: 'sequential', layers } };
}

/** Zeros that were declared as one chunk of that many bytes and deflate to a thousandth. */
function bomb(megabytes) {
  const count = megabytes * 262_144;
  return withKernel(
    (file) =>
      file.dataset({
        shape: [count, 1],
        layout: file.chunked({
          chunk: [count, 1],
          bytes: deflateSync(Buffer.alloc(megabytes * 1_048_576)),
        }),
        more: [filters([1, 6])],
      }),
    dense(1, count),
  );
}

/** HDF5 files whose arrays lie, are too large, or are stored as the reader will not read. */
export const hdf5Arrays = {
  'compound-weights.h5': {
    bytes: typed(types.complex, 8),
    code: 'candidate hdf5-datatype',
    why: 'a compound type as weights',
  },
  'variable-weights.h5': {
    bytes: typed(types.variableFloats, 16),
    code: 'candidate hdf5-datatype',
    why: 'arrays of variable length as weights',
  },
  'reference-weights.h5': {
    bytes: typed(types.objectReference, 8),
    code: 'candidate hdf5-datatype',
    why: 'references as weights',
  },
  'opaque-weights.h5': {
    bytes: typed(types.opaque, 4),
    code: 'candidate hdf5-datatype',
    why: 'opaque bytes as weights',
  },
  'lzf.h5': {
    bytes: filtered([32000]),
    code: 'candidate hdf5-filter',
    why: 'the LZF filter of h5py',
  },
  'szip.h5': {
    bytes: filtered([4, 141, 4, 4, 4]),
    code: 'candidate hdf5-filter',
    why: 'the szip filter',
  },
  'scale-offset.h5': {
    bytes: filtered([6, 0, 2]),
    code: 'candidate hdf5-filter',
    why: 'the scale-offset filter, which loses digits',
  },
  'nbit.h5': { bytes: filtered([5, 0, 0]), code: 'candidate hdf5-filter', why: 'the n-bit filter' },
  'fletcher.h5': {
    bytes: filtered([3]),
    code: 'candidate hdf5-filter',
    why: 'a checksum filter whose sum is wrong',
  },
  'blosc.h5': {
    bytes: filtered([32001, 2, 2, 4, 16]),
    code: 'candidate hdf5-filter',
    why: 'a filter of somebody else',
  },
  'filters-32.h5': {
    bytes: filtered(...Array(32).fill([1, 9])),
    code: 'candidate hdf5-filter',
    why: '32 filters one after the other',
  },
  'filter-optional-lie.h5': {
    bytes: filtered([1, 6]),
    code: 'candidate model-file-damaged',
    why: 'bytes that are said to be gzipped and are not',
  },
  'shape-2-40.h5': {
    bytes: shaped(2 ** 40),
    code: 'limit weights-too-large',
    why: 'a declared shape of 2^40',
  },
  'shape-2-40-square.h5': {
    bytes: shaped(2 ** 40, 2 ** 40),
    code: 'limit too-large-to-count',
    why: 'a declared shape of 2^80',
  },
  'shape-31-axes.h5': {
    bytes: shaped(...Array(31).fill(1)),
    code: 'limit weights-too-large',
    why: '31 axes',
  },
  'shape-0.h5': {
    bytes: shaped(0),
    code: 'candidate weights-do-not-fit',
    why: 'an axis of no length',
  },
  'contiguous-too-short.h5': {
    bytes: () =>
      withKernel((file) =>
        file.dataset({ shape: [1000, 1], layout: contiguousAt(file.add(floats(1)), 4) }),
      ),
    code: 'candidate model-file-damaged',
    why: 'fewer bytes than the shape needs',
  },
  'contiguous-beyond.h5': {
    bytes: () =>
      withKernel((file) => file.dataset({ shape: [4, 1], layout: contiguousAt(2 ** 41, 16) })),
    code: 'candidate model-file-damaged',
    why: 'bytes outside of the file',
  },
  'chunk-huge.h5': {
    bytes: () =>
      withKernel((file) =>
        file.dataset({
          shape: [4, 1],
          layout: file.chunked({ chunk: [0x3fff_ffff, 1], bytes: floats(...kernel) }),
        }),
      ),
    code: 'limit hdf5-chunk',
    why: 'chunks of 4 GB for an array of 16 bytes',
  },
  'chunk-tree-beyond.h5': {
    bytes: () =>
      withKernel((file) => file.dataset({ shape: [4, 1], layout: chunkedAt(2 ** 41, [4, 1, 4]) })),
    code: 'candidate model-file-damaged',
    why: 'a chunk index outside of the file',
  },
  'chunk-missing.h5': {
    bytes: () =>
      withKernel((file) =>
        file.dataset({ shape: [4, 1], layout: chunkedAt(-1, [4, 1, 4]), more: [filters([1, 6])] }),
      ),
    code: 'candidate model-file-damaged',
    why: 'chunks that were never written (all zeros by the format)',
  },
  'external-storage.h5': {
    bytes: () => withKernel(externalStorage),
    code: 'candidate hdf5-external',
    why: 'values in another file',
  },
  'virtual.h5': {
    bytes: () =>
      withKernel((file) =>
        file.dataset({
          shape: [4, 1],
          layout: Buffer.concat([Buffer.from([4, 3]), integer(-1, 8), integer(0, 4)]),
        }),
      ),
    code: 'candidate hdf5-external',
    why: 'a virtual data set',
  },
  'gzip-bomb-400.h5': {
    bytes: () => bomb(400),
    code: 'limit hdf5-chunk',
    why: '400 MB of zeros in 400 kB',
  },
  'gzip-bomb-16.h5': {
    bytes: () => bomb(16),
    code: 'candidate hdf5-storage',
    why: '16 MB of zeros in 16 kB: within the limit of a chunk',
  },
  'gzip-longer-than-declared.h5': {
    bytes: () =>
      withKernel((file) =>
        file.dataset({
          shape: [4, 1],
          layout: file.chunked({ chunk: [4, 1], bytes: deflateSync(Buffer.alloc(100_000_000)) }),
          more: [filters([1, 6])],
        }),
      ),
    code: 'candidate model-file-damaged',
    why: 'a chunk that inflates to 100 MB where 16 bytes are declared',
  },
  'nan-weights.h5': {
    bytes: valued(1, NaN, 2, 3),
    code: 'candidate weights-not-finite',
    why: 'a weight that is not a number',
  },
  'infinite-weights.h5': {
    bytes: valued(1, -Infinity, 2, 3),
    code: 'candidate weights-not-finite',
    why: 'an infinite weight',
  },
  'double-too-large.h5': {
    bytes: () =>
      withKernel((file) =>
        file.dataset({
          shape: [4, 1],
          type: types.float64,
          bytes: Buffer.from(Float64Array.of(1, 1e300, 2, 3).buffer),
        }),
      ),
    code: 'candidate weights-not-finite',
    why: 'a float64 that float32 cannot hold',
  },
  'wrong-shape.h5': {
    bytes: () => withKernel((file) => file.dataset({ shape: [3, 1], bytes: floats(1, 2, 3) })),
    code: 'candidate weights-do-not-fit',
    why: 'a kernel of another shape',
  },
  'missing-weight.h5': {
    bytes: () =>
      kerasHdf5({
        dense: (file) => ({
          'kernel:0': file.dataset({ shape: [4, 1], bytes: floats(...kernel) }),
        }),
      }),
    code: 'candidate weights-do-not-fit',
    why: 'no bias where the configuration has one',
  },
  'listed-but-missing.h5': {
    bytes: () => kerasHdf5({ weights: ['dense/kernel:0', 'dense/bias:0', 'dense/gone:0'] }),
    code: 'candidate model-file-damaged',
    why: 'weight_names lists what is not there',
  },
  'no-weights.h5': {
    bytes: () => kerasHdf5({ weights: [] }),
    code: 'candidate weights-do-not-fit',
    why: 'no arrays for a layer that needs some',
  },
  'extra-weight.h5': {
    bytes: () =>
      kerasHdf5({
        dense: (file) =>
          Object.fromEntries(
            ['kernel:0', 'bias:0', 'more:0'].map((name) => [
              name,
              file.dataset({ shape: [4, 1], bytes: floats(...kernel) }),
            ]),
          ),
      }),
    code: 'candidate weights-do-not-fit',
    why: 'an array more than the layer has',
  },
};

function externalStorage(file) {
  const names = file.add(Buffer.from('\0\0\0\0\0\0\0\0/etc/passwd\0'));
  const heap = file.add(
    Buffer.concat([Buffer.from('HEAP\0\0\0\0'), integer(24, 8), integer(1, 8), integer(names, 8)]),
  );
  const slot = [integer(8, 8), integer(0, 8), integer(16, 8)];
  const list = Buffer.concat([
    Buffer.from([1, 0, 0, 0]),
    integer(1, 2),
    integer(1, 2),
    integer(heap, 8),
    ...slot,
  ]);
  return file.dataset({ shape: [4, 1], layout: contiguousAt(-1, 16), more: [[0x07, list]] });
}
