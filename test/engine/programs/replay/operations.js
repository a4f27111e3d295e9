// Models of the operations that model files have between their layers, each by its settings. What has no
// gradient, as a comparison, stands beside a tensor that has one.
const named = (class_name, name, config, from) => ({
  ...{ class_name, name, config: { name, ...config } },
  inbound_nodes: from.length > 0 ? [from.map((one) => [one, 0, 0, {}])] : [],
});

/** Of two branches of a sequence, or of one. */
function model(class_name, config, from = ['left']) {
  return {
    input: [4, 3],
    output: [1],
    graph: {
      name: 'operation',
      layers: [
        named('InputLayer', 'in', { batch_input_shape: [null, 4, 3] }, []),
        named('Dense', 'left', { units: 4, activation: 'tanh' }, ['in']),
        named('Dense', 'right', { units: 4, activation: 'sigmoid' }, ['in']),
        named('Arithmetic', 'truth', { function: 'greater', constant: 0 }, ['left']),
        named('Reshape', 'picture', { target_shape: [2, 2, 4] }, ['left']),
        named(class_name, 'operation', config, from),
        named('Flatten', 'flat', {}, ['operation']),
        named('Flatten', 'others', {}, ['left']),
        named('Concatenate', 'joined', { axis: -1 }, ['flat', 'others']),
        named('Dense', 'out', { units: 1 }, ['joined']),
      ],
      input_layers: [['in', 0, 0]],
      output_layers: [['out', 0, 0]],
    },
  };
}

/** Functions that take values between -1 and 1. */
const values = [
  ...[
    'abs',
    'acos',
    'asin',
    'asinh',
    'atan',
    'atanh',
    'ceil',
    'cos',
    'cosh',
    'erf',
    'exp',
    'expm1',
  ],
  ...['floor', 'gelu_tanh', 'is_finite', 'is_inf', 'is_nan', 'is_true', 'logical_not', 'ones_like'],
  ...['round', 'sign', 'sin', 'sinh', 'square', 'stop_gradient', 'tan', 'truncate', 'zeros_like'],
];
/** Functions that take values above 0. */
const positive = ['log', 'log1p', 'reciprocal', 'rsqrt', 'sqrt'];
const ofTwo = [
  ...['add', 'subtract', 'multiply', 'divide', 'maximum', 'minimum', 'floor_divide', 'mod'],
  ...['divide_no_nan', 'multiply_no_nan', 'atan2', 'squared_difference', 'equal', 'not_equal'],
  ...['greater', 'greater_equal', 'less', 'less_equal', 'logical_and', 'logical_or', 'logical_xor'],
];
const reductions = [
  ...['mean', 'sum', 'max', 'min', 'prod', 'var', 'std', 'norm', 'logsumexp'],
  ...['any', 'all', 'argmax', 'argmin'],
];
const along = ['cumsum', 'glu', 'log_softmax', 'softmax', 'sparsemax'];
const all = [null, null, 1];
const choices = {
  ...{ places: [2, 0, 2], repeat: [3], tile: [2], roll: [-5], section: [1, 3], reflect: [2, 3] },
  symmetric: [4, 1],
};
const row = [0.5, -1, 0.25, 2];
const table = [row, row.toReversed(), [1, 1, -1, -1], [0, 0.5, 0, -0.5]];

export const operations = {
  ...each(values, (name) => model('Elementwise', { function: name })),
  ...each(positive, (name) => model('Elementwise', { function: name }, ['right'])),
  ...each(ofTwo, (name) => model('Arithmetic', { function: name }, ['left', 'right'])),
  power: model('Arithmetic', { function: 'power' }, ['right', 'left']),
  'power of a number': model('Arithmetic', {
    function: 'power',
    constant: 2,
    constant_first: true,
  }),
  'times a table': model('Arithmetic', { function: 'multiply', constant: table }),
  'greater than a row': model('Arithmetic', { function: 'greater', constant: row }),
  where: model('Where', {}, ['truth', 'left', 'right']),
  'where of a number': model('Where', { otherwise: 0.5 }, ['truth', 'right']),
  'where of a row': model('Where', { then: row }, ['truth', 'right']),
  ...each(reductions, (name) => model('Reduce', { function: name, axis: [1] })),
  'argmax kept': model('Reduce', { function: 'argmax', axis: [-1], keepdims: true }),
  ...each(along, (name) => model('Along', { function: name })),
  ...each(along, (name) => model('Along', { function: name, axis: 1 }), ' along 1'),
  ...each(Object.keys(choices), (take) =>
    model('Slice', { parts: [all, { take, by: choices[take] }] }),
  ),
  'slice and place': model('Slice', { parts: ['...', [null, null, -2], 1] }),
  SpaceToDepth: model('SpaceToDepth', { block_size: 2 }, ['picture']),
  LocalResponse: model('LocalResponse', { depth_radius: 1, alpha: 0.7 }, ['picture']),
  DepthToSpace: model('DepthToSpace', { block_size: 2 }, ['picture']),
  'TopK values': model('TopK', { k: 2 }),
  'TopK places': model('TopK', { k: 2, gives: 'places' }),
  'TopK of all': model('TopK', {}),
  MoveAxis: model('MoveAxis', { source: [-1], destination: [1] }),
  Pad: model('Pad', {
    paddings: [
      [0, 0],
      [1, 2],
      [0, 3],
    ],
    value: 0.5,
  }),
  OneHot: model('OneHot', { depth: 3, on_value: 2, off_value: -1 }),
  MatMul: model('MatMul', { transpose_b: true }, ['left', 'right']),
  'einsum of two': model('Einsum', { equation: 'bij,bkj->bik' }, ['left', 'right']),
  'einsum with sums': model('Einsum', { equation: 'bij,bkl->bki' }, ['left', 'right']),
  'einsum of one': model('Einsum', { equation: '...ij->...ji' }),
  'einsum with a constant': model('Einsum', { equation: '...j,jk->...k', constant: table }),
};

function each(names, of, more = '') {
  return Object.fromEntries(names.map((name) => [`operation ${name}${more}`, of(name)]));
}
