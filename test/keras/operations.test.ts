import { expect, test } from '@jest/globals';
import { convertModel } from '../../grader/keras/convert/convert-model.ts';
import { toFailure } from '../../grader/errors.ts';
import { normaliseModel } from '../../grader/recipe/normalise.ts';

type Json = Record<string, unknown>;

const tensor = (name: string, shape = [null, 4, 3]) => ({
  class_name: '__keras_tensor__',
  config: { shape, dtype: 'float32', keras_history: [name, 0, 0] },
});
const x = tensor('x');

/** A layer of Keras 3, or an operation, which does not say whether it is trainable. */
const layer = (class_name: string, config: Json, args: unknown[], kwargs: Json = {}) => {
  const name = String(config['name']);
  return { class_name, name, config, inbound_nodes: [{ args, kwargs }] };
};

/** Of Keras 3: an input, what stands on it, and the last of them as the output. */
function model(...layers: ReturnType<typeof layer>[]) {
  const input = { batch_shape: [null, 4, 3], name: 'x', dtype: 'float32' };
  return {
    class_name: 'Functional',
    config: {
      name: 'model',
      layers: [
        { class_name: 'InputLayer', name: 'x', config: input, inbound_nodes: [] },
        ...layers,
      ],
      input_layers: [['x', 0, 0]],
      output_layers: [[layers.at(-1)?.name, 0, 0]],
    },
  };
}

const operation = (class_name: string, config: Json, ...args: unknown[]) =>
  model(layer(class_name, { name: 'made', ...config }, args.length > 0 ? args : [x]));

function read(config: object, kerasVersion = '3.15.1') {
  const { model } = normaliseModel(convertModel({ config, kerasVersion }).model);
  return model.config['layers'] as { class_name: string; config: Json }[];
}

function refusal(config: object, kerasVersion = '3.15.1') {
  try {
    read(config, kerasVersion);
  } catch (error) {
    const { fault, code, message } = toFailure(error);
    return `${fault} ${code}: ${message}`;
  }
  return 'read';
}

const across =
  'which goes across the examples of a batch; the grader computes each example by itself';

test.each([
  ['a mean of all', 'Mean', { axis: null }, 'keras.ops.mean with axis = None', across],
  ['a sum of axis 0', 'Sum', { axis: [1, 0] }, 'keras.ops.sum with axis = [1,0]', across],
  ['a stack of batches', 'Stack', { axis: 0 }, 'keras.ops.stack with axis = 0', across],
  ['a transposed batch', 'Transpose', { axes: [1, 0, 2] }, 'with axes = 1,0,2', across],
  [
    'a median',
    'Median',
    { axis: 1 },
    'keras.ops.median (in its configuration: "made")',
    'does not have',
  ],
  ['another order', 'Norm', { axis: 1, ord: 3 }, 'keras.ops.norm with ord = 3', 'does not have'],
  ['a new setting', 'Round', { decimals: 0, how: 'up' }, 'with how = "up"', 'does not have'],
])('%s is refused by its name in Python, with the reason', (_, className, config, ...words) => {
  const message = refusal(operation(className, config));
  expect(message).toContain('candidate operation: The model uses ');
  for (const word of words) expect(message).toContain(word);
});

test('settings that would fill the memory of the reader are refused', () => {
  for (const [className, config] of [
    ['Flip', { axis: 1e9 }],
    ['Repeat', { axis: 1, repeats: [1e9, 1e9] }],
    ['Unstack', { axis: 1e9, num: null }],
    ['OneHot', { axis: -1, num_classes: 1e12 }],
  ] as const) {
    expect(refusal(operation(className, config))).toMatch(/^candidate /);
  }
  const split = operation('Split', { axis: 1, indices_or_sections: 1e9 });
  expect(read(split)).toHaveLength(2);
  const deep = JSON.parse(`${'['.repeat(50)}1${']'.repeat(50)}`) as unknown;
  expect(refusal(operation('Add', {}, x, deep))).toContain('candidate operation: ');
});

test('an output that no operation can have is not made', () => {
  const far = { ...x, config: { ...x.config, keras_history: ['parts', 0, 1e9] } };
  const parts = layer('Unstack', { name: 'parts', num: null, axis: 1 }, [x]);
  const config = model(parts, layer('Negative', { name: 'made' }, [far]));
  expect(refusal(config)).toContain('candidate model-config: The layer "made" takes the output');
});

test('constants among the tensors of a list are not left out', () => {
  const stack = operation('Stack', { axis: 1 }, [x, [1, 2, 3]]);
  expect(refusal(stack)).toContain(
    'candidate call-argument: A call takes tensors and other values',
  );
});

test('values stand in the order of their names in Python, not in that of the file', () => {
  const truth = layer('Greater', { name: 'truth' }, [x, 0]);
  const other = layer('Negative', { name: 'other' }, [x]);
  const kwargs = { x2: tensor('other'), x1: x };
  const chosen = layer('Where', { name: 'made' }, [tensor('truth')], kwargs);
  const [made] = read(model(truth, other, chosen)).slice(-1) as unknown as Json[];
  expect(made?.['inbound_nodes']).toEqual([
    [
      ['truth', 0, 0, {}],
      ['x', 0, 0, {}],
      ['other', 0, 0, {}],
    ],
  ]);
});

test('what several layers of an operation need is computed once', () => {
  const classes = read(operation('Squareplus', { b: 4 })).map(({ class_name }) => class_name);
  expect(classes).toEqual([
    ...['InputLayer', 'Elementwise', 'Rescaling', 'Elementwise', 'Arithmetic', 'Rescaling'],
  ]);
  const inputs = read(operation('Normalize', { axis: -1, order: 2, epsilon: null }));
  expect(inputs.filter(({ class_name }) => class_name === 'Reduce')).toHaveLength(1);
});

test('operations on which nothing depends are left out', () => {
  const mask = layer('NotEqual', { name: 'mask' }, [x, 0]);
  const made = layer('Negative', { name: 'made' }, [x]);
  expect(read(model(mask, made)).map(({ config }) => config['name'])).toEqual(['x', 'made']);
});

test('the number of examples in a shape is that of the batch', () => {
  const lambda = (name: string, config: Json, from: string, kwargs: Json) => ({
    ...{ class_name: config['slicing'] ? 'SlicingOpLambda' : 'TFOpLambda', name },
    ...{ config: { name, ...config }, inbound_nodes: [[from, 0, 0, kwargs]] },
  });
  const shaped = (of: string, place: number) => ({
    class_name: 'Functional',
    config: {
      name: 'model',
      layers: [
        {
          ...{ class_name: 'InputLayer', name: 'x', inbound_nodes: [] },
          config: { name: 'x', batch_input_shape: [null, 4, 3] },
        },
        lambda('turned', { function: 'compat.v1.transpose' }, 'x', { perm: null }),
        lambda('shape', { function: 'compat.v1.shape' }, of, {}),
        lambda('size', { function: '__operators__.getitem', slicing: true }, 'shape', {
          slice_spec: place,
        }),
        lambda('made', { function: 'reshape' }, 'x', { shape: [['size', 0, 0], 12] }),
      ],
      input_layers: [['x', 0, 0]],
      output_layers: [['made', 0, 0]],
    },
  });
  expect(read(shaped('x', 0), '2.15.0').at(-1)).toMatchObject({
    ...{ class_name: 'Reshape', config: { target_shape: [12] } },
  });
  const message = 'The model uses tf.reshape with shape = [["size",0,0],12]';
  expect(refusal(shaped('x', 1), '2.15.0')).toContain(message);
  expect(refusal(shaped('turned', 0), '2.15.0')).toContain(message);
});

test('a softmax of tensors does not see masks, and a cast of floats gives what it gets', () => {
  const cast = layer('Cast', { name: 'cast', dtype: 'float32' }, [x]);
  const soft = layer('Softmax', { name: 'made', axis: 1 }, [tensor('cast')]);
  expect(read({ ...model(cast, soft) }).slice(1)).toMatchObject([
    { class_name: 'Along', config: { function: 'softmax', axis: 1, supports_masking: false } },
  ]);
  const one = operation('Concatenate', { axis: 1 }, [x]);
  expect(read(one).at(-1)).toMatchObject({
    ...{ class_name: 'Identity', config: { supports_masking: false } },
  });
});

test('a layer that is called with a mask of its own is refused', () => {
  const mask = layer('Any', { name: 'mask', axis: -1, keepdims: false }, [x]);
  const lstm = layer('LSTM', { name: 'lstm', units: 2, trainable: true }, [x], {
    mask: tensor('mask', [null, 4]),
  });
  expect(refusal(model(mask, lstm))).toContain(
    'candidate explicit-mask: The layer "lstm" is called with a mask of its own (mask)',
  );
});
