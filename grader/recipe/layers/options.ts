import type { JsonSchema, Option } from '../option.ts';
import { integer } from '../option.ts';

const axisBounds = { minimum: -7, maximum: 7 };

export const axis = (byDefault: number) => integer({ min: -7, max: 7, default: byDefault });

/** One axis, or several together; a list of one is written as the axis. */
export function axes(byDefault: number): Option<number | readonly number[]> {
  return {
    required: false,
    schema: {
      type: ['integer', 'array'],
      ...axisBounds,
      items: { type: 'integer', ...axisBounds },
      minItems: 2,
      maxItems: 7,
      default: byDefault,
    },
    read: alone,
  };
}

/** Keras writes a single axis as a list of one. */
export function alone(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

/** A list; one item stands for a list of one. */
export function orAlone<Item>(
  list: Option<readonly Item[]>,
): Option<readonly Item[] | Exclude<Item, null>, false, readonly Item[]> {
  return { ...list, read: (value) => (typeof value === 'number' ? [value] : value) };
}

export type Numbers = number | readonly Numbers[];

/** A number, or lists of numbers nested up to `depth` deep. */
export function numbers(depth: number, byDefault?: number): Option<Numbers> {
  const fallback = byDefault === undefined ? {} : { default: byDefault };
  return { required: false, schema: { ...nested(depth), ...fallback } };
}

function nested(depth: number): JsonSchema {
  if (depth === 0) return { type: 'number' };
  return { type: ['number', 'array'], items: nested(depth - 1), minItems: 1, maxItems: 65_536 };
}

type Ends = readonly [number, number];

/** Steps at the two ends of a sequence; one number stands for both. */
export function ends(byDefault: number): Option<number | Ends, false, Ends> {
  return {
    required: false,
    schema: {
      type: 'array',
      items: { type: 'integer', minimum: 0, maximum: 65_536 },
      minItems: 2,
      maxItems: 2,
      default: [byDefault, byDefault],
    },
    read: (value) => (typeof value === 'number' ? [value, value] : value),
  };
}

/** Bounds of a random draw; one number stands for as much in both directions. */
export function factor(min: number, max: number): Option<number | Ends> {
  return {
    required: false,
    schema: {
      ...{ type: ['number', 'array'], minimum: min, maximum: max },
      items: { type: 'number', minimum: min, maximum: max },
      minItems: 2,
      maxItems: 2,
    },
  };
}

/** The least and the greatest value. */
export function range(low: number, high: number): Option<Ends> {
  return {
    required: false,
    schema: {
      type: 'array',
      items: { type: 'number' },
      minItems: 2,
      maxItems: 2,
      default: [low, high],
    },
  };
}

/** An option of Keras that the grader has without a value only. */
export function onlyNull(): Option<null> {
  return { required: false, schema: { type: 'null', default: null } };
}
