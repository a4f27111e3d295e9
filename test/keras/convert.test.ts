import { expect, test } from '@jest/globals';
import { convertModel } from '../../grader/keras/convert/convert-model.ts';
import { toFailure } from '../../grader/errors.ts';
import { normaliseModel } from '../../grader/recipe/normalise.ts';

type Json = Record<string, unknown>;

const layer = (class_name: string, config: Json = {}, more: Json = {}) => ({
  class_name,
  config: { name: class_name.toLowerCase(), ...config },
  ...more,
});
const input = (shape: unknown = [null, 4], name = 'in') =>
  layer('InputLayer', { name, batch_input_shape: shape }, { name, inbound_nodes: [] });
const sequential = (...layers: object[]) => layer('Sequential', { layers });
const called = (name: string, made: Json, ...inputs: unknown[]) => ({
  ...made,
  name,
  config: { ...(made['config'] as Json), name },
  inbound_nodes: inputs,
});
const on = (...names: string[]) => names.map((name) => [name, 0, 0, {}]);
const functional = (layers: object[], output: string, more: Json = {}) =>
  layer('Functional', {
    layers,
    input_layers: [['in', 0, 0]],
    output_layers: [[output, 0, 0]],
    ...more,
  });

function read(config: object, kerasVersion: string | null = '2.9.0') {
  return normaliseModel(convertModel({ config, kerasVersion }).model);
}

function refusal(config: object, kerasVersion: string | null = '2.9.0') {
  try {
    read(config, kerasVersion);
  } catch (error) {
    const { fault, code, message } = toFailure(error);
    return `${fault} ${code}: ${message}`;
  }
  return 'read';
}

test.each([
  ['no model', 3, "candidate model-config: The model's configuration is 3"],
  [
    'a class of their own',
    layer('MyModel', { layers: [] }),
    'candidate subclassed-model: The model is a MyModel',
  ],
  [
    'a layer of their own',
    sequential(input(), layer('Dense', { units: 1 }, { registered_name: 'mine>Dense' })),
    'candidate custom-layer: The layer "dense" is a class of your own (mine>Dense, Dense)',
  ],
  [
    'a layer that Keras has and the grader has not',
    sequential(input(), layer('GroupQueryAttention', { num_query_heads: 2 })),
    'candidate layer-not-supported: The layer "groupqueryattention" is a GroupQueryAttention',
  ],
  [
    'text',
    sequential(layer('InputLayer', { batch_input_shape: [null, 1], dtype: 'string' })),
    'candidate string-input: The input "inputlayer" takes strings',
  ],
  [
    'a model that was never built',
    sequential(layer('Dense', { units: 1 })),
    'candidate no-input-shape: The model does not state the shape of its input',
  ],
  [
    'unknown code',
    sequential(input(), layer('Lambda', { function: ['4wEAAAA=', null, null] })),
    'candidate lambda: The layer "lambda" is a Lambda',
  ],
  [
    'an activation without a name',
    sequential(
      input(),
      layer('Dense', { units: 1, activation: { class_name: 'PReLU', config: {} } }),
    ),
    'candidate activation: The activation of the layer "dense"',
  ],
  [
    'an option that changes what a layer does',
    sequential(input(), layer('Dense', { units: 1, centred: true })),
    'candidate unknown-option: The layer "dense" (Dense) has centred = true',
  ],
  [
    'a dangling reference',
    functional([input(), called('end', layer('Dense', { units: 1 }), on('nowhere'))], 'end'),
    'candidate model-config: The layer "end" takes the output of "nowhere", which cannot be made',
  ],
  [
    'a loop',
    functional(
      [
        input(),
        called('a', layer('Add'), on('in', 'b')),
        called('b', layer('Dense', { units: 4 }), on('a')),
      ],
      'b',
    ),
    'candidate model-config: The layer "a" takes the output of "b", which cannot be made',
  ],
  [
    'an output that is not there',
    functional([input(), called('end', layer('Dense', { units: 1 }), on('in'))], 'other'),
    'candidate model-config: The model names an output of "other" that is not made',
  ],
  [
    'two layers of one name',
    functional([input(), input()], 'in'),
    'candidate model-config: Two layers have the name "in"',
  ],
  [
    'a layer in training mode',
    functional(
      [input(), called('end', layer('Dropout', { rate: 0.5 }), [['in', 0, 0, { training: true }]])],
      'end',
    ),
    'candidate training-mode: The layer "end" is always called in training mode',
  ],
  [
    'a layer with more inputs than it takes',
    functional([input(), called('end', layer('Dense', { units: 2 }), on('in', 'in', 'in'))], 'end'),
    'candidate unsupported-model: Layer "end" (Dense): is called with 3 inputs; it takes 1.',
  ],
  [
    'one state of two',
    functional(
      [input([null, 4, 2]), called('end', layer('LSTM', { units: 2 }), on('in', 'in'))],
      'end',
    ),
    'candidate initial-state: The layer "end" ("LSTM") is called with 1 initial states; it has 2 states.',
  ],
  [
    'a state of fixed numbers',
    functional(
      [
        input([null, 4, 2]),
        called('end', layer('GRU', { units: 1 }), [['in', 0, 0, { initial_state: [[0.5]] }]]),
      ],
      'end',
    ),
    'candidate initial-state: The layer "end" starts from a state of fixed numbers',
  ],
  [
    'a cell of their own',
    sequential(
      input([null, 4, 2]),
      layer('RNN', { cell: layer('PeepholeLSTMCell', { units: 2 }) }),
    ),
    'candidate cell-not-supported: The layer "rnn" has a PeepholeLSTMCell',
  ],
  [
    'an operation without a layer',
    functional(
      [
        input(),
        called('odd', { class_name: 'TFOpLambda', config: { function: 'math.in_top_k' } }, [
          'in',
          0,
          0,
          {},
        ]),
        called('end', layer('Dense', { units: 1 }), on('odd')),
      ],
      'end',
    ),
    'candidate operation: The model uses tf.math.in_top_k',
  ],
])('%s is refused by name', (_, config, start) => {
  expect(refusal(config as object)).toMatch(new RegExp(`^${start.replace(/[()[\]\\]/g, '\\$&')}`));
});

test('models that call each other a hundred times at each of many levels are refused at once', () => {
  const nest = (depth: number): Json => {
    const name = `m${depth}`;
    const inner = depth === 0 ? layer('Identity') : nest(depth - 1);
    const calls = Array.from({ length: 100 }, () => on('in'));
    const offset = depth === 0 ? 0 : 1;
    return {
      ...functional([input(), called(name, inner, ...calls)], name, {
        output_layers: [[name, 99 + offset, 0]],
      }),
    };
  };
  expect(refusal(nest(7))).toContain('limit graph-too-large');
  const deep = (depth: number): Json =>
    depth === 0
      ? sequential(input(), layer('Dense', { units: 1 }))
      : sequential(input(), deep(depth - 1));
  expect(refusal(deep(12))).toContain('limit model-too-deep');
});

test('files of Keras 2.2.4 have their input in the first layer, and older ones a bare list of layers', () => {
  const layers = [
    layer('Embedding', { input_dim: 9, output_dim: 2, batch_input_shape: [null, 120] }),
    layer('Bidirectional', {
      layer: layer('LSTM', { name: 'lstm', units: 3, implementation: 1, time_major: false }),
      merge_mode: 'concat',
    }),
    layer('Dense', { units: 1, activation: 'sigmoid' }),
  ];
  const wanted = [
    ['InputLayer', 'embedding_input', [null, 120]],
    ['Embedding', 'embedding', undefined],
    ['Bidirectional', 'bidirectional', undefined],
    ['Dense', 'dense', undefined],
  ];
  for (const config of [{ name: 'sequential', layers }, layers]) {
    const { model } = read({ class_name: 'Sequential', config }, '2.2.4-tf');
    const found = model.config['layers'] as { class_name: string; config: Json }[];
    expect(
      found.map((each) => [each.class_name, each.config['name'], each.config['batch_input_shape']]),
    ).toEqual(wanted);
  }
});

test('hard_sigmoid of Keras 2 and of TF.js is not that of Keras 3', () => {
  const config = sequential(input(), layer('Dense', { units: 1, activation: 'hard_sigmoid' }));
  const activation = (version: string) =>
    (read(config, version).model.config['layers'] as { config: Json }[])[1]?.config['activation'];
  expect(activation('2.15.0')).toBe('keras2_hard_sigmoid');
  expect(activation('tfjs-layers 4.22.0')).toBe('keras2_hard_sigmoid');
  expect(activation('3.15.1')).toBe('hard_sigmoid');
});

/** `lambda x: x * 400` of Python 3.11. */
const times400 =
  '4wEAAAAAAAAAAAAAAAIAAAADAAAA8wwAAACXAHwAZAF6BQAAUwApAk7nAAAAAAAAeUCpACkB2gF4' +
  'cwEAAAAg+h48aXB5dGhvbi1pbnB1dC03LTBhMWIyYzNkNGU1Zj76CDxsYW1iZGE+cgYAAAABAAAA' +
  'cwoAAACAAIghiGWJKYAA8wAAAAA=';

test('a Lambda ends a mask', () => {
  const lambda = layer('Lambda', { function: [times400, null, null] });
  const masked = (...layers: object[]) =>
    sequential(
      input([null, 4]),
      layer('Embedding', { input_dim: 9, output_dim: 2, mask_zero: true }),
      ...layers,
    );
  const { model } = read(masked(lambda, layer('LSTM', { units: 2 })));
  expect((model.config['layers'] as object[]).at(2)).toMatchObject({
    class_name: 'Rescaling',
    config: { name: 'lambda', scale: 400, offset: 0, supports_masking: false },
  });
});

const tensor = (name: string) => ({
  class_name: '__keras_tensor__',
  config: { keras_history: [name, 0, 0] },
});

/** Keras 3's functional model with one attention layer on words and a second sequence. */
function attending(className: string, args: unknown[], kwargs: Json = {}) {
  const trainable = true;
  const words = layer('Embedding', {
    ...{ input_dim: 9, output_dim: 4, mask_zero: true },
    trainable,
  });
  const heads = className === 'MultiHeadAttention' ? { num_heads: 2, key_dim: 3 } : {};
  return functional(
    [
      input([null, 6]),
      called('known', words, { args: [tensor('in')], kwargs: {} }),
      called('seen', layer('Dense', { units: 4, trainable }), {
        args: [tensor('known')],
        kwargs: {},
      }),
      called('attended', layer(className, { ...heads, trainable }), { args, kwargs }),
    ],
    'attended',
  );
}

function inputsOfAttention(config: object) {
  const { model } = read(config, '3.15.1');
  const [attended] = (model.config['layers'] as Json[]).slice(-1);
  const [call] = attended?.['inbound_nodes'] as [string][][];
  return { inputs: call?.map(([name]) => name), config: attended?.['config'] };
}

test('query, value, key and mask stand in this order, however they are named', () => {
  const [known, seen] = [tensor('known'), tensor('seen')];
  const named = { key: seen, value: known, use_causal_mask: true };
  expect(inputsOfAttention(attending('MultiHeadAttention', [seen], named))).toMatchObject({
    inputs: ['seen', 'known', 'seen'],
    config: { use_causal_mask: true },
  });
  const masked = { query: seen, value: known, attention_mask: tensor('in') };
  expect(inputsOfAttention(attending('MultiHeadAttention', [], masked))).toMatchObject({
    inputs: ['seen', 'known', 'known', 'in'],
    config: { use_causal_mask: false },
  });
  const list = attending('AdditiveAttention', [[seen, known, known]], { use_causal_mask: false });
  expect(inputsOfAttention(list)).toMatchObject({ inputs: ['seen', 'known', 'known'] });
});

test.each([
  ['return_attention_scores', true, 'attention-scores'],
  ['mask', [tensor('in'), null], 'explicit-mask'],
  ['value_mask', tensor('in'), 'explicit-mask'],
])('a call of attention with %s is refused', (name, value, code) => {
  const className = name === 'mask' ? 'Attention' : 'MultiHeadAttention';
  const [known, seen] = [tensor('known'), tensor('seen')];
  const args = className === 'Attention' ? [[seen, known]] : [seen, known];
  const config = attending(className, args, { [name]: value });
  expect(refusal(config, '3.15.1')).toMatch(new RegExp(`^candidate ${code}: The layer "attended"`));
});

test('a layer that is called with a causal mask and without is refused', () => {
  const sequences = [tensor('known'), tensor('seen')];
  const config = attending('Attention', [sequences]);
  const [attended] = ((config.config as Json)['layers'] as Json[]).slice(-1);
  const causal = { args: [sequences], kwargs: { use_causal_mask: true } };
  (attended?.['inbound_nodes'] as object[]).push(causal);
  expect(refusal(config, '3.15.1')).toContain('candidate causal-mask: The layer "attended"');
});

test('a masked sequence that MultiHeadAttention shares in Keras 2 is refused', () => {
  const words = layer('Embedding', { input_dim: 9, output_dim: 4, mask_zero: true });
  const heads = layer('MultiHeadAttention', {
    num_heads: 2,
    key_dim: 3,
    query_shape: [null, 6, 4],
  });
  const self = [[['known', 0, 0, { value: ['known', 0, 0] }]]];
  const model = (end: object) =>
    functional(
      [input([null, 6]), called('known', words, on('in')), called('heads', heads, ...self), end],
      'end',
    );
  const sum = called('end', layer('Add'), on('known', 'heads'));
  expect(refusal(model(sum))).toContain('candidate masked-attention: The layer "heads"');
  expect(refusal(model(called('end', layer('LSTM', { units: 2 }), on('heads'))))).toBe('read');
});

test('initializers that nobody knows do not keep a trained model from being graded', () => {
  const config = sequential(
    input(),
    layer('Dense', {
      units: 1,
      kernel_initializer: { class_name: 'mine>Special', config: {} },
      bias_constraint: { class_name: 'mine>Special', config: {} },
    }),
  );
  const { trainingNotes, model } = convertModel({ config, kerasVersion: '3.15.1' });
  expect(trainingNotes).toEqual([
    'An initializer of the layer "dense" is not known and its default is taken: {"class_name":"mine>Special","config":{}}.',
    'The bias_constraint {"class_name":"mine>Special","config":{}} is not known and left out.',
  ]);
  expect(() => normaliseModel(model)).not.toThrow();
});

test('float64 inputs, mixed precision and fixed batches are used as float32 of any batch, and said', () => {
  const { notes } = convertModel({
    config: sequential(
      layer('InputLayer', { batch_shape: [32, 4], dtype: 'float64' }),
      layer('Dense', {
        units: 1,
        dtype: { class_name: 'DTypePolicy', config: { name: 'mixed_float16' } },
      }),
    ),
    kerasVersion: '3.10.0',
  });
  expect(notes).toEqual([
    'The model was saved for batches of 32 examples; it is used with batches of any size.',
    'The input is declared as float64; it is given as float32.',
    'Layers of dtype mixed_float16 are computed in float32.',
  ]);
});
