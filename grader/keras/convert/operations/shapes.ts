import type { Choice, SlicePart } from '../../../recipe/layers/operations.ts';
import { numbersOf } from './constants.ts';
import {
  made,
  single,
  tensors,
  type Expression,
  type Operation,
  type OperationCall,
} from './operation.ts';
import { AcrossExamples, NotConverted } from './settings.ts';
import { flipped } from './slices.ts';

/** Operations that order, add and join axes, by their names as in `table.ts`. */
export const shapes: Readonly<Record<string, Operation>> = {
  expanddims(call) {
    const axes = call.settings.axes('axis');
    return [...axes].sort((a, b) => a - b).reduce(withAxis, single(call));
  },
  squeeze: (call) =>
    made('Squeeze', { axis: call.settings.integers('axis', 'squeeze_dims') }, single(call)),
  reshape(call) {
    const shape = call.settings.value('newshape', 'shape');
    const [batch, ...sizes] = Array.isArray(shape) ? (shape as unknown[]) : [];
    const keepsBatch = batch === -1 || batch === null;
    if (!keepsBatch) call.settings.refuse(['shape'], shape);
    return made('Reshape', { target_shape: sizes }, single(call));
  },
  transpose(call) {
    const { settings } = call;
    settings.only('conjugate', false);
    const source = settings.integers('axes', 'perm');
    if (source?.[0] !== 0) throw new AcrossExamples(`axes = ${source ? source.join() : 'None'}`);
    return moved(single(call), source, [...source.keys()]);
  },
  moveaxis(call) {
    const { settings } = call;
    return moved(single(call), settings.axes('source'), settings.axes('destination'));
  },
  swapaxes(call) {
    const axes = [call.settings.axis(0, 'axis1'), call.settings.axis(0, 'axis2')];
    return moved(single(call), axes, axes.toReversed());
  },
  matrixtranspose: (call) => moved(single(call), [-1, -2], [-2, -1]),
  concatenate: (call) => joined(tensors(call), call.settings.axis(-1, 'axis')),
  concat: (call) => joined(tensors(call), call.settings.axis(0, 'axis')),
  append: (call) => joined(tensors(call), call.settings.axis(0, 'axis')),
  fliplr: (call) => flipped(single(call), 1),
  hstack: (call) => joined(tensors(call), 1),
  stack(call) {
    const axis = call.settings.axis(0, 'axis');
    const [first, ...others] = tensors(call).map((one) => withAxis(one, axis));
    if (!first) throw new NotConverted('without a tensor');
    return joined([first, ...others], axis);
  },
  pad,
};

function joined(parts: readonly [Expression, ...Expression[]], axis: number): Expression {
  return parts.length === 1 ? parts[0] : made('Concatenate', { axis }, ...parts);
}

function withAxis(x: Expression, axis: number): Expression {
  return made('ExpandDims', { axis }, x);
}

function moved(
  ...[x, source, destination]: [Expression, readonly number[], readonly number[]]
): Expression {
  return made('MoveAxis', { source, destination }, x);
}

function pad(call: OperationCall): Expression {
  const { settings } = call;
  const paddings = numbersOf(settings.value('paddings', 'pad_width'));
  const mode = settings.text('constant', 'mode').toLowerCase();
  const value = settings.number(0, 'constant_values');
  if (!isPairs(paddings)) return settings.refuse(['paddings'], paddings);
  if (mode === 'constant') return made('Pad', { paddings, value }, single(call));
  if (mode !== 'reflect' && mode !== 'symmetric') settings.refuse(['mode'], mode);
  const parts = paddings.map((by): SlicePart => {
    return by.every((size) => size === 0) ? [null, null, 1] : ({ take: mode, by } as Choice);
  });
  return made('Slice', { parts }, single(call));
}

function isPairs(value: unknown): value is readonly (readonly number[])[] {
  return Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2);
}
