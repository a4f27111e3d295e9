import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import { ofTwo, valueBy } from './arithmetic.ts';
import {
  made,
  named,
  single,
  type Expression,
  type Operation,
  type OperationCall,
} from './operation.ts';
import { flipped } from './slices.ts';
import { NotConverted, type Settings } from './settings.ts';

type Reduction = StoredLayerOptions<'Reduce'>['function'];

/** Operations along axes, by their names as in `table.ts`. */
export const reductions: Readonly<Record<string, Operation>> = {
  ...named<Reduction>((name) => (call) => reduced(name, single(call), call), {
    ...{ average: 'mean', sum: 'sum', reducesum: 'sum', max: 'max', amax: 'max' },
    ...{ reducemax: 'max', min: 'min', amin: 'min', reducemin: 'min', prod: 'prod' },
    ...{ reduceprod: 'prod', var: 'var', reducevariance: 'var', std: 'std', reducestd: 'std' },
    ...{ logsumexp: 'logsumexp', reducelogsumexp: 'logsumexp', any: 'any', reduceany: 'any' },
    ...{ all: 'all', reduceall: 'all', reduceeuclideannorm: 'norm' },
  }),
  mean,
  reducemean: mean,
  argmax: place('argmax'),
  argmin: place('argmin'),
  countnonzero(call) {
    call.settings.dtype();
    return reduced('sum', valueBy('is_true', single(call)), call);
  },
  norm(call) {
    const axes = call.settings.axes('axis');
    return normOf(single(call), call.settings.value('ord'), { axes, call });
  },
  /** By TensorFlow with the lengths as well. */
  normalize(call) {
    const [x, { settings, generation }] = [single(call), call];
    const axes = settings.axis(generation === 'keras3' ? -1 : 0, 'axis');
    if (generation === 'keras3') return unitLength(x, axes, settings);
    const length = normOf(x, settings.value('ord'), { axes: [axes], call, isKept: true });
    return [ofTwo('divide', [x, length]), length];
  },
  l2normalize(call) {
    const [x, { settings }] = [single(call), call];
    const squares = reduce('sum', valueBy('square', x), settings.axes('axis', 'dim'), true);
    const least = ofTwo('maximum', [squares, settings.number(1e-12, 'epsilon')]);
    return ofTwo('multiply', [x, valueBy('rsqrt', least)]);
  },
  clipbynorm(call) {
    const [x, { settings }] = [single(call), call];
    const most = settings.number(0, 'clip_norm');
    const length = reduce('norm', x, settings.axes('axes'), true);
    return ofTwo('divide', [ofTwo('multiply', [x, most]), ofTwo('maximum', [length, most])]);
  },
  moments(call) {
    const [x, { settings }] = [single(call), call];
    const [axes, isKept] = [settings.axes('axes'), settings.isSet('keepdims')];
    return [reduce('mean', x, axes, isKept), reduce('var', x, axes, isKept)];
  },
  perimagestandardization(call) {
    const x = single(call);
    const axes = [-3, -2, -1];
    const count = reduce('sum', valueBy('ones_like', x), axes, true);
    const deviation = ofTwo('maximum', [reduce('std', x, axes, true), valueBy('rsqrt', count)]);
    const mean = reduce('mean', x, axes, true);
    return ofTwo('divide', [ofTwo('subtract', [x, mean]), deviation]);
  },
  /** Its values and their places. */
  topk(call) {
    const { settings } = call;
    settings.only('sorted', true);
    const [x, k] = [single(call), settings.number(1, 'k')];
    return [made('TopK', { k, gives: 'values' }, x), made('TopK', { k, gives: 'places' }, x)];
  },
  sort(call) {
    const { settings } = call;
    const order = settings.text('ASCENDING', 'direction');
    const axis = settings.axis(-1, 'axis');
    const move = (x: Expression, source: number, destination: number) =>
      axis === -1 ? x : made('MoveAxis', { source: [source], destination: [destination] }, x);
    const sorted = made('TopK', {}, move(single(call), axis, -1));
    return move(order === 'DESCENDING' ? sorted : flipped(sorted, -1), -1, axis);
  },
  softmax: along('softmax'),
  logsoftmax: along('log_softmax'),
  glu: along('glu'),
  sparsemax: along('sparsemax'),
  cumsum(call) {
    const [x, { settings }] = [single(call), call];
    const axis = settings.axis(0, 'axis');
    settings.only('dtype', 'float32');
    const turn = (one: Expression) => (settings.isSet('reverse') ? flipped(one, axis) : one);
    const sum = turn(made('Along', { function: 'cumsum', axis }, turn(x)));
    return settings.isSet('exclusive') ? ofTwo('subtract', [sum, x]) : sum;
  },
};

function axisOf({ settings }: OperationCall): number {
  return settings.axis(-1, 'axis');
}

function along(name: StoredLayerOptions<'Along'>['function']): Operation {
  return (call) => made('Along', { function: name, axis: axisOf(call) }, single(call));
}

/** TensorFlow's mean of whole numbers is a whole number. */
function mean(call: OperationCall): Expression {
  if (call.isWhole && call.generation !== 'keras3') throw new NotConverted('of whole numbers');
  return reduced('mean', single(call), call);
}

function place(name: 'argmax' | 'argmin'): Operation {
  return (call) => {
    const axis = call.settings.axis(0, 'axis', 'dimension');
    call.settings.value('output_type');
    return reduce(name, single(call), [axis], call.settings.isSet('keepdims'));
  };
}

function reduced(name: Reduction, x: Expression, { settings }: OperationCall): Expression {
  const value = reduce(name, x, settings.axes('axis'), settings.isSet('keepdims'));
  const isBound = (name === 'max' || name === 'min') && settings.value('initial') !== null;
  if (!isBound) return value;
  return ofTwo(name === 'max' ? 'maximum' : 'minimum', [value, settings.number(0, 'initial')]);
}

function reduce(
  ...[name, x, axis, keepdims]: [Reduction, Expression, readonly number[], boolean]
): Expression {
  return made('Reduce', { function: name, axis, keepdims }, x);
}

interface Norm {
  readonly axes: readonly number[];
  readonly call: OperationCall;
  readonly isKept?: boolean;
}

/** Of vectors, and of matrices as long vectors. */
function normOf(x: Expression, order: unknown, { axes, call, isKept }: Norm): Expression {
  const { settings } = call;
  const kept = isKept ?? settings.isSet('keepdims');
  const isVector = axes.length === 1;
  if (order === null || order === 'euclidean') return reduce('norm', x, axes, kept);
  if (order === (isVector ? 2 : 'fro')) return reduce('norm', x, axes, kept);
  if (isVector && order === 1) return reduce('sum', valueBy('abs', x), axes, kept);
  if (isVector && order === Infinity) return reduce('max', valueBy('abs', x), axes, kept);
  return settings.refuse(['ord'], order);
}

/** As `keras/src/ops/nn.py` (normalize) has it. */
function unitLength(x: Expression, axis: number, settings: Settings): Expression {
  const least = settings.number(1e-7, 'epsilon');
  const order = settings.number(2, 'order');
  if (order === 1) {
    const length = ofTwo('maximum', [reduce('sum', valueBy('abs', x), [axis], true), least]);
    return ofTwo('divide', [x, length]);
  }
  if (order !== 2) settings.refuse(['order'], order);
  const factor = valueBy('rsqrt', reduce('sum', valueBy('square', x), [axis], true));
  return ofTwo('multiply', [x, ofTwo('minimum', [factor, 1 / least])]);
}
