import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import { basename, dirname, join } from 'node:path';
import { GraderError, candidateError } from '../errors.ts';
import type { ModelAnswer, ReadAnswer } from './answer.ts';
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
const modelSchema = {
  type: 'object',
  required: [
    ...['kind', 'format', 'model', 'compile', 'outputMasks', 'weights', 'facts', 'parts', 'notes'],
    'trainingNotes',
  ],
  additionalProperties: false,
  properties: {
    kind: { const: 'model' },
    format: { enum: ['keras-hdf5', 'keras-zip', 'keras-json', 'tfjs-layers'] },
    model: { type: 'object' },
    compile: { type: ['object', 'null'] },
    outputMasks: { enum: ['keras3', 'keras2', 'none'] },
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

/** The document has the schema of a recipe. */
const recipeSchema = {
  type: 'object',
  required: ['kind', 'document'],
  additionalProperties: false,
  properties: { kind: { const: 'recipe' }, document: true },
} as const;

const schema = { oneOf: [recipeSchema, modelSchema] } as const;

let validate: ValidateFunction<ReadAnswer> | undefined;

/**
 * A reader's answer with the paths that the grader itself has chosen. Throws with fault `candidate`
 * where it is none: the reader runs no code of a file, so only one that was taken over answers so.
 */
export function checkAnswer(value: unknown, job: ReadJob): ReadAnswer {
  validate ??= new Ajv2020({ allowUnionTypes: true }).compile<ReadAnswer>(schema);
  if (!validate(value)) {
    const broken = validate.errors?.findLast(({ keyword }) => keyword !== 'oneOf');
    throw nonsense(job, `${broken?.instancePath} ${broken?.message}`);
  }
  const format = value.kind === 'recipe' ? 'recipe-json' : value.format;
  const possible = job.format === 'json' ? jsonFormats : [job.format];
  if (!possible.includes(format)) throw nonsense(job, `it is ${format}`);
  return value.kind === 'recipe' ? value : withOwnPaths(value, job);
}

const jsonFormats: readonly string[] = ['recipe-json', 'keras-json', 'tfjs-layers'];

function withOwnPaths(answer: ModelAnswer, job: ReadJob): ModelAnswer {
  const { path, parts, scratch } = job;
  const known = new Set(parts.map((part) => basename(part)));
  if (!answer.parts.every((name) => known.has(name))) {
    throw nonsense(job, '/parts names a file that is not there');
  }
  return {
    ...answer,
    weights: answer.weights && { ...answer.weights, path: join(scratch, 'weights.f32') },
    parts: answer.parts.map((name) => join(dirname(path), name)),
  };
}

function nonsense({ path }: ReadJob, what: string): GraderError {
  return candidateError(
    'reader-answer',
    `What was read from ${basename(path)} makes no sense: ${what}.`,
    'The file is damaged or made to deceive. Save the model again.',
  );
}
