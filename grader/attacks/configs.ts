const layer = (className: string, config: object) => ({
  ...{ class_name: className, module: 'keras.layers', registered_name: null },
  config: { name: `layer_${className}`, trainable: true, dtype: 'float32', ...config },
});

const sequential = (layers: readonly object[]) => ({
  ...{ class_name: 'Sequential', keras_version: '2.15.0', backend: 'tensorflow' },
  config: { name: 'net', layers },
});

const dense = layer('Dense', {
  ...{ batch_input_shape: [null, 9], units: 1, activation: 'linear', use_bias: true },
  ...{ kernel_initializer: { class_name: 'GlorotUniform', config: { seed: null } } },
});

const code = '4wEAAAAAAAAAAAAAAAEAAAACAAAA8wAAAABpAGMAZQB2AGkAbAA=';

/** Architectures as Keras writes them, and worse. */
export const configs = {
  dense: sequential([dense]),
  ofClass: (name: string) => sequential([dense, layer(name, {})]),
  lambda: sequential([
    dense,
    layer('Lambda', { function: [code, null, null], function_type: 'lambda', module: 'os' }),
  ]),
  many: (count: number) => sequential(Array.from({ length: count }, () => dense)),
  tfjs: {
    ...{ format: 'layers-model', generatedBy: 'keras v2.15.0', convertedBy: null },
    modelTopology: {
      keras_version: '2.15.0',
      backend: 'tensorflow',
      model_config: sequential([dense]),
    },
  },
};
