import { isObject } from '../../../recipe/keras-class.ts';
import type { SlicePart } from '../../../recipe/layers/operations.ts';
import type { OperationCall, Step, Steps } from './operation.ts';

const newAxis = 'new axis';
type Key = SlicePart | typeof newAxis;

/** `x[:, -1]` and the like: a Slice, and an ExpandDims for each new axis. */
export function slices({ operands, settings }: OperationCall): Steps | null {
  const [, key] = operands;
  const given = settings.value('slice_spec') ?? (key?.kind === 'constant' ? key.value : null);
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const keys = list.map(readKey).filter((each) => each !== null);
  if (keys.length < list.length) return null;
  const parts = keys.filter((each) => each !== newAxis);
  return { then: [{ className: 'Slice', config: { parts } }, ...newAxes(keys)] };
}

/** What is turned around along some axes. */
export function flipped({ settings }: OperationCall): Steps | null {
  const axes = settings.integers('axis');
  if (!axes) return null;
  return { then: axes.map((axis) => ({ className: 'Slice', config: { parts: backwards(axis) } })) };
}

const all = [null, null, 1] as const;

function backwards(axis: number): readonly SlicePart[] {
  const turned = [null, null, -1] as const;
  return axis >= 0
    ? [...Array<typeof all>(axis).fill(all), turned]
    : ['...', turned, ...Array<typeof all>(-axis - 1).fill(all)];
}

function readKey(key: unknown): Key | null {
  if (key === null) return newAxis;
  if (isWhole(key)) return key;
  if (!isObject(key)) return null;
  if (key['class_name'] === '__ellipsis__') return '...';
  const { start, stop, step } = isObject(key['config']) ? key['config'] : key;
  const bounds = [start ?? null, stop ?? null] as const;
  if (!bounds.every(isBound) || !(isWhole(step ?? 1) && step !== 0)) return null;
  return [bounds[0] as number | null, bounds[1] as number | null, (step ?? 1) as number];
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value);
}

function isBound(value: unknown): value is number | null {
  return value === null || isWhole(value);
}

/** Places of new axes in the result, counted from its end behind an ellipsis. */
function newAxes(keys: readonly Key[]): readonly Step[] {
  const rest = keys.indexOf('...');
  const places = keys.flatMap((key, index) => (key === newAxis ? [index] : []));
  const front = places.filter((index) => rest === -1 || index < rest);
  const back = places.filter((index) => rest !== -1 && index > rest).reverse();
  const axes = [
    ...front.map((index) => keptIn(keys.slice(0, index))),
    ...back.map((index) => -keptIn(keys.slice(index + 1)) - 1),
  ];
  return axes.map((axis) => ({ className: 'ExpandDims', config: { axis } }));
}

function keptIn(keys: readonly Key[]): number {
  return keys.filter((key) => typeof key !== 'number').length;
}
