/** The few keys in which a Keras 3 configuration differs from what TF.js reads. */
export function normaliseConfig(value) {
  if (Array.isArray(value)) return value.map(normaliseConfig);
  if (value === null || typeof value !== 'object') return value;
  if (value.class_name === 'DTypePolicy') return value.config.name;
  const entries = Object.entries(value).map(([key, inner]) => [
    key === 'batch_shape' ? 'batch_input_shape' : key,
    key === 'registered_name' || key === 'module' ? null : normaliseConfig(inner),
  ]);
  const renamed = Object.fromEntries(entries);
  if (['L1', 'L2'].includes(renamed.class_name)) {
    return { class_name: 'L1L2', config: { l1: 0, l2: 0, ...renamed.config } };
  }
  if (renamed.class_name in initializers) renamed.class_name = initializers[renamed.class_name];
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
