import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import { join } from 'node:path';
import type {
  EvaluateJob,
  EvaluateResult,
  ModelSummary,
  TrainJob,
  TrainProgress,
  TrainResult,
} from '../../contract.ts';
import { GraderError } from '../../errors.ts';

// A trainer runs no code of a candidate, but works on a stranger's bytes: what it says is checked as
// data, and where files lie and what model it was is taken from the job.

const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const;
const notNegative = { type: 'number', minimum: 0 } as const;
const seconds = notNegative;
const text = { type: 'string', maxLength: 10_000 } as const;
const logs = {
  type: 'object',
  maxProperties: 200,
  additionalProperties: { type: 'number' },
} as const;

const number = { type: 'number' } as const;

const gradientNorm = {
  type: 'object',
  required: ['mean', 'largest'],
  additionalProperties: false,
  properties: { mean: number, largest: number },
} as const;

const epoch = {
  type: 'object',
  required: ['epoch', 'seconds', 'learningRate', 'gradientNorm', 'logs'],
  additionalProperties: false,
  properties: { epoch: count, seconds, learningRate: number, gradientNorm, logs },
} as const;

const array = {
  type: 'object',
  required: ['path', 'dtype', 'shape'],
  additionalProperties: false,
  properties: {
    path: text,
    dtype: { const: 'float32' },
    shape: { type: 'array', minItems: 1, maxItems: 8, items: count },
  },
} as const;

const environment = {
  ...{ tensorflow: text, tfjs: text, device: text },
  ...{ threads: count, oneDnn: { type: 'boolean' } },
} as const;

const execution = {
  type: 'object',
  required: ['mode'],
  additionalProperties: false,
  properties: { mode: { enum: ['graph', 'eager'] }, shards: count, reason: text },
} as const;

const probes = {
  type: 'object',
  required: ['laterSteps'],
  additionalProperties: false,
  properties: {
    laterSteps: {
      type: ['object', 'null'],
      required: ['steps', 'rows', 'moved'],
      additionalProperties: false,
      properties: { steps: count, rows: count, moved: notNegative },
    },
    perturbedInputs: {
      type: ['object', 'null'],
      required: ['rows', 'changed'],
      additionalProperties: false,
      properties: { rows: count, changed: count },
    },
  },
} as const;

const scale = {
  type: ['object', 'null'],
  required: ['mean', 'deviation', 'largest'],
  additionalProperties: false,
  properties: { mean: number, deviation: notNegative, largest: notNegative },
} as const;

const unitCount = {
  type: 'object',
  required: ['layer', 'units', 'dead'],
  additionalProperties: false,
  properties: { layer: text, units: count, dead: count },
} as const;

const insides = {
  type: ['object', 'null'],
  required: ['rows', 'inputs', 'targets', 'units'],
  additionalProperties: false,
  properties: {
    rows: count,
    ...{ inputs: scale, targets: scale },
    units: { type: 'array', maxItems: 100_000, items: unitCount },
  },
} as const;

const size = { ...count, maximum: 1000 } as const;

const augmented = {
  type: ['object', 'null'],
  required: ['rows', 'draws', 'height', 'width', 'channels', 'pixels'],
  additionalProperties: false,
  properties: {
    rows: { type: 'array', maxItems: 100, items: count },
    ...{ draws: size, height: size, width: size, channels: { enum: [1, 3] } },
    pixels: { type: 'string', maxLength: 1_000_000, pattern: '^[A-Za-z0-9+/]*=*$' },
  },
} as const;

const trainResult = {
  type: 'object',
  required: [
    ...['model', 'history', 'stoppedBy', 'gradedEpoch', 'predictions', 'trainSeconds'],
    ...['predictSeconds', 'environment', 'notes', 'probes', 'insides', 'augmented'],
  ],
  properties: {
    model: { type: 'object' },
    history: { type: 'array', maxItems: 100_000, items: epoch },
    stoppedBy: {
      enum: ['epochs', 'early-stopping', 'stop-when', 'time-limit', 'not-finite', 'interrupted'],
    },
    gradedEpoch: count,
    predictions: array,
    ...{ trainSeconds: seconds, predictSeconds: seconds },
    environment: {
      type: 'object',
      required: [...Object.keys(environment), 'execution'],
      additionalProperties: false,
      properties: { ...environment, execution },
    },
    notes: { type: 'array', maxItems: 1000, items: text },
    ...{ probes, insides, augmented },
  },
} as const;

const figures = {
  type: ['object', 'null'],
  maxProperties: 20,
  additionalProperties: { type: ['number', 'string', 'boolean'], maxLength: 200 },
} as const;

const evaluateResult = {
  type: 'object',
  required: ['predictions', 'predictSeconds', 'environment', 'found', 'probes'],
  additionalProperties: false,
  properties: {
    predictions: array,
    predictSeconds: seconds,
    environment: {
      type: 'object',
      required: Object.keys(environment),
      additionalProperties: false,
      properties: environment,
    },
    found: {
      type: 'object',
      required: ['anotherReading', 'meanOfTheWindow'],
      additionalProperties: false,
      properties: { anotherReading: figures, meanOfTheWindow: figures },
    },
    probes,
  },
} as const;

const progress = {
  oneOf: [
    event('started', {}),
    event('batch', { epoch: count, batch: count, batches: count, logs }),
    event('epoch', { record: epoch }),
    event('validation', { epoch: count }),
    event('predicting', { done: count, total: count }),
  ],
} as const;

function event(type: TrainProgress['type'], properties: object): object {
  return {
    type: 'object',
    required: ['type', ...Object.keys(properties)],
    additionalProperties: false,
    properties: { type: { const: type }, ...properties },
  };
}

/** Compiled where it is first needed. */
function checker<Value>(
  what: string,
  compile: (ajv: Ajv2020) => ValidateFunction<Value>,
): (value: unknown) => Value {
  let validate: ValidateFunction<Value> | undefined;
  return (value) => {
    // A loss may be no number, and is told as it is.
    validate ??= compile(new Ajv2020({ allowUnionTypes: true, strictNumbers: false }));
    if (validate(value)) return value;
    const [broken] = validate.errors ?? [];
    throw nonsense(`${what}${broken?.instancePath ?? ''} ${broken?.message ?? 'is not valid'}`);
  };
}

function nonsense(what: string): GraderError {
  return new GraderError({
    fault: 'grader',
    code: 'trainer-answer',
    message: `internal: the trainer's answer makes no sense: ${what}.`,
    help: 'Grade again. If it stays so, report it with the submission.',
  });
}

export const checkTrainProgress = checker('progress', (ajv) =>
  ajv.compile<TrainProgress>(progress),
);
const readTrainResult = checker('result', (ajv) => ajv.compile<TrainResult>(trainResult));
const readEvaluateResult = checker('result', (ajv) => ajv.compile<EvaluateResult>(evaluateResult));

/** The result of a training, with the model as it was measured and the path as it was asked for. */
export function checkTrainResult(value: unknown, { directory, model }: TrainJob): TrainResult {
  const result = readTrainResult(value);
  return { ...result, model: model satisfies ModelSummary, predictions: moved(result, directory) };
}

/** The result of an evaluation, with the path as it was asked for. */
export function checkEvaluateResult(value: unknown, { directory }: EvaluateJob): EvaluateResult {
  const result = readEvaluateResult(value);
  return { ...result, predictions: moved(result, directory) };
}

function moved({ predictions }: Pick<TrainResult, 'predictions'>, directory: string) {
  return { ...predictions, path: join(directory, 'predictions.f32') };
}
