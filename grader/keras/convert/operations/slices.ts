import { isObject } from '../../../recipe/keras-class.ts';
import type { Choice, Range, SlicePart } from '../../../recipe/layers/operations.ts';
import { checkFields } from '../fields.ts';
import { ofTwo } from './arithmetic.ts';
import { numbersOf } from './constants.ts';
import { made, single, type Expression, type Operation, type OperationCall } from './operation.ts';
import { AcrossExamples, isWhole, NotConverted } from './settings.ts';

const newAxis = 'new axis';
type Key = SlicePart | typeof newAxis;
/** As many as a document may name. */
const mostPlaces = 65_536;
const all: Range = [null, null, 1];

/** Operations that take parts of axes, by their names as in `table.ts`. */
export const slices: Readonly<Record<string, Operation>> = {
  getitem,
  flip: turned,
  reverse: turned,
  slice(call) {
    const { settings } = call;
    const [begin, size] = [settings.integers('begin') ?? [], settings.integers('size') ?? []];
    const parts = begin.map((from, axis): Range => {
      const count = size[axis] ?? 0;
      return [from === 0 ? null : from, count === -1 ? null : from + count, 1];
    });
    return made('Slice', { parts }, single(call));
  },
  split: sections,
  arraysplit: sections,
  unstack: stacked,
  unpack: stacked,
  roll(call) {
    const { settings } = call;
    const [axes, shifts] = [settings.axes('axis'), settings.integers('shift') ?? []];
    if (axes.length !== shifts.length) settings.refuse(['shift'], settings.value('shift'));
    return axes.reduce((x, axis, index) => {
      return taken(x, axis, { take: 'roll', by: [shifts[index] ?? 0] });
    }, single(call));
  },
  take: places,
  gather: places,
  tile(call) {
    const parts = (call.settings.integers('multiples', 'repeats') ?? []).map(times);
    return made('Slice', { parts: ['...', ...parts] }, single(call));
  },
  repeat(call) {
    const { settings } = call;
    const [axis = 0] = settings.axes('axis');
    const counts = settings.integers('repeats') ?? [];
    const count = counts.reduce((sum, one) => sum + one, 0);
    if (counts.some((one) => one < 0) || count > mostPlaces) settings.refuse(['repeats'], counts);
    const each = counts.flatMap((one, place) => Array<number>(one).fill(place));
    const isOne = counts.length === 1;
    return taken(
      single(call),
      axis,
      isOne ? { take: 'repeat', by: counts } : { take: 'places', by: each },
    );
  },
  diff(call) {
    const { settings } = call;
    settings.only('n', 1);
    const [x, axis] = [single(call), settings.axis(-1, 'axis')];
    return ofTwo('subtract', [taken(x, axis, [1, null, 1]), taken(x, axis, [null, -1, 1])]);
  },
  flipleftright: (call) => flipped(single(call), -2),
  flipupdown: (call) => flipped(single(call), -3),
};

/** Turned around along an axis. */
export function flipped(x: Expression, axis: number): Expression {
  return taken(x, axis, [null, null, -1]);
}

/** Such a part of one axis, and all others whole. */
function taken(x: Expression, axis: number, part: SlicePart): Expression {
  const parts =
    axis >= 0
      ? [...Array<Range>(axis).fill(all), part]
      : ['...', part, ...Array<Range>(-axis - 1).fill(all)];
  return made('Slice', { parts }, x);
}

/** `x[:, -1]` and the like: a Slice, and an ExpandDims for each new axis. */
function getitem(call: OperationCall): Expression {
  const [x, ...others] = call.operands;
  const [key] = others;
  const given = call.settings.value('slice_spec') ?? (key?.kind === 'constant' ? key.value : null);
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const keys = list.map(readKey);
  const parts = keys.filter((each) => each !== newAxis);
  const [batch = all] = parts;
  if (batch !== '...' && JSON.stringify(batch) !== JSON.stringify(all)) {
    throw new AcrossExamples('a part of the first axis');
  }
  const tensor = single({ ...call, operands: x ? [x] : [] });
  const slice = parts.length === 0 ? tensor : made('Slice', { parts }, tensor);
  return newAxes(keys).reduce((one, axis) => made('ExpandDims', { axis }, one), slice);
}

function turned(call: OperationCall): Expression {
  return call.settings.axes('axis').reduce(flipped, single(call));
}

/** By sizes in TensorFlow, of which one may be left to the others, and by places between them in Keras. */
function sections(call: OperationCall): readonly Expression[] {
  const { settings, outputs } = call;
  const [x, axis] = [single(call), settings.axis(0, 'axis')];
  const given = settings.value('num_or_size_splits', 'indices_or_sections');
  settings.only('num');
  const parts = isWhole(given)
    ? Array.from({ length: Math.min(given, outputs) }, (_, index): Choice => ({
        take: 'section',
        by: [index, given],
      }))
    : ranges(
        settings.integers('num_or_size_splits') ?? null,
        settings.integers('indices_or_sections'),
      );
  return parts.slice(0, outputs).map((part) => taken(x, axis, part));
}

function ranges(
  sizes: readonly number[] | null,
  places: readonly number[] | null,
): readonly Range[] {
  if (places) return [...places, null].map((to, index) => [places[index - 1] ?? null, to, 1]);
  const list = sizes ?? [];
  const open = list.indexOf(-1);
  const sum = (some: readonly number[]) => some.reduce((total, size) => total + size, 0);
  // Behind the open one they count from the end.
  const edge = (index: number) =>
    open === -1 || index <= open ? sum(list.slice(0, index)) : -sum(list.slice(index)) || null;
  return list.map((_size, index) => [edge(index), edge(index + 1), 1]);
}

function stacked(call: OperationCall): readonly Expression[] {
  const { settings, outputs } = call;
  const [x, axis] = [single(call), settings.axis(0, 'axis')];
  settings.integers('num');
  return Array.from({ length: outputs }, (_, place) => taken(x, axis, place));
}

/** Of constant places along an axis. */
function places(call: OperationCall): Expression {
  const { settings } = call;
  const [x, index, ...others] = call.operands;
  settings.only('batch_dims', 0);
  const [axis = 0, ...more] = settings.axes('axis');
  const given = index
    ? index.kind === 'constant'
      ? index.value
      : null
    : settings.value('indices');
  const list = numbersOf(given);
  const isList = Array.isArray(list) && list.every(isWhole);
  if (others.length + more.length > 0 || !(isList || isWhole(list))) {
    throw new NotConverted('with places that are computed or have several axes');
  }
  const part: SlicePart = isWhole(list) ? list : { take: 'places', by: list };
  return taken(single({ ...call, operands: x ? [x] : [] }), axis, part);
}

function times(count: number): SlicePart {
  return count === 1 ? all : { take: 'tile', by: [count] };
}

/** Throws where it is no number, range, ellipsis or new axis. */
function readKey(key: unknown): Key {
  if (key === null) return newAxis;
  if (isWhole(key)) return key;
  if (isObject(key)) {
    const { class_name: name, config } = key;
    const range = isObject(config) ? config : key;
    if (name !== undefined) checkFields('A place', key, { read: ['class_name', 'config'] });
    if (name === '__ellipsis__') {
      if (isObject(config)) checkFields('A place', config, { read: [] });
      return '...';
    }
    checkFields('A place', range, { read: ['start', 'stop', 'step'] });
    const { start, stop, step } = range;
    const [from, to, by] = [start ?? null, stop ?? null, step ?? 1];
    if (isBound(from) && isBound(to) && isWhole(by) && by !== 0) return [from, to, by];
  }
  throw new NotConverted('with places that are computed or have several axes');
}

function isBound(value: unknown): value is number | null {
  return value === null || isWhole(value);
}

/** Places of new axes in the result, counted from its end behind an ellipsis. */
function newAxes(keys: readonly Key[]): readonly number[] {
  const rest = keys.indexOf('...');
  const indexes = keys.flatMap((key, index) => (key === newAxis ? [index] : []));
  const front = indexes.filter((index) => rest === -1 || index < rest);
  const back = indexes.filter((index) => rest !== -1 && index > rest).reverse();
  const axes = [
    ...front.map((index) => keptIn(keys.slice(0, index))),
    ...back.map((index) => -keptIn(keys.slice(index + 1)) - 1),
  ];
  if (!axes.includes(0)) return axes;
  throw new AcrossExamples('a new axis in front');
}

function keptIn(keys: readonly Key[]): number {
  return keys.filter((key) => typeof key !== 'number').length;
}
