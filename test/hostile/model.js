import { Buffer } from 'node:buffer';
import { Hdf5 } from './write/hdf5.js';
import { zip } from './write/zip.js';

/** Float32 values, little-endian. */
export const floats = (...values) => Buffer.from(Float32Array.from(values).buffer);

export const kernel = [0.5, -1, 2, 0.25];
export const bias = [0.125];

/** A configuration of Keras 2: four numbers in, a dense layer of one unit. */
export function kerasTwo(change = {}, layers = denseTwo(change)) {
  return { class_name: 'Sequential', config: { name: 'sequential', layers } };
}

export function denseTwo(change = {}) {
  return [
    layer('InputLayer', { batch_input_shape: [null, 4], dtype: 'float32', name: 'input_1' }),
    layer('Dense', {
      name: 'dense',
      trainable: true,
      dtype: 'float32',
      units: 1,
      activation: 'linear',
      ...change,
    }),
  ];
}

/** The same as Keras 3 writes it. */
export function kerasThree(change = {}) {
  const layers = [
    layer('InputLayer', {
      batch_shape: [null, 4],
      dtype: 'float32',
      sparse: false,
      name: 'input_layer',
    }),
    layer('Dense', {
      name: 'dense',
      trainable: true,
      units: 1,
      activation: 'linear',
      use_bias: true,
      ...change,
    }),
  ];
  return {
    module: 'keras',
    ...layer('Sequential', { name: 'sequential', trainable: true, layers }),
  };
}

export const layer = (className, config) => ({ class_name: className, config });

/**
 * An HDF5 file of Keras 2. `config` is text or plain data; `dense` the links of the layer's group,
 * `weights` the names it lists; `make` may put anything else into the file first.
 */
export function kerasHdf5({
  config = kerasTwo(),
  dense,
  weights,
  attributes,
  root,
  userBlock,
} = {}) {
  const file = new Hdf5();
  const own = { 'kernel:0': [4, 1], 'bias:0': [1] };
  const links = dense ? dense(file) : plainLinks(file, own);
  const names = weights ?? Object.keys(links).map((name) => `dense/${name}`);
  const inner = file.group(links);
  const layerGroup = file.group({ dense: inner }, { weight_names: names });
  const modelWeights = file.group({ dense: layerGroup }, { layer_names: ['dense'], ...versions });
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  const described = config === null ? {} : { model_config: text };
  const rest = { ...versions, ...described, ...attributes?.(file) };
  const top = file.group({ model_weights: modelWeights, ...root?.(file, modelWeights) }, rest);
  return file.finish(top, userBlock);
}

const versions = { backend: 'tensorflow', keras_version: '2.11.0' };

function plainLinks(file, shapes) {
  return {
    'kernel:0': file.dataset({ shape: shapes['kernel:0'], bytes: floats(...kernel) }),
    'bias:0': file.dataset({ shape: shapes['bias:0'], bytes: floats(...bias) }),
  };
}

/** The same with a kernel of another make; the bias is a plain one. */
export function withKernel(make, more = {}) {
  return kerasHdf5({
    ...more,
    dense: (file) => ({
      ...plainLinks(file, { 'kernel:0': [4, 1], 'bias:0': [1] }),
      'kernel:0': make(file),
    }),
  });
}

/** The weights of a `.keras` file. */
export function kerasWeights(change = {}) {
  const file = new Hdf5();
  const variables = {
    0: file.dataset({ shape: [4, 1], bytes: floats(...kernel) }),
    1: file.dataset({ shape: [1], bytes: floats(...bias) }),
    ...change.variables?.(file),
  };
  const vars = file.group(variables, { name: change.name ?? 'dense' });
  const layers = file.group({ dense: file.group({ vars }) });
  const own = file.group({}, { name: 'sequential' });
  return file.finish(file.group({ layers, vars: own, ...change.root?.(file) }));
}

export const metadata = JSON.stringify({
  keras_version: '3.10.0',
  date_saved: '2025-06-01@10:00:00',
});

export function kerasEntries({ config = kerasThree(), weights = kerasWeights() } = {}) {
  const text = typeof config === 'string' ? config : JSON.stringify(config);
  return [
    { name: 'metadata.json', data: metadata },
    { name: 'config.json', data: text },
    { name: 'model.weights.h5', data: weights },
  ];
}

/** A `.keras` file; `change` answers other entries for the usual ones. */
export function kerasZip(options = {}, change = (entries) => entries, end = {}) {
  return zip(change(kerasEntries(options)), end);
}

/** The files of a TF.js model: names to bytes or, for a link, `{link}`. */
export function tfjs({
  topology = tfjsTopology(),
  manifest = tfjsManifest(),
  shards = tfjsShards(),
  ...rest
} = {}) {
  const model = { format: 'layers-model', generatedBy: 'keras v2.11.0', convertedBy: null };
  const text = JSON.stringify({
    ...model,
    modelTopology: topology,
    weightsManifest: manifest,
    ...rest,
  });
  return { 'model.json': text, ...shards };
}

export const tfjsTopology = () => ({
  keras_version: '2.11.0',
  backend: 'tensorflow',
  model_config: kerasTwo(),
});

export const tfjsWeights = () => [
  { name: 'dense/kernel', shape: [4, 1], dtype: 'float32' },
  { name: 'dense/bias', shape: [1], dtype: 'float32' },
];

export const tfjsManifest = (paths = ['group1-shard1of1.bin'], weights = tfjsWeights()) => [
  { paths, weights },
];

export const tfjsShards = (bytes = floats(...kernel, ...bias)) => ({
  'group1-shard1of1.bin': bytes,
});
