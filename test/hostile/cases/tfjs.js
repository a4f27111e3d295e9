import { Buffer } from 'node:buffer';
import { floats, tfjs, tfjsManifest, tfjsShards, tfjsTopology, tfjsWeights } from '../model.js';

const shard = 'group1-shard1of1.bin';

/** A model whose manifest names other files. */
const paths =
  (...names) =>
  () =>
    tfjs({ manifest: tfjsManifest(names) });

/** A model whose manifest describes the kernel otherwise. */
const kernel = (change) => () => {
  const [first, ...others] = tfjsWeights();
  return tfjs({ manifest: tfjsManifest([shard], [{ ...first, ...change }, ...others]) });
};

/** Folders with a `model.json` of TF.js whose shards lead elsewhere or lie. */
export const tfjsFolders = {
  'shard-up': { folder: paths('../outside.bin'), why: 'a shard outside of the folder' },
  'shard-up-inside': { folder: paths(`x/../${shard}`), why: 'a path that goes down and up again' },
  'shard-absolute': { folder: paths('/etc/passwd'), why: 'an absolute path' },
  'shard-windows': { folder: paths('..\\outside.bin'), why: 'a path with backslashes' },
  'shard-http': { folder: paths('http://example.com/weights.bin'), why: 'an address' },
  'shard-file-url': { folder: paths('file:///etc/passwd'), why: 'an address of a file' },
  'shard-nul': { folder: paths(`${shard}\0`), why: 'a zero byte in a path' },
  'shard-escapes': {
    folder: paths('\u001b[2J\u0007.bin'),
    why: 'a path that would clear the terminal',
  },
  'shard-number': { folder: paths(7), why: 'a path that is a number' },
  'shard-symlink': {
    folder: () => tfjs({ shards: { [shard]: { link: '/etc/passwd' } } }),
    why: 'a shard that is a symbolic link',
  },
  'shard-device': {
    folder: () => tfjs({ shards: { [shard]: { link: '/dev/zero' } } }),
    why: 'a shard that never ends',
  },
  'shard-folder': {
    folder: () => tfjs({ shards: { [`${shard}/x`]: 'x' } }),
    why: 'a shard that is a folder',
  },
  'shard-missing': { folder: () => tfjs({ shards: {} }), why: 'a shard that is not there' },
  'shard-short': {
    folder: () => tfjs({ shards: tfjsShards(floats(1, 2)) }),
    why: 'fewer bytes than the shapes need',
  },
  'shard-long': {
    folder: () => tfjs({ shards: tfjsShards(Buffer.alloc(4000)) }),
    why: 'more bytes than the shapes need',
  },
  'shard-twice': { folder: paths(shard, shard), why: 'one shard named twice' },
  'shards-20000': {
    folder: () => tfjs({ manifest: tfjsManifest(Array(20_000).fill(shard)) }),
    why: '20,000 names of shards',
  },
  'shape-negative': { folder: kernel({ shape: [-4, 1] }), why: 'a negative shape' },
  'shape-half': { folder: kernel({ shape: [4.5, 1] }), why: 'half an element' },
  'shape-2-53': { folder: kernel({ shape: [2 ** 31, 2 ** 31] }), why: 'a shape of 2^62' },
  'shape-text': { folder: kernel({ shape: ['4', '1'] }), why: 'a shape of texts' },
  'shape-none': { folder: kernel({ shape: null }), why: 'no shape' },
  'dtype-string': { folder: kernel({ dtype: 'string' }), why: 'texts as weights' },
  'dtype-unknown': { folder: kernel({ dtype: 'float8' }), why: 'a type that does not exist' },
  'name-twice': {
    folder: () =>
      tfjs({
        manifest: tfjsManifest([shard], [...tfjsWeights(), ...tfjsWeights()]),
        shards: tfjsShards(Buffer.alloc(40)),
      }),
    why: 'two weights of one name',
  },
  'name-missing': { folder: kernel({ name: undefined }), why: 'a weight without a name' },
  'weight-nan': {
    folder: () => tfjs({ shards: tfjsShards(floats(1, 2, NaN, 4, 5)) }),
    why: 'a weight that is not a number',
  },
  'quantization-lies': {
    folder: kernel({ quantization: { dtype: 'uint8', scale: 1e300, min: -1e300 } }),
    why: 'a scale that float32 cannot hold',
  },
  'quantization-unknown': {
    folder: kernel({ quantization: { dtype: 'uint4', scale: 1, min: 0 } }),
    why: 'a quantization that does not exist',
  },
  'graph-model': {
    folder: () => tfjs({ topology: { node: [], library: {} }, format: 'graph-model' }),
    why: 'a converted graph, not layers',
  },
  'no-topology': { folder: () => tfjs({ topology: null }), why: 'no architecture' },
  'manifest-object': {
    folder: () => tfjs({ manifest: { paths: [] } }),
    why: 'a manifest that is no list',
  },
  'weights-missing': {
    folder: () => tfjs({ manifest: tfjsManifest([shard], []) }),
    why: 'a manifest without weights',
  },
  'weights-of-others': {
    folder: () =>
      tfjs({
        manifest: tfjsManifest(
          [shard],
          tfjsWeights().map(({ name, ...rest }) => ({
            name: name.replace('dense', 'other'),
            ...rest,
          })),
        ),
      }),
    why: 'weights of another layer',
  },
  'deep-topology': {
    folder: () => ({
      'model.json': `{"modelTopology": ${'['.repeat(100_000)}${']'.repeat(100_000)}, "weightsManifest": []}`,
    }),
    why: 'JSON of depth 100,000',
  },
  'topology-proto': {
    folder: () =>
      tfjs({ topology: JSON.parse(`{"__proto__": ${JSON.stringify(tfjsTopology())}}`) }),
    why: 'everything behind `__proto__`',
  },
};
