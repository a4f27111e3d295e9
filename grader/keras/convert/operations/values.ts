import type { StoredActivation } from '../../../recipe/activations.ts';
import { ofTwo, valueBy, where } from './arithmetic.ts';
import {
  made,
  named,
  plain,
  single,
  type Expression,
  type Operation,
  type OperationCall,
} from './operation.ts';
import type { StoredLayerOptions } from '../../../recipe/layers.ts';

type Function = StoredLayerOptions<'Elementwise'>['function'];

/** Operations of each value by itself, by their names as in `table.ts`. */
export const valueOperations: Readonly<Record<string, Operation>> = {
  ...named<Function>((name) => plain('Elementwise', { function: name }), {
    ...{
      abs: 'abs',
      absolute: 'abs',
      fabs: 'abs',
      ceil: 'ceil',
      cos: 'cos',
      cosh: 'cosh',
      erf: 'erf',
    },
    ...{ acos: 'acos', arccos: 'acos', acosh: 'acosh', arccosh: 'acosh', asin: 'asin' },
    ...{ arcsin: 'asin', asinh: 'asinh', arcsinh: 'asinh', atan: 'atan', arctan: 'atan' },
    ...{ atanh: 'atanh', arctanh: 'atanh', exp: 'exp', expm1: 'expm1', floor: 'floor' },
    ...{ isfinite: 'is_finite', isinf: 'is_inf', isnan: 'is_nan', log: 'log', log1p: 'log1p' },
    ...{ logicalnot: 'logical_not', reciprocal: 'reciprocal', rint: 'round', rsqrt: 'rsqrt' },
    ...{ sign: 'sign', sin: 'sin', sinh: 'sinh', sqrt: 'sqrt', square: 'square', tan: 'tan' },
    ...{ stopgradient: 'stop_gradient', trunc: 'truncate' },
  }),
  ...named<StoredActivation>((activation) => plain('Activation', { activation }), {
    ...{ relu6: 'relu6', selu: 'selu', sigmoid: 'sigmoid', tanh: 'tanh', softplus: 'softplus' },
    ...{ softsign: 'softsign', silu: 'swish', swish: 'swish', mish: 'mish' },
    ...{ hardsigmoid: 'hard_sigmoid', hardsilu: 'hard_silu', hardswish: 'hard_silu' },
    ...{ hardtanh: 'hard_tanh', logsigmoid: 'log_sigmoid', tanhshrink: 'tanh_shrink' },
    ...{ sparseplus: 'sparse_plus', sparsesigmoid: 'sparse_sigmoid' },
  }),
  ...named((number) => (call) => scaled(valueBy('log', single(call)), 1 / Math.log(number)), {
    ...{ log2: 2, log10: 10 },
  }),
  identity: plain('Identity'),
  copy: plain('Identity'),
  erfc: (call) => ofTwo('subtract', [1, valueBy('erf', single(call))]),
  nantonum(call) {
    const [x, { settings }] = [single(call), call];
    const most = settings.number(largest, 'posinf');
    const finite = ofTwo('minimum', [
      ofTwo('maximum', [x, settings.number(-largest, 'neginf')]),
      most,
    ]);
    return where(valueBy('is_nan', x), settings.number(0, 'nan'), finite);
  },
  negative: (call) => scaled(single(call), -1),
  exp2: (call) => ofTwo('power', [2, single(call)]),
  reciprocalnonan: (call) => ofTwo('divide_no_nan', [1, single(call)]),
  round(call) {
    const scale = 10 ** call.settings.number(0, 'decimals');
    return scaled(valueBy('round', scaled(single(call), scale)), 1 / scale);
  },
  cast(call) {
    const dtype = call.settings.value('dtype');
    const x = single(call);
    switch (dtype) {
      case 'float32':
      case 'float64':
        return x;
      case 'int32':
      case 'int64':
        return valueBy('truncate', x);
      case 'bool':
        return valueBy('is_true', x);
      default:
        return call.settings.refuse(['dtype'], dtype);
    }
  },
  ensureshape({ settings, ...call }) {
    settings.value('shape');
    return single({ ...call, settings });
  },
  zeroslike: (call) => filled('zeros_like', call),
  oneslike: (call) => filled('ones_like', call),
  fulllike({ operands: [x, ...fill], ...call }) {
    return ofTwo('multiply', [filled('ones_like', { ...call, operands: x ? [x] : [] }), ...fill]);
  },
  onehot(call) {
    const { settings } = call;
    const depth = settings.value('depth', 'num_classes');
    const [on, off] = [settings.number(1, 'on_value'), settings.number(0, 'off_value')];
    settings.dtype();
    const values = made('OneHot', { depth, on_value: on, off_value: off }, single(call));
    const axis = settings.axis(-1, 'axis');
    return axis === -1 ? values : made('MoveAxis', { source: [-1], destination: [axis] }, values);
  },
  relu(call) {
    const { settings } = call;
    const maximum = settings.value('max_value');
    const slope = settings.number(0, 'negative_slope', 'alpha');
    const threshold = settings.number(0, 'threshold');
    const isPlain = maximum === null && slope === 0 && threshold === 0;
    return isPlain
      ? made('Activation', { activation: 'relu' }, single(call))
      : made('ReLU', { max_value: maximum, negative_slope: slope, threshold }, single(call));
  },
  leakyrelu: (call) =>
    made(
      'LeakyReLU',
      { alpha: call.settings.number(0.2, 'negative_slope', 'alpha') },
      single(call),
    ),
  elu: (call) => made('ELU', { alpha: call.settings.number(1, 'alpha') }, single(call)),
  celu(call) {
    const alpha = call.settings.number(1, 'alpha');
    return scaled(made('ELU', { alpha: 1 }, scaled(single(call), 1 / alpha)), alpha);
  },
  gelu: (call) =>
    call.settings.isSet('approximate')
      ? valueBy('gelu_tanh', single(call))
      : made('Activation', { activation: 'gelu' }, single(call)),
  squareplus(call) {
    const x = single(call);
    const root = valueBy(
      'sqrt',
      ofTwo('add', [valueBy('square', x), call.settings.number(4, 'b')]),
    );
    return scaled(ofTwo('add', [x, root]), 0.5);
  },
  threshold(call) {
    const [x, { settings }] = [single(call), call];
    const [from, otherwise] = [
      settings.number(0, 'threshold'),
      settings.number(0, 'default_value'),
    ];
    return where(ofTwo('greater', [x, from]), x, otherwise);
  },
  softshrink(call) {
    const [x, most] = [single(call), call.settings.number(0.5, 'threshold')];
    return ofTwo('subtract', [x, ofTwo('minimum', [ofTwo('maximum', [x, -most]), most])]);
  },
  hardshrink(call) {
    const [x, most] = [single(call), call.settings.number(0.5, 'threshold')];
    return where(ofTwo('greater', [valueBy('abs', x), most]), x, 0);
  },
  crelu(call) {
    const [x, axis] = [single(call), call.settings.axis(-1, 'axis')];
    const both = [x, scaled(x, -1)].map((one) => made('Activation', { activation: 'relu' }, one));
    return made('Concatenate', { axis }, ...both);
  },
};

/** As float32 has it. */
const largest = 3.4028234663852886e38;

/** Values times a number. */
export function scaled(x: Expression, scale: number): Expression {
  return scale === 1 ? x : made('Rescaling', { scale, offset: 0 }, x);
}

function filled(name: 'zeros_like' | 'ones_like', call: OperationCall): Expression {
  call.settings.dtype();
  return valueBy(name, single(call));
}
