// Small models of every layer that recipes may have, as Keras JSON, with the task they stand for.
const glorot = { class_name: 'GlorotUniform', config: {} };

export const layer = (class_name, config = {}) => ({ class_name, config });

export const dense = (units, config = {}) =>
  layer('Dense', { units, kernel_initializer: glorot, ...config });

const conv = (class_name, filters, config = {}) =>
  layer(class_name, { filters, kernel_size: 3, activation: 'relu', ...config });

const recurrent = (class_name, units, config = {}) =>
  layer(class_name, {
    ...{ units, recurrent_activation: 'sigmoid', kernel_initializer: glorot },
    ...config,
  });

const wrapped = (class_name, inner, config = {}) => layer(class_name, { layer: inner, ...config });

const task = (shapes, layers) => ({
  ...{ output: [1], ...shapes },
  layers: [...layers, ...(endsInRow(layers.at(-1)) ? [] : [layer('Flatten')]), dense(1)],
});
const onRow = (...layers) => ({ input: [6], output: [1], layers: [...layers, dense(1)] });
const onSequence = (...layers) => task({ input: [7, 3] }, layers);
const onImage = (...layers) => task({ input: [9, 8, 2] }, layers);
const onWords = (...layers) => task({ input: [7], vocabulary: 12 }, layers);
const onFilm = (...layers) => task({ input: [3, 6, 5, 2] }, layers);

function endsInRow({ class_name, config }) {
  if (class_name.startsWith('Global')) return !config.keepdims;
  if (class_name === 'Bidirectional') return endsInRow(config.layer);
  return ['LSTM', 'GRU', 'SimpleRNN', 'RNN'].includes(class_name) && !config.return_sequences;
}

const activations = [
  ...['linear', 'relu', 'relu6', 'elu', 'selu', 'sigmoid', 'hardSigmoid', 'tanh', 'softmax'],
  ...['softplus', 'softsign', 'swish', 'gelu', 'mish'],
  ...['exponential', 'leaky_relu', 'hard_silu', 'hard_tanh', 'log_sigmoid', 'celu', 'squareplus'],
  ...['tanh_shrink', 'soft_shrink', 'hard_shrink', 'sparse_plus', 'sparse_sigmoid'],
  'keras2_hard_sigmoid',
];

/** Name to model: `input` and `output` without the batch axis, Keras layers. */
export const models = {
  ...Object.fromEntries(
    activations.map((activation) => [`activation ${activation}`, onRow(dense(5, { activation }))]),
  ),
  'no bias': onRow(dense(5, { use_bias: false })),
  'regularized and constrained': onRow(
    dense(5, {
      kernel_regularizer: layer('L1L2', { l1: 0.01, l2: 0.02 }),
      bias_regularizer: layer('L1L2', { l1: 0, l2: 0.1 }),
      kernel_constraint: layer('MaxNorm', { max_value: 0.8, axis: 0 }),
    }),
    dense(4, { kernel_constraint: layer('NonNeg') }),
    dense(4, { kernel_constraint: layer('UnitNorm', { axis: 0 }) }),
  ),
  Dropout: onRow(dense(16), layer('Dropout', { rate: 0.4 })),
  'Dropout with noise shape': onSequence(
    layer('Dropout', { rate: 0.4, noise_shape: [null, 1, 3] }),
  ),
  SpatialDropout1D: onSequence(layer('SpatialDropout1D', { rate: 0.4 })),
  GaussianNoise: onRow(layer('GaussianNoise', { stddev: 0.3 }), dense(8)),
  GaussianDropout: onRow(layer('GaussianDropout', { rate: 0.3 }), dense(8)),
  AlphaDropout: onRow(layer('AlphaDropout', { rate: 0.3 }), dense(8, { activation: 'selu' })),
  BatchNormalization: onRow(dense(5), layer('BatchNormalization'), layer('ReLU')),
  'BatchNormalization on images': onImage(
    conv('Conv2D', 3),
    layer('BatchNormalization', { center: false, momentum: 0.8 }),
  ),
  LayerNormalization: onRow(dense(5), layer('LayerNormalization')),
  LeakyReLU: onRow(dense(5), layer('LeakyReLU', { alpha: 0.2 })),
  PReLU: onRow(dense(5), layer('PReLU')),
  ELU: onRow(dense(5), layer('ELU')),
  'ELU with alpha': onRow(dense(5), layer('ELU', { alpha: 0.7 })),
  'ReLU with every option': onRow(
    dense(5),
    layer('ReLU', { negative_slope: 0.1, threshold: 0.1, max_value: 0.5 }),
  ),
  ThresholdedReLU: onRow(dense(5), layer('ThresholdedReLU', { theta: 0.1 })),
  Softmax: onRow(dense(5), layer('Softmax')),
  'Softmax over two axes': onSequence(dense(4), layer('Softmax', { axis: [1, 2] })),
  'LayerNormalization over two axes': onSequence(
    dense(4),
    layer('LayerNormalization', { axis: [1, 2] }),
  ),
  UnitNormalization: onRow(dense(5), layer('UnitNormalization')),
  Normalization: onSequence(
    dense(2),
    layer('Normalization', { mean: [0.1, 0.3], variance: [2, 0.5] }),
  ),
  Rescaling: onRow(layer('Rescaling', { scale: 2, offset: -1 }), dense(5)),
  'Identity and ExpandDims': onRow(
    dense(5),
    layer('Identity', { name: 'same' }),
    layer('ExpandDims', { axis: -1 }),
    layer('Flatten'),
  ),
  Conv1D: onSequence(conv('Conv1D', 4)),
  'Conv1D same, strides 2': onSequence(conv('Conv1D', 4, { padding: 'same', strides: 2 })),
  'Conv1D causal': onSequence(conv('Conv1D', 4, { padding: 'causal' })),
  'Conv1D causal, dilation 2': onSequence(
    conv('Conv1D', 4, { padding: 'causal', dilation_rate: 2 }),
  ),
  'Conv1D groups': onSequence(conv('Conv1D', 6, { groups: 3, dilation_rate: 2 })),
  Conv1DTranspose: onSequence(conv('Conv1DTranspose', 3, { strides: 2, padding: 'same' })),
  SeparableConv1D: onSequence(conv('SeparableConv1D', 3, { strides: 2, padding: 'same' })),
  'SeparableConv1D causal, dilation 2': onSequence(
    conv('SeparableConv1D', 3, { padding: 'causal', dilation_rate: 2 }),
  ),
  Conv2D: onImage(conv('Conv2D', 3)),
  'Conv2D groups': onImage(conv('Conv2D', 4, { groups: 2, strides: [2, 2] })),
  'Conv2D same, strides 2': onImage(conv('Conv2D', 3, { padding: 'same', strides: [2, 2] })),
  'Conv2D dilation 2': onImage(conv('Conv2D', 3, { dilation_rate: [2, 2] })),
  Conv2DTranspose: onImage(conv('Conv2DTranspose', 3, { strides: [2, 2], padding: 'same' })),
  DepthwiseConv2D: onImage(
    layer('DepthwiseConv2D', { kernel_size: [3, 3], depth_multiplier: 2, padding: 'same' }),
  ),
  SeparableConv2D: onImage(conv('SeparableConv2D', 4)),
  MaxPooling1D: onSequence(layer('MaxPooling1D', { pool_size: 2 }), dense(3)),
  AveragePooling1D: onSequence(dense(3), layer('AveragePooling1D', { pool_size: 2 })),
  MaxPooling2D: onImage(conv('Conv2D', 3), layer('MaxPooling2D', { pool_size: [2, 2] })),
  AveragePooling2D: onImage(
    conv('Conv2D', 3),
    layer('AveragePooling2D', { pool_size: [2, 2], padding: 'same' }),
  ),
  GlobalAveragePooling1D: onSequence(dense(3), layer('GlobalAveragePooling1D')),
  GlobalMaxPooling1D: onSequence(dense(3), layer('GlobalMaxPooling1D')),
  GlobalAveragePooling2D: onImage(conv('Conv2D', 3), layer('GlobalAveragePooling2D')),
  GlobalMaxPooling2D: onImage(conv('Conv2D', 3), layer('GlobalMaxPooling2D')),
  UpSampling2D: onImage(conv('Conv2D', 2), layer('UpSampling2D', { size: [2, 2] })),
  'UpSampling2D bilinear': onImage(
    conv('Conv2D', 2),
    layer('UpSampling2D', { size: [2, 2], interpolation: 'bilinear' }),
  ),
  AdaptiveMaxPooling1D: onSequence(dense(3), layer('AdaptiveMaxPooling1D', { output_size: [4] })),
  AdaptiveAveragePooling2D: onImage(
    conv('Conv2D', 3),
    layer('AdaptiveAveragePooling2D', { output_size: [2, 4] }),
  ),
  RMSNormalization: onSequence(dense(4), layer('RMSNormalization', { axis: [1, 2] })),
  'Flatten with channels first': onSequence(
    dense(3),
    layer('Flatten', { data_format: 'channels_first' }),
  ),
  CategoryEncoding: onRow(
    layer('Discretization', { bin_boundaries: [-0.5, 0, 0.5] }),
    ...[layer('CategoryEncoding', { num_tokens: 4, output_mode: 'count' })],
  ),
  'Resizing with a border': onImage(
    conv('Conv2D', 2),
    layer('Resizing', { height: 5, width: 9, pad_to_aspect_ratio: true, fill_value: 0.5 }),
  ),
  'Resizing of the middle': onImage(
    conv('Conv2D', 2),
    layer('Resizing', { height: 5, width: 9, crop_to_aspect_ratio: true }),
  ),
  Resizing: onImage(conv('Conv2D', 2), layer('Resizing', { height: 5, width: 7 })),
  ...Object.fromEntries(
    ['bicubic', 'lanczos3', 'lanczos5'].map((interpolation) => [
      `Resizing ${interpolation}`,
      onImage(
        conv('Conv2D', 2),
        layer('UpSampling2D', { interpolation }),
        layer('Resizing', { height: 5, width: 7, interpolation, antialias: true }),
      ),
    ]),
  ),
  'Resizing nearest': onImage(
    conv('Conv2D', 2),
    layer('Resizing', { height: 9, width: 4, interpolation: 'nearest' }),
  ),
  CenterCrop: onImage(conv('Conv2D', 2), layer('CenterCrop', { height: 5, width: 9 })),
  SpatialDropout2D: onImage(conv('Conv2D', 4), layer('SpatialDropout2D', { rate: 0.4 })),
  'GlobalAveragePooling2D keepdims': onImage(
    conv('Conv2D', 3),
    layer('GlobalAveragePooling2D', { keepdims: true }),
  ),
  'Lengths of sequences': onSequence(
    dense(3),
    layer('ZeroPadding1D', { padding: [1, 2] }),
    layer('UpSampling1D', { size: 2 }),
    layer('Cropping1D', { cropping: [3, 1] }),
  ),
  'Random flips, turns and zooms': onImage(
    layer('RandomFlip', { mode: 'horizontal' }),
    layer('RandomRotation', { factor: 0.2 }),
    layer('RandomZoom', { height_factor: 0.3, width_factor: 0.2, fill_mode: 'nearest' }),
    conv('Conv2D', 3),
  ),
  'Random shifts, contrast and brightness': onImage(
    layer('RandomTranslation', { height_factor: 0.2, width_factor: 0.1, fill_mode: 'wrap' }),
    layer('RandomContrast', { factor: [0.2, 0.4], value_range: [0, 1] }),
    layer('RandomBrightness', { factor: 0.2, value_range: [0, 1] }),
    conv('Conv2D', 3),
  ),
  'Random turns behind a convolution': onImage(
    conv('Conv2D', 3),
    layer('RandomRotation', { factor: 0.2, interpolation: 'nearest' }),
  ),
  ZeroPadding2D: onImage(layer('ZeroPadding2D', { padding: [1, 2] }), conv('Conv2D', 2)),
  Cropping2D: onImage(
    conv('Conv2D', 2),
    layer('Cropping2D', {
      cropping: [
        [1, 0],
        [0, 1],
      ],
    }),
  ),
  'Reshape, Permute, RepeatVector': onRow(
    dense(6),
    layer('Reshape', { target_shape: [2, 3] }),
    layer('Permute', { dims: [2, 1] }),
    layer('Flatten'),
    layer('RepeatVector', { n: 2 }),
    layer('Flatten'),
  ),
  'TimeDistributed Dense': onSequence(wrapped('TimeDistributed', dense(3))),
  Embedding: onWords(layer('Embedding', { input_dim: 12, output_dim: 4 })),
  'Embedding and mean, masked': onWords(
    layer('Embedding', { input_dim: 12, output_dim: 4, mask_zero: true }),
    layer('GlobalAveragePooling1D'),
  ),
  ...Object.fromEntries(
    ['LSTM', 'GRU', 'SimpleRNN'].flatMap((name) => [
      [name, onSequence(recurrent(name, 4))],
      [
        `${name} stacked, sequences, backwards`,
        onSequence(
          recurrent(name, 4, { return_sequences: true }),
          recurrent(name, 3, { return_sequences: true, go_backwards: true }),
        ),
      ],
      [
        `${name} with dropouts`,
        onSequence(recurrent(name, 4, { dropout: 0.3, recurrent_dropout: 0.2 })),
      ],
      [
        `${name} without bias`,
        onSequence(recurrent(name, 4, { use_bias: false, activation: 'relu' })),
      ],
      [
        `${name} masked`,
        onWords(
          layer('Embedding', { input_dim: 12, output_dim: 4, mask_zero: true }),
          recurrent(name, 4, { return_sequences: true }),
          recurrent(name, 3),
        ),
      ],
      [
        `Bidirectional ${name}`,
        onSequence(
          wrapped('Bidirectional', recurrent(name, 4, { return_sequences: true }), {
            merge_mode: 'concat',
          }),
          wrapped('Bidirectional', recurrent(name, 3), { merge_mode: 'sum' }),
        ),
      ],
    ]),
  ),
  'LSTM and GRU of Keras 2': onSequence(
    recurrent('LSTM', 4, {
      return_sequences: true,
      recurrent_activation: 'keras2_hard_sigmoid',
      activation: 'softsign',
    }),
    recurrent('GRU', 3, { recurrent_activation: 'keras2_hard_sigmoid', activation: 'leaky_relu' }),
  ),
  'LayerNormalization constrained': onRow(
    dense(5),
    layer('LayerNormalization', {
      gamma_constraint: layer('MaxNorm', { max_value: 0.3, axis: [0] }),
      beta_constraint: layer('NonNeg'),
    }),
  ),
  'GRU with zeros for masked steps': onWords(
    layer('Embedding', { input_dim: 12, output_dim: 4, mask_zero: true }),
    recurrent('GRU', 4, { return_sequences: true, zero_output_for_mask: true }),
  ),
  'LSTM with a masked output': {
    ...{ input: [7], vocabulary: 12, output: [7, 1] },
    layers: [
      layer('Embedding', { input_dim: 12, output_dim: 4, mask_zero: true }),
      recurrent('LSTM', 4, { return_sequences: true }),
      dense(1),
    ],
  },
  'GRU reset after': onSequence(recurrent('GRU', 4, { reset_after: true })),
  'Bidirectional LSTM masked': onWords(
    layer('Embedding', { input_dim: 12, output_dim: 4, mask_zero: true }),
    wrapped('Bidirectional', recurrent('LSTM', 4, { return_sequences: true }), {
      merge_mode: 'mul',
    }),
    wrapped('Bidirectional', recurrent('LSTM', 3), { merge_mode: 'ave' }),
  ),
  'cells on top of each other': onSequence(
    layer('RNN', {
      cell: layer('StackedRNNCells', {
        cells: [
          layer('LSTMCell', { units: 4, dropout: 0.2 }),
          layer('GRUCell', { units: 3, recurrent_dropout: 0.3 }),
          layer('SimpleRNNCell', { units: 2 }),
        ],
      }),
      go_backwards: true,
      return_sequences: true,
    }),
  ),
  'cells, masked, in both directions': onWords(
    layer('Embedding', { input_dim: 12, output_dim: 4, mask_zero: true }),
    wrapped(
      'Bidirectional',
      layer('RNN', {
        name: 'both',
        cell: [layer('GRUCell', { units: 3 }), layer('LSTMCell', { units: 2 })],
      }),
    ),
  ),
  'Bidirectional with two layers': onSequence(
    wrapped('Bidirectional', recurrent('LSTM', 3, { name: 'there' }), {
      backward_layer: recurrent('GRU', 2, { name: 'back', go_backwards: true }),
    }),
  ),
  ConvLSTM2D: onFilm(
    conv('ConvLSTM2D', 3, { padding: 'same', return_sequences: true, dropout: 0.2 }),
    conv('ConvLSTM2D', 2, { strides: 2, recurrent_dropout: 0.2, use_bias: false }),
  ),
  'ConvLSTM1D in both directions': onFilm(
    layer('Reshape', { target_shape: [3, 6, 10] }),
    wrapped('Bidirectional', conv('ConvLSTM1D', 2, { name: 'both', return_sequences: true })),
    conv('ConvLSTM1D', 2, { kernel_size: [2], dilation_rate: [2] }),
  ),
  'a model in TimeDistributed': onFilm(
    wrapped('TimeDistributed', {
      class_name: 'Sequential',
      config: {
        name: 'seen',
        layers: [
          conv('Conv2D', 3, { name: 'seen_conv' }),
          layer('BatchNormalization', { name: 'seen_normal' }),
          layer('GlobalAveragePooling2D', { name: 'seen_mean' }),
        ],
      },
    }),
    recurrent('LSTM', 3),
  ),
  'Masking and LSTM': onSequence(layer('Masking', { mask_value: 0 }), recurrent('LSTM', 4)),
};

/** Two branches of one input, joined by a merge layer. */
export const merges = Object.fromEntries(
  ['Add', 'Subtract', 'Average', 'Multiply', 'Maximum', 'Minimum', 'Concatenate', 'Dot'].map(
    (merge) => [`merge ${merge}`, branching(merge)],
  ),
);

function branching(merge) {
  const from = (...names) => [names.map((name) => [name, 0, 0, {}])];
  const named = (class_name, name, config, inbound_nodes) => ({
    ...{ class_name, name, inbound_nodes },
    config: { name, ...config },
  });
  const options = merge === 'Dot' ? { axes: [1, 1] } : {};
  return {
    input: [6],
    output: [1],
    graph: {
      name: 'branches',
      layers: [
        named('InputLayer', 'in', { batch_input_shape: [null, 6] }, []),
        named('Dense', 'left', { units: 4, activation: 'tanh' }, from('in')),
        named('Dense', 'right', { units: 4, activation: 'sigmoid' }, from('in')),
        named(merge, 'joined', options, from('left', 'right')),
        named('Dense', 'out', { units: 1 }, from('joined')),
      ],
      input_layers: [['in', 0, 0]],
      output_layers: [['out', 0, 0]],
    },
  };
}
