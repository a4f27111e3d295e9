import { Buffer } from 'node:buffer';
import { kerasTwo, layer } from '../model.js';

const sequential = (...layers) => kerasTwo({}, layers);
const input = (shape = [4]) =>
  layer('InputLayer', { batch_input_shape: [null, ...shape], name: 'i' });
const dense = (units, more = {}) => layer('Dense', { name: 'dense', units, ...more });
const text = (value) => JSON.stringify(value);
const template = (mark, instead) =>
  text(kerasTwo({ units: 'MARK' })).replace('"MARK"', instead ?? mark);

const escapes = '\u001b[2J\u001b]0;pwned\u0007\u202e\u200b\u0000';

/** A functional model whose layers are `[name, inputs]`. */
function functional(calls, { inputs = ['i'], outputs = [calls.at(-1)?.[0] ?? 'i'] } = {}) {
  const node = (name) => [name, 0, 0, {}];
  const layers = calls.map(([name, from]) => ({
    ...layer(from.length > 1 ? 'Add' : 'Dense', from.length > 1 ? { name } : { name, units: 4 }),
    name,
    inbound_nodes: [from.map(node)],
  }));
  const first = inputs.map((name) => ({
    ...layer('InputLayer', { batch_input_shape: [null, 4], name }),
    name,
    inbound_nodes: [],
  }));
  const ends = (names) => names.map((name) => [name, 0, 0]);
  const config = {
    name: 'model',
    layers: [...first, ...layers],
    input_layers: ends(inputs),
    output_layers: ends(outputs),
  };
  return layer('Functional', config);
}

function nested(depth) {
  let inner = sequential(input(), dense(4));
  for (let level = 0; level < depth; level++)
    inner = named(sequential(input(), inner), `m${level}`);
  return inner;
}

function named(model, name) {
  return { ...model, config: { ...model.config, name } };
}

/** Models in each other, each calling the one inside ten times in a row: 10^depth calls. */
function multiplied(depth) {
  let inner = layer('Activation', { name: 'a', activation: 'relu' });
  for (let level = 0; level < depth; level++) inner = callsTen(inner, `m${level}`);
  return inner;
}

function callsTen(inner, name) {
  const own = inner.config.name;
  const nodes = Array.from({ length: 10 }, (_, at) => [
    [at === 0 ? 'i' : own, at === 0 ? 0 : at - 1, 0, {}],
  ]);
  const entries = [
    {
      ...layer('InputLayer', { batch_input_shape: [null, 4], name: 'i' }),
      name: 'i',
      inbound_nodes: [],
    },
    { ...inner, name: own, inbound_nodes: nodes },
  ];
  return layer('Functional', {
    name,
    layers: entries,
    input_layers: [['i', 0, 0]],
    output_layers: [[own, 9, 0]],
  });
}

const deepJson = (depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** Keras JSON: architectures that are damaged, lie, or ask for too much. */
export const configs = {
  'cut.json': {
    bytes: () => text(kerasTwo()).slice(0, 120),
    code: 'candidate model-config',
    why: 'JSON that breaks off',
  },
  'not-a-model.json': {
    bytes: () => '{"name": "package", "version": "1.0.0"}',
    code: 'candidate invalid-recipe',
    why: 'JSON of something else',
  },
  'array.json': { bytes: () => '[1, 2, 3]', code: 'candidate invalid-recipe', why: 'a list' },
  'class-name-only.json': {
    bytes: () => '{"class_name": "Sequential"}',
    code: 'candidate model-config',
    why: 'no configuration',
  },
  'config-null.json': {
    bytes: () => '{"class_name": "Sequential", "config": null}',
    code: 'candidate model-config',
    why: 'a configuration of null',
  },
  'no-layers.json': {
    bytes: () => text(sequential()),
    code: 'candidate model-config',
    why: 'a model without layers',
  },
  'layers-numbers.json': {
    bytes: () => text(sequential(1, 2)),
    code: 'candidate model-config',
    why: 'layers of numbers',
  },
  'no-input-shape.json': {
    bytes: () => text(sequential(dense(4), dense(1, { name: 'b' }))),
    code: 'candidate no-input-shape',
    why: 'no shape of the input',
  },
  'deep.json': {
    bytes: () => deepJson(100_000),
    code: 'candidate invalid-recipe',
    why: 'JSON of depth 100,000',
  },
  'deep-in-config.json': {
    bytes: () => template('', deepJson(100_000)),
    code: 'candidate model-config',
    why: 'the same inside of a layer',
  },
  'deep-lists.json': {
    bytes: () => template('', '['.repeat(100_000) + ']'.repeat(100_000)),
    code: 'candidate model-config',
    why: '100,000 lists in each other',
  },
  'proto.json': {
    bytes: () =>
      text(kerasTwo()).replace('"units":1', '"units":1,"__proto__":{"units":7,"polluted":true}'),
    code: 'candidate model-config',
    why: 'a key `__proto__`',
  },
  'proto-root.json': {
    bytes: () => `{"__proto__": ${text(kerasTwo())}}`,
    code: 'candidate invalid-recipe',
    why: 'everything behind `__proto__`',
  },
  'constructor.json': {
    bytes: () => text(sequential(input(), layer('constructor', { name: 'x' }))),
    code: 'candidate layer-not-supported',
    why: 'a class named like a member of Object',
  },
  'to-string.json': {
    bytes: () => text(kerasTwo({ activation: 'toString' })),
    code: 'candidate unsupported-model',
    why: 'an activation named like a member of Object',
  },
  'proto-class.json': {
    bytes: () => text(sequential(input(), layer('__proto__', { name: 'x' }))),
    code: 'candidate layer-not-supported',
    why: 'a class named `__proto__`',
  },
  'nan.json': {
    bytes: () => template('', 'NaN'),
    code: 'candidate model-config',
    why: 'units of NaN, which Python writes',
  },
  'infinity.json': {
    bytes: () => template('', '-Infinity'),
    code: 'candidate model-config',
    why: 'units of -Infinity, which Python writes',
  },
  'units-1e999.json': {
    bytes: () => template('', '1e999'),
    code: 'candidate model-config',
    why: 'units of 1e999, which JavaScript reads as Infinity',
  },
  'units-5e8.json': {
    bytes: () => text(kerasTwo({ units: 500_000_000 })),
    code: 'candidate unsupported-model',
    why: 'one kilobyte that asks for 2.5e9 weights',
  },
  'units-2-53.json': {
    bytes: () => text(kerasTwo({ units: 2 ** 53 })),
    code: 'candidate unsupported-model',
    why: 'units of 2^53',
  },
  'units-negative.json': {
    bytes: () => text(kerasTwo({ units: -1 })),
    code: 'candidate unsupported-model',
    why: 'units of -1',
  },
  'units-half.json': {
    bytes: () => text(kerasTwo({ units: 0.5 })),
    code: 'candidate unsupported-model',
    why: 'half a unit',
  },
  'units-text.json': {
    bytes: () => text(kerasTwo({ units: '4' })),
    code: 'candidate unsupported-model',
    why: 'units as text',
  },
  'input-2-31.json': {
    bytes: () =>
      text(sequential(input([2 ** 31, 2 ** 31]), layer('Flatten', { name: 'f' }), dense(1))),
    code: 'candidate unsupported-model',
    why: 'an input of 2^62 numbers',
  },
  'input-20-axes.json': {
    bytes: () =>
      text(sequential(input(Array(20).fill(2)), layer('Flatten', { name: 'f' }), dense(1))),
    code: 'candidate unsupported-model',
    why: 'an input of 20 axes',
  },
  'embedding-1e9.json': {
    bytes: () =>
      text(
        sequential(
          input([30]),
          layer('Embedding', { name: 'e', input_dim: 1e9, output_dim: 1000 }),
        ),
      ),
    code: 'candidate unsupported-model',
    why: 'an embedding of 1e12 weights',
  },
  'repeat-vector-1e9.json': {
    bytes: () =>
      text(
        sequential(
          input(),
          layer('RepeatVector', { name: 'r', n: 1e9 }),
          layer('Flatten', { name: 'f' }),
          dense(1),
        ),
      ),
    code: 'candidate unsupported-model',
    why: 'four numbers repeated 1e9 times',
  },
  'padding-1e9.json': {
    bytes: () =>
      text(
        sequential(
          input([4, 4, 1]),
          layer('ZeroPadding2D', {
            name: 'p',
            padding: [
              [1e9, 1e9],
              [0, 0],
            ],
          }),
        ),
      ),
    code: 'candidate unsupported-model',
    why: 'padding of 1e9 rows',
  },
  'reshape-2-31.json': {
    bytes: () =>
      text(sequential(input(), layer('Reshape', { name: 'r', target_shape: [2 ** 31, -1] }))),
    code: 'candidate unsupported-model',
    why: 'a reshape to 2^31',
  },
  'layers-10000.json': {
    bytes: () =>
      text(
        sequential(
          input(),
          ...Array.from({ length: 10_000 }, (_, at) => dense(4, { name: `d${at}` })),
        ),
      ),
    code: 'limit too-many-layers',
    why: '10,000 layers',
  },
  'branches-5000-reversed.json': {
    bytes: () =>
      text(
        functional(
          Array.from({ length: 5000 }, (_, at) => [`d${at}`, [at === 4999 ? 'i' : `d${at + 1}`]]),
          { outputs: ['d0'] },
        ),
      ),
    code: 'limit too-many-layers',
    why: '5,000 layers listed from the last to the first',
  },
  'nested-9.json': {
    bytes: () => text(nested(9)),
    code: 'limit model-too-deep',
    why: 'models nested 10 deep',
  },
  'nested-400.json': {
    bytes: () => text(nested(400)),
    code: 'candidate model-config',
    why: 'models nested 400 deep',
  },
  'nested-called-ten-times.json': {
    bytes: () => text(multiplied(7)),
    code: 'limit graph-too-large',
    why: 'models in each other that come to 10^7 calls',
  },
  'wrapped-100.json': {
    bytes: () => text(wrapped(100)),
    code: 'candidate model-config',
    why: 'TimeDistributed around TimeDistributed, 100 deep',
  },
  'name-100000.json': {
    bytes: () => text(kerasTwo({ name: 'x'.repeat(100_000), units: 'x' })),
    code: 'candidate unsupported-model',
    why: 'a name of 100,000 characters',
  },
  'class-name-100000.json': {
    bytes: () => text(sequential(input(), layer('X'.repeat(100_000), { name: 'x' }))),
    code: 'candidate layer-not-supported',
    why: 'a class name of 100,000 characters',
  },
  'name-escapes.json': {
    bytes: () => text(kerasTwo({ name: escapes, units: 'x' })),
    code: 'candidate unsupported-model',
    why: 'a name with terminal escapes and characters that turn text round',
  },
  'class-name-escapes.json': {
    bytes: () => text(sequential(input(), layer(escapes, { name: escapes }))),
    code: 'candidate layer-not-supported',
    why: 'the same as a class name',
  },
  'name-twice.json': {
    bytes: () => text(sequential(input(), dense(4), dense(1))),
    code: 'candidate model-config',
    why: 'two layers of one name',
  },
  'self-cycle.json': {
    bytes: () => text(functional([['a', ['i', 'a']]])),
    code: 'candidate model-config',
    why: 'a layer that needs itself',
  },
  'dangling-node.json': {
    bytes: () => text(functional([['a', ['nowhere']]])),
    code: 'candidate model-config',
    why: 'a layer that takes the output of none',
  },
  'dangling-output.json': {
    bytes: () => text(functional([['a', ['i']]], { outputs: ['nowhere'] })),
    code: 'candidate model-config',
    why: 'an output of no layer',
  },
  'output-index.json': {
    bytes: () => text(functional([['a', ['i']]])).replace('["a",0,0]', '["a",0,1000000000]'),
    code: 'candidate model-config',
    why: 'output 1e9 of a layer',
  },
  'node-index-huge.json': {
    bytes: () =>
      text(functional([['a', ['i']]])).replace('[["i",0,0,{}]]', '[["i",1000000000,0,{}]]'),
    code: 'candidate model-config',
    why: 'call 1e9 of a layer',
  },
  'unknown-layer.json': {
    bytes: () => text(sequential(input(), layer('MyAttention', { name: 'mine' }))),
    code: 'candidate layer-not-supported',
    why: 'a class of the candidate',
  },
  'custom-object.json': {
    bytes: () =>
      text(
        sequential(input(), {
          ...layer('Custom>Gate', { name: 'mine' }),
          module: 'mine',
          registered_name: 'Custom>Gate',
        }),
      ),
    code: 'candidate custom-layer',
    why: 'a registered class of the candidate',
  },
  'lambda-call.json': {
    bytes: () =>
      text(
        sequential(
          input(),
          layer('Lambda', {
            name: 'l',
            function: [Buffer.from('c\0\0\0\0os.system').toString('base64'), null, null],
            arguments: {},
          }),
        ),
      ),
    code: 'candidate lambda',
    why: 'a Lambda of damaged code',
  },
  'subclassed.json': {
    bytes: () => text(layer('MyModel', { name: 'm', layers: [] })),
    code: 'candidate subclassed-model',
    why: 'a subclassed model',
  },
  'spaces-5mb.json': {
    bytes: () => Buffer.concat([Buffer.from(text(kerasTwo())), Buffer.alloc(5 * 1_048_576, ' ')]),
    code: 'limit model-config-too-large',
    why: '5 MB of spaces',
  },
};

function wrapped(depth) {
  let inner = layer('Dense', { name: 'd', units: 1 });
  for (let level = 0; level < depth; level++)
    inner = layer('TimeDistributed', { name: `t${level}`, layer: inner });
  return sequential(input([3, 4]), inner);
}
