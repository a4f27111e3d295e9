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
  'shard-up': {
    folder: paths('../outside.bin'),
    code: 'candidate tfjs-shard-name',
    why: 'a shard outside of the folder',
  },
  'shard-up-inside': {
    folder: paths(`x/../${shard}`),
    code: 'candidate tfjs-shard-name',
    why: 'a path that goes down and up again',
  },
  'shard-absolute': {
    folder: paths('/etc/passwd'),
    code: 'candidate tfjs-shard-name',
    why: 'an absolute path',
  },
  'shard-windows': {
    folder: paths('..\\outside.bin'),
    code: 'candidate tfjs-shard-name',
    why: 'a path with backslashes',
  },
  'shard-http': {
    folder: paths('http://example.com/weights.bin'),
    code: 'candidate tfjs-shard-name',
    why: 'an address',
  },
  'shard-file-url': {
    folder: paths('file:///etc/passwd'),
    code: 'candidate tfjs-shard-name',
    why: 'an address of a file',
  },
  'shard-nul': {
    folder: paths(`${shard}\0`),
    code: 'candidate tfjs-shard-name',
    why: 'a zero byte in a path',
  },
  'shard-escapes': {
    folder: paths('\u001b[2J\u0007.bin'),
    code: 'candidate tfjs-shard-name',
    why: 'a path that would clear the terminal',
  },
  'shard-number': {
    folder: paths(7),
    code: 'candidate tfjs-manifest',
    why: 'a path that is a number',
  },
  'shard-symlink': {
    folder: () => tfjs({ shards: { [shard]: { link: '/etc/passwd' } } }),
    code: 'candidate tfjs-shard',
    why: 'a shard that is a symbolic link',
  },
  'shard-device': {
    folder: () => tfjs({ shards: { [shard]: { link: '/dev/zero' } } }),
    code: 'candidate tfjs-shard',
    why: 'a shard that never ends',
  },
  'shard-folder': {
    folder: () => tfjs({ shards: { [`${shard}/x`]: 'x' } }),
    code: 'candidate tfjs-shard',
    why: 'a shard that is a folder',
  },
  'shard-missing': {
    folder: () => tfjs({ shards: {} }),
    code: 'candidate tfjs-shard',
    why: 'a shard that is not there',
  },
  'shard-short': {
    folder: () => tfjs({ shards: tfjsShards(floats(1, 2)) }),
    code: 'candidate tfjs-shard-size',
    why: 'fewer bytes than the shapes need',
  },
  'shard-long': {
    folder: () => tfjs({ shards: tfjsShards(Buffer.alloc(4000)) }),
    code: 'candidate tfjs-shard-size',
    why: 'more bytes than the shapes need',
  },
  'shard-twice': {
    folder: paths(shard, shard),
    code: 'candidate tfjs-manifest',
    why: 'one shard named twice',
  },
  'shards-20000': {
    folder: () => tfjs({ manifest: tfjsManifest(Array(20_000).fill(shard)) }),
    code: 'limit tfjs-shards',
    why: '20,000 names of shards',
  },
  'shape-negative': {
    folder: kernel({ shape: [-4, 1] }),
    code: 'candidate tfjs-manifest',
    why: 'a negative shape',
  },
  'shape-half': {
    folder: kernel({ shape: [4.5, 1] }),
    code: 'candidate tfjs-manifest',
    why: 'half an element',
  },
  'shape-2-53': {
    folder: kernel({ shape: [2 ** 31, 2 ** 31] }),
    code: 'limit too-large-to-count',
    why: 'a shape of 2^62',
  },
  'shape-text': {
    folder: kernel({ shape: ['4', '1'] }),
    code: 'candidate tfjs-manifest',
    why: 'a shape of texts',
  },
  'shape-none': {
    folder: kernel({ shape: null }),
    code: 'candidate tfjs-manifest',
    why: 'no shape',
  },
  'dtype-string': {
    folder: kernel({ dtype: 'string' }),
    code: 'candidate tfjs-datatype',
    why: 'texts as weights',
  },
  'dtype-unknown': {
    folder: kernel({ dtype: 'float8' }),
    code: 'candidate tfjs-datatype',
    why: 'a type that does not exist',
  },
  'name-twice': {
    folder: () =>
      tfjs({
        manifest: tfjsManifest([shard], [...tfjsWeights(), ...tfjsWeights()]),
        shards: tfjsShards(Buffer.alloc(40)),
      }),
    code: 'candidate tfjs-manifest',
    why: 'two weights of one name',
  },
  'name-missing': {
    folder: kernel({ name: undefined }),
    code: 'candidate tfjs-manifest',
    why: 'a weight without a name',
  },
  'weight-nan': {
    folder: () => tfjs({ shards: tfjsShards(floats(1, 2, NaN, 4, 5)) }),
    code: 'candidate weights-not-finite',
    why: 'a weight that is not a number',
  },
  'quantization-lies': {
    folder: kernel({ quantization: { dtype: 'uint8', scale: 1e300, min: -1e300 } }),
    code: 'candidate tfjs-shard-size',
    why: 'a scale that float32 cannot hold',
  },
  'quantization-unknown': {
    folder: kernel({ quantization: { dtype: 'uint4', scale: 1, min: 0 } }),
    code: 'candidate tfjs-datatype',
    why: 'a quantization that does not exist',
  },
  'graph-model': {
    folder: () => tfjs({ topology: { node: [], library: {} }, format: 'graph-model' }),
    code: 'candidate tfjs-graph-model',
    why: 'a converted graph, not layers',
  },
  'no-topology': {
    folder: () => tfjs({ topology: null }),
    code: 'candidate model-config',
    why: 'no architecture',
  },
  'manifest-object': {
    folder: () => tfjs({ manifest: { paths: [] } }),
    code: 'candidate tfjs-manifest',
    why: 'a manifest that is no list',
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
    code: 'candidate weights-do-not-fit',
    why: 'weights of another layer',
  },
  'deep-topology': {
    folder: () => ({
      'model.json': `{"modelTopology": ${'['.repeat(100_000)}${']'.repeat(100_000)}, "weightsManifest": []}`,
    }),
    code: 'candidate model-config',
    why: 'JSON of depth 100,000',
  },
  'topology-proto': {
    folder: () =>
      tfjs({ topology: JSON.parse(`{"__proto__": ${JSON.stringify(tfjsTopology())}}`) }),
    code: 'candidate model-config',
    why: 'everything behind `__proto__`',
  },
};
