import type { LayerClassName } from '../../recipe/layers.ts';

const bias = 'bias_initializer bias_regularizer activity_regularizer bias_constraint';
const kernel = 'kernel_initializer kernel_regularizer kernel_constraint';
const convolution = `kernel_size strides padding data_format dilation_rate activation use_bias ${bias}`;
const sequence = convolution.replace(' data_format', '');
const depthwise = 'depthwise_initializer depthwise_regularizer depthwise_constraint';
const separable = [
  'depthwise_initializer pointwise_initializer depthwise_regularizer pointwise_regularizer',
  'depthwise_constraint pointwise_constraint depth_multiplier',
].join(' ');
const pooling = 'pool_size padding strides data_format *';
const recurrent = (gate: string, ofBias: string, ofKind: string) =>
  [
    `* units activation${gate} use_bias kernel_initializer recurrent_initializer bias_initializer`,
    `${ofBias}kernel_regularizer recurrent_regularizer bias_regularizer activity_regularizer`,
    `kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout${ofKind}`,
    'return_sequences return_state go_backwards stateful unroll zero_output_for_mask seed? mask_from_state?',
  ].join(' ');
const sampled = 'fill_mode fill_value interpolation seed';
const scales = 'beta_initializer gamma_initializer';
const ofScales = 'beta_regularizer gamma_regularizer';

/**
 * The keys of layers as TF.js writes them, in its order, `*` being those of every layer; with a
 * question mark, those that are written where they are set. Of the others: `*`, then every option.
 */
export const savedKeys: Readonly<Partial<Record<LayerClassName, string>>> = {
  InputLayer: 'batch_input_shape dtype sparse name',
  Dense: `units activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer kernel_constraint bias_constraint *`,
  Activation: 'activation *',
  Dropout: 'rate noise_shape seed *',
  SpatialDropout1D: 'rate noise_shape seed *',
  SpatialDropout2D: 'rate noise_shape seed *',
  Flatten: 'data_format *',
  Reshape: 'target_shape *',
  Permute: 'dims *',
  RepeatVector: 'n *',
  Masking: 'mask_value *',
  Embedding:
    'input_dim output_dim embeddings_initializer embeddings_regularizer activity_regularizer embeddings_constraint mask_zero input_length *',
  Conv1D: `filters ${kernel} ${sequence} * groups`,
  Conv2D: `filters ${kernel} ${convolution} * groups`,
  Conv1DTranspose: `filters ${kernel} ${sequence} * output_padding`,
  Conv2DTranspose: `filters ${kernel} ${convolution.replace(' dilation_rate', '')} * dilation_rate output_padding`,
  SeparableConv1D: `filters ${convolution} * ${separable}`,
  SeparableConv2D: `filters ${convolution} * ${separable}`,
  DepthwiseConv2D: `${convolution} * depth_multiplier ${depthwise}`,
  Cropping2D: 'cropping data_format *',
  UpSampling2D: 'size data_format interpolation *',
  ZeroPadding1D: '* padding',
  ZeroPadding2D: 'padding data_format *',
  MaxPooling1D: pooling.replace(' data_format', ''),
  MaxPooling2D: pooling,
  AveragePooling1D: pooling.replace(' data_format', ''),
  AveragePooling2D: pooling,
  GlobalAveragePooling1D: '* keepdims',
  GlobalAveragePooling2D: 'data_format * keepdims',
  GlobalMaxPooling1D: '* keepdims',
  GlobalMaxPooling2D: 'data_format * keepdims',
  SimpleRNN: recurrent('', '', ''),
  GRU: recurrent(' recurrent_activation', '', ' implementation reset_after'),
  LSTM: recurrent(' recurrent_activation', 'unit_forget_bias ', ' implementation'),
  Bidirectional: 'merge_mode layer * backward_layer? mask_from_state?',
  TimeDistributed: 'layer *',
  Concatenate: 'axis * keras2_masks?',
  Dot: 'axes normalize *',
  BatchNormalization: `axis momentum epsilon center scale ${scales} moving_mean_initializer moving_variance_initializer ${ofScales} beta_constraint gamma_constraint *`,
  LayerNormalization: `axis epsilon center scale ${scales} ${ofScales} * beta_constraint gamma_constraint`,
  ReLU: 'max_value * negative_slope threshold',
  LeakyReLU: 'alpha *',
  PReLU: 'alpha_initializer alpha_regularizer alpha_constraint shared_axes *',
  ELU: 'alpha *',
  ThresholdedReLU: 'theta *',
  Softmax: 'axis *',
  GaussianNoise: 'stddev * seed?',
  GaussianDropout: 'rate * seed?',
  AlphaDropout: 'rate * noise_shape? seed?',
  Resizing: '* height width interpolation',
  CenterCrop: '* height width',
  RandomFlip: '* mode seed',
  RandomRotation: `* factor ${sampled}`,
  RandomZoom: `* height_factor width_factor ${sampled}`,
  RandomTranslation: `* height_factor width_factor ${sampled}`,
  RandomContrast: '* factor value_range seed',
  RandomBrightness: '* factor value_range seed',
};
