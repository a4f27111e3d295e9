import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import { basename, dirname, join } from 'node:path';
import { GraderError } from '../errors.ts';
import type { ReadAnswer } from './answer.ts';
import type { ReadJob } from './child.ts';
import { modelFileLimits } from './limits.ts';

const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const;
const sentences = {
  type: 'array',
  maxItems: 10_000,
  items: { type: 'string', maxLength: 10_000 },
} as const;

const stored = {
  type: 'object',
  required: ['name', 'shape', 'offset'],
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    shape: { type: 'array', maxItems: modelFileLimits.dimensions, items: count },
    offset: count,
  },
} as const;

const weights = {
  type: ['object', 'null'],
  required: ['path', 'layers'],
  additionalProperties: false,
  properties: {
    path: { type: 'string' },
    layers: {
      type: 'array',
      items: {
        type: 'object',
        required: ['layer', 'arrays'],
        additionalProperties: false,
        properties: {
          layer: { type: 'string' },
          arrays: { type: 'array', maxItems: modelFileLimits.arrays, items: stored },
        },
      },
    },
  },
} as const;

/** `model` and `compile` have schemas of their own, those of a recipe. */
const schema = {
  type: 'object',
  required: ['model', 'compile', 'weights', 'facts', 'parts', 'notes', 'trainingNotes'],
  additionalProperties: false,
  properties: {
    model: { type: 'object' },
    compile: { type: ['object', 'null'] },
    weights,
    facts: {
      type: 'object',
      required: ['kerasVersion', 'bytes', 'weightBytes', 'optimizerBytes'],
      additionalProperties: false,
      properties: {
        kerasVersion: { type: ['string', 'null'], maxLength: 200 },
        ...{ bytes: count, weightBytes: count, optimizerBytes: count },
      },
    },
    parts: { type: 'array', maxItems: modelFileLimits.shards, items: { type: 'string' } },
    notes: sentences,
    trainingNotes: sentences,
  },
} as const;

let validate: ValidateFunction<ReadAnswer> | undefined;

/**
 * A reader's answer with the paths that the grader itself has chosen. Throws with fault `candidate`
 * where it is none: the reader runs no code of a file, so only one that was taken over answers so.
 */
export function checkAnswer(value: unknown, { path, parts, scratch }: ReadJob): ReadAnswer {
  validate ??= new Ajv2020({ allowUnionTypes: true }).compile<ReadAnswer>(schema);
  const known = new Map(parts.map((part) => [basename(part), part]));
  if (!validate(value) || !value.parts.every((name) => known.has(name))) {
    const [broken] = validate.errors ?? [];
    throw new GraderError({
      fault: 'candidate',
      code: 'reader-answer',
      message: `What was read from ${basename(path)} makes no sense: ${broken?.instancePath ?? '/parts'} ${broken?.message ?? 'names a file that is not there'}.`,
      help: 'The file is damaged or made to deceive. Save the model again.',
    });
  }
  return {
    ...value,
    weights: value.weights && { ...value.weights, path: join(scratch, 'weights.f32') },
    parts: value.parts.map((name) => join(dirname(path), name)),
  };
}
