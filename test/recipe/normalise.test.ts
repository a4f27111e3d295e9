import { expect, test } from '@jest/globals';
import { document, normalised, refusal, stack } from './normalised.ts';
import { callbacks, layers } from '../../grader/index.ts';
import { normaliseModel, normaliseRecipe } from '../../grader/recipe/normalise.ts';

const input = { class_name: 'InputLayer', config: { batch_shape: [null, 4] } };
const dense = { class_name: 'Dense', config: { units: 1 } };

function called(
  layer: { class_name: string; config: object },
  name: string,
  ...calls: unknown[]
): object {
  return { ...layer, name, config: { ...layer.config, name }, inbound_nodes: calls };
}

function functional(...layers: readonly object[]): object {
  const config = { layers, input_layers: [['x', 0, 0]], output_layers: [['y', 0, 0]] };
  return { class_name: 'Functional', config };
}

test('a JSON recipe may leave out every default', () => {
  expect(normalised(document())).toMatchObject({
    format: 'grader-recipe',
    version: 1,
    compile: { loss: { class_name: 'MeanSquaredError', config: {} }, metrics: [] },
    fit: {
      epochs: 3,
      batch_size: 32,
      steps_per_epoch: null,
      validation_split: 0,
      validation_freq: 1,
      shuffle: true,
      seed: null,
      class_weight: null,
      callbacks: [],
    },
    augmentation: null,
    vocabulary: null,
  });
});

test('a normalised recipe stays as it is', () => {
  const once = normalised(document({ augmentation: {}, vocabulary: 1000 }));
  expect(normalised(once)).toEqual(once);
});

test('the spellings of Keras 3 are taken', () => {
  const leaky = { class_name: 'LeakyReLU', config: { negative_slope: 0.2, dtype: 'float64' } };
  const { recipe, notes } = normaliseRecipe(document({ model: stack(input, leaky) }));
  expect(recipe.model.config['layers']).toMatchObject([
    { config: { batch_input_shape: [null, 4] } },
    { config: { alpha: 0.2 } },
  ]);
  expect(notes).toEqual(['The dtype float64 is ignored: models are trained in float32.']);
});

test('a functional model given as JSON is taken', () => {
  const model = functional(called(input, 'x'), called(dense, 'y', [['x', 0, 0, {}]]));
  expect(normalised(document({ model })).model.class_name).toBe('Functional');
});

test('a ModelCheckpoint of Keras keeps the best epoch or the last, and its files are noted', () => {
  const files = {
    filepath: 'best.weights.h5',
    save_weights_only: true,
    save_freq: 'epoch',
    verbose: 1,
  };
  const last = { class_name: 'ModelCheckpoint', config: files };
  const best = callbacks.modelCheckpoint({ saveBestOnly: true, initialValueThreshold: 0.5 });
  const kept = [last, best, callbacks.keepBest(), { class_name: 'keepBest' }];
  const { recipe, notes } = normaliseRecipe(document({ fit: { epochs: 1, callbacks: kept } }));
  const isBest = recipe.fit.callbacks.map(({ config }) => config);
  const config = { monitor: 'val_loss', mode: 'auto', initial_value_threshold: null };
  expect(isBest).toEqual([
    { ...config, save_best_only: false },
    { ...config, save_best_only: true, initial_value_threshold: 0.5 },
    { ...config, save_best_only: true },
    { ...config, save_best_only: true },
  ]);
  expect(notes).toEqual([
    'filepath, save_weights_only, save_freq, verbose of ModelCheckpoint: no effect, the weights of the epoch are kept in memory.',
    'ModelCheckpoint keeps the last epoch, as in Keras; with save_best_only, the best by val_loss.',
  ]);
});

const statistics =
  "it needs statistics of all training pictures (Keras's fit); layers.batchNormalization at the start of the model keeps its own.";
const factors = '0.2 stands for [0.8, 1.2]; or the two factors.';

test.each<[object, string]>([
  [{ zoom_range: 50 }, `zoom_range must be <= 9, got 50: ${factors}`],
  [{ zoomRange: 50 }, `zoomRange must be <= 9, got 50: ${factors}`],
  [{ zoomRange: [1, 20] }, `zoomRange/1 must be <= 10, got 20: ${factors}`],
  [
    { brightnessRange: 0.3 },
    'brightnessRange must be an array or null, got 0.3: [lower, upper] factors such as [0.8, 1.2].',
  ],
  [{ featurewise_center: true }, `featurewise_center must be false, got true: ${statistics}`],
  [{ zcaWhitening: true }, `zcaWhitening must be false, got true: ${statistics}`],
  [{ rotationRange: 400 }, 'rotationRange must be <= 360, got 400: degrees, to either side.'],
  [{ validationSplit: 0.2 }, 'validationSplit must be 0, got 0.2: fit has a validationSplit.'],
])(
  'a problem of the augmentation %j is told in the words of the recipe',
  (augmentation, message) => {
    expect(refusal(document({ augmentation })).message).toBe(`/augmentation/${message}`);
  },
);

test('an augmentation is settled for pixels from 0 to 1, and what Keras changes is noted', () => {
  const { recipe, notes } = normaliseRecipe(
    document({
      augmentation: {
        ...{ rescale: 1 / 255, cval: 51, channelShiftRange: 25.5, zoomRange: 1.5 },
        ...{ widthShiftRange: 1, samplewiseStdNormalization: true, featurewiseCenter: false },
      },
    }),
  );
  expect(recipe.augmentation).toEqual({
    ...{ rotation_range: 0, width_shift_range: 1, height_shift_range: 0, shear_range: 0 },
    ...{ zoom_range: [-0.5, 2.5], horizontal_flip: false, vertical_flip: false },
    ...{ fill_mode: 'nearest', cval: 0.2, channel_shift_range: 0.1, brightness_range: null },
    ...{ samplewise_center: true, samplewise_std_normalization: true },
  });
  expect(notes).toEqual([
    'augmentation.rescale 1/255 is ignored: the images arrive in [0, 1] already; cval and channel_shift_range count from 0 to 255.',
    'augmentation.width_shift_range 1 moves nothing, as in Keras: N stands for less than N pixels.',
    'augmentation.samplewise_center is on, as in Keras beside samplewise_std_normalization.',
    'augmentation.samplewise_center changes the training pictures alone; those of validation and of the score are given to the model as they are. layers.layerNormalization({ axis: [1, 2, 3], center: false, scale: false }) does so in the model, to all.',
  ]);
});

const merged = (count: number, class_name: string) => {
  const merge = { class_name, config: class_name === 'Dense' ? { units: 1 } : {} };
  const inputs = Array.from({ length: count }, () => ['x', 0, 0, {}]);
  return document({ model: functional(called(input, 'x'), called(merge, 'y', inputs)) });
};

test('what only model files say is unknown in a recipe and kept in a model of a file', () => {
  const options = 'Allowed: name, trainable, input_shape, batch_input_shape.';
  const add = { class_name: 'Add', config: { keras2_masks: true, supports_masking: false } };
  const model = functional(
    called(input, 'x'),
    called(add, 'y', [
      ['x', 0, 0, {}],
      ['x', 0, 0, {}],
    ]),
  );
  expect(refusal(document({ model })).message).toBe(
    '/model/config/layers/1/config must not have "keras2_masks".\n' +
      `/model/config/layers/1/config must not have "supports_masking". ${options}`,
  );
  expect(() => layers.add({ keras2Masks: true } as object)).toThrow(
    'layers.add has no option "keras2Masks". Its options: name, trainable, inputShape, batchInputShape.',
  );
  const ofFile = normaliseModel(model).model.config['layers'];
  expect(ofFile).toMatchObject([{}, add]);
});

const layer = (config: object, class_name = 'Dense') =>
  document({ model: stack(input, { class_name, config }) });
const optimizer = (config: object) =>
  document({ compile: { loss: 'mse', optimizer: { class_name: 'sgd', config } } });
const callback = (class_name: string, config: object) =>
  document({ fit: { epochs: 3, callbacks: [{ class_name, config }] } });
const decay = (config: object) =>
  optimizer({ learning_rate: { class_name: 'PiecewiseConstantDecay', config } });

test.each<[string, unknown, string]>([
  [
    'a ModelCheckpoint within an epoch',
    callback('ModelCheckpoint', { save_freq: 100 }),
    '/fit/callbacks/0/config/save_freq must be "epoch", got 100.',
  ],
  [
    'two inputs of one',
    merged(2, 'Dense'),
    '/model/config/layers/1 (Dense) is called with 2 inputs; it takes 1.',
  ],
  [
    'one input of several',
    merged(1, 'Add'),
    '/model/config/layers/1 (Add) is called with 1 input; it takes 2 or more.',
  ],
  [
    'three inputs of two',
    merged(3, 'Subtract'),
    '/model/config/layers/1 (Subtract) is called with 3 inputs; it takes 2.',
  ],
  [
    'a merge in a row of layers',
    document({ model: stack(input, { class_name: 'Add', config: {} }, dense) }),
    '/model/config/layers/1 (Add) is called with 1 input; it takes 2 or more. Use a functional model for it.',
  ],
  [
    'a number too small',
    layer({ units: 0 }),
    '/model/config/layers/1/config/units must be >= 1, got 0.',
  ],
  [
    'a wrong type',
    layer({ units: '3' }),
    '/model/config/layers/1/config/units must be an integer, got "3".',
  ],
  [
    'a fraction',
    layer({ units: 1.5 }),
    '/model/config/layers/1/config/units must be an integer, got 1.5.',
  ],
  [
    'an unknown word',
    layer({ filters: 1, kernel_size: 2, padding: 'full' }, 'Conv1D'),
    'padding must be one of "valid", "same", "causal", got "full".',
  ],
  [
    'an unknown option',
    layer({ unit: 3 }),
    '/model/config/layers/1/config must not have "unit". Nearest: "units".',
  ],
  ['a missing option', layer({}), '/model/config/layers/1/config must have "units".'],
  ['an unknown layer', layer({}, 'Dens'), 'got "Dens". Nearest: Dense.'],
  [
    'sizes of the wrong rank',
    layer({ filters: 1, kernel_size: [3, 3] }, 'Conv1D'),
    'kernel_size must have 1 item, got 2.',
  ],
  [
    'states in a stack',
    layer({ units: 1, return_state: true }, 'LSTM'),
    '/model/config/layers/1 (LSTM) has 3 outputs: use a functional model for it.',
  ],
  [
    'a cell that there is not',
    layer({ cell: [{ class_name: 'lstmCell', config: { units: 2 } }, dense] }, 'RNN'),
    'cell/config/cells/1/class_name must be one of SimpleRNNCell, GRUCell, LSTMCell, StackedRNNCells',
  ],
  [
    'an option in a model in a layer',
    layer({ layer: stack(dense, { class_name: 'Dense', config: { unit: 1 } }) }, 'TimeDistributed'),
    '/model/config/layers/1/config/layer/config/layers/1/config must not have "unit".',
  ],
  [
    'a wrapped layer of the wrong kind',
    layer({ layer: dense }, 'Bidirectional'),
    'layer/class_name must be one of "SimpleRNN", "GRU", "LSTM", "RNN", "ConvLSTM1D", "ConvLSTM2D", got "Dense".',
  ],
  [
    'an option of a wrapped layer',
    layer({ layer: { class_name: 'LSTM', config: { units: -1 } } }, 'Bidirectional'),
    '/model/config/layers/1/config/layer/config/units must be >= 1, got -1.',
  ],
  [
    'an unknown initializer',
    layer({ units: 1, kernel_initializer: 'he' }),
    'kernel_initializer/class_name must be one of Zeros,',
  ],
  [
    'a model inside a model',
    layer({ layers: [] }, 'Sequential'),
    '/model/config/layers/1 is a model inside a model',
  ],
  ['no input shape', document({ model: stack(dense) }), 'give the first layer inputShape'],
  [
    'no layers',
    document({ model: stack() }),
    '/model/config/layers must have at least 1 items, got 0.',
  ],
  ['no model', document({ model: null }), '/model must be an object, got null.'],
  [
    'two layers of one name',
    document({ model: stack(input, { ...dense, name: 'a' }, { ...dense, name: 'a' }) }),
    'Two layers have the name "a".',
  ],
  [
    'an unknown optimizer',
    document({ compile: { optimizer: 'adm', loss: 'mse' } }),
    'got "adm". Nearest: Adam.',
  ],
  [
    'an unknown loss',
    document({ compile: { optimizer: 'adam', loss: 'circle' } }),
    '/compile/loss/class_name must be one of MeanSquaredError,',
  ],
  [
    'an unknown metric',
    document({ compile: { optimizer: 'adam', loss: 'mse', metrics: ['f1_score'] } }),
    '"precision", "recall", got "f1_score".',
  ],
  [
    'a loss that is not reduced',
    document({
      compile: { optimizer: 'adam', loss: { class_name: 'mse', config: { reduction: 'none' } } },
    }),
    '/compile/loss/config/reduction must be one of "sum_over_batch_size", "sum", "mean_with_sample_weight", got "none".',
  ],
  [
    'a metric of class numbers beside a loss of vectors',
    document({
      compile: { optimizer: 'adam', loss: 'bce', metrics: ['SparseCategoricalAccuracy'] },
    }),
    'beside BinaryCrossentropy, got "sparse_categorical_accuracy".',
  ],
  [
    'a rate of zero',
    optimizer({ learning_rate: 0 }),
    '/compile/optimizer/config/learning_rate must be > 0, got 0.',
  ],
  [
    'a rate that is text',
    optimizer({ learning_rate: 'x' }),
    'learning_rate must be a number, got "x".',
  ],
  [
    'two ways of clipping',
    optimizer({ clipnorm: 1, clipvalue: 1 }),
    'may have one of clipnorm, clipvalue only.',
  ],
  [
    'values that do not fit boundaries',
    decay({ boundaries: [1, 2], values: [1, 2] }),
    'values must have one item more than boundaries (3), got 2.',
  ],
  [
    'boundaries that do not ascend',
    decay({ boundaries: [2, 1], values: [1, 2, 3] }),
    'boundaries must ascend, got [2,1].',
  ],
  [
    'a monitor that compile does not give',
    callback('EarlyStopping', { monitor: 'val_acc' }),
    '/fit/callbacks/0/config/monitor must be one of loss, val_loss, got "val_accuracy": compile.metrics decides',
  ],
  [
    'a condition on nothing',
    callback('StopWhen', { conditions: [{ metric: 'loss' }] }),
    'conditions/0 must have "above" or "below".',
  ],
  [
    'rates for too few epochs',
    callback('LearningRateScheduler', { values: [1] }),
    'values must have a rate for each of 3 epochs, got 1.',
  ],
  ['no epochs', document({ fit: {} }), '/fit must have "epochs".'],
  [
    'too many epochs',
    document({ fit: { epochs: 10_001 } }),
    '/fit/epochs must be <= 10000, got 10001.',
  ],
  [
    'a class that is no label',
    document({ fit: { epochs: 1, class_weight: { cat: 1 } } }),
    '/fit/class_weight',
  ],
  [
    'rescaling',
    document({ augmentation: { rescale: 0.5 } }),
    '/augmentation/rescale must be 1/255 or left out, got 0.5',
  ],
  [
    'too large a vocabulary',
    document({ vocabulary: 20_001 }),
    '/vocabulary must be <= 20000, got 20001.',
  ],
  ['a list', [1], 'The recipe must be an object'],
  [
    'a prototype',
    JSON.parse('{"fit": {"__proto__": {"epochs": 1}}}'),
    '/fit must not have the key "__proto__".',
  ],
  ['a constructor', JSON.parse('{"constructor": 1}'), 'must not have the key "constructor".'],
  [
    'a number that is not finite',
    document({ vocabulary: Infinity }),
    '/vocabulary must be a finite number, got Infinity.',
  ],
  [
    'a function',
    document({ vocabulary: () => 3 }),
    '/vocabulary must be plain data, got a function.',
  ],
  ['a loop', loop(), 'is nested more than 64 deep'],
  [
    'a call of a layer that does not exist',
    document({ model: functional(called(input, 'x'), called(dense, 'y', [['z', 0, 0, {}]])) }),
    'names "z", which is no layer of the model.',
  ],
  [
    'a call that does not exist',
    document({ model: functional(called(input, 'x'), called(dense, 'y', [['x', 1, 0, {}]])) }),
    'names call 1 of "x", which has 1.',
  ],
  [
    'an output that does not exist',
    document({ model: functional(called(input, 'x'), called(dense, 'y', [['x', 0, 2, {}]])) }),
    'names output 2 of "x", which has 1.',
  ],
  [
    'a layer that depends on itself',
    document({
      model: functional(
        called(input, 'x'),
        called(dense, 'y', [['z', 0, 0, {}]]),
        called(dense, 'z', [['y', 0, 0, {}]]),
      ),
    }),
    'depends on its own output.',
  ],
])('%s is refused', (_what, given, message) => {
  expect(refusal(given)).toMatchObject({ fault: 'candidate', code: 'invalid-recipe' });
  expect(refusal(given).message).toContain(message);
});

test('what is allowed at a place is said once, whatever stands there that is not', () => {
  const bad = { class_name: 'Flatten', config: { units: 1, rate: 0.5 } };
  expect(refusal(document({ model: stack(input, bad) })).message.split('\n')).toEqual([
    '/model/config/layers/1/config must not have "units".',
    expect.stringMatching(/config must not have "rate"\. Allowed: name, trainable, /),
  ]);
});

test('every error is listed, eight at most', () => {
  const bad = Array.from({ length: 10 }, () => ({ class_name: 'Dense', config: { units: 0 } }));
  const lines = refusal(document({ model: stack(input, ...bad) })).message.split('\n');
  expect(lines).toHaveLength(9);
  expect(lines.at(-1)).toBe('And 2 more.');
});

test('text from the candidate comes out short and inert', () => {
  const { message } = refusal(
    document({ compile: { optimizer: `\u001b[31m\u202e${'x'.repeat(500)}`, loss: 'mse' } }),
  );
  expect(message).toContain('got "[31mxxx');
  expect(message).not.toContain('x'.repeat(70));
});

test('too many layers, and too large a document, are limits', () => {
  const many = Array.from({ length: 201 }, () => dense);
  expect(refusal(document({ model: stack(...many) }))).toMatchObject({
    fault: 'limit',
    message: 'The model has 201 layers; a recipe may have at most 200.',
  });
  const large = document({ model: stack({ class_name: 'x'.repeat(1024 * 1024), config: {} }) });
  expect(refusal(large)).toMatchObject({ fault: 'limit', code: 'recipe-too-large' });
});

function loop(): object {
  const start: Record<string, unknown> = {};
  start['again'] = start;
  return start;
}
