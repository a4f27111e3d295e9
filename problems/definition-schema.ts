import { Ajv } from 'ajv';
import type { ProblemDefinition } from '../grader/contract.ts';
import { tasks } from '../grader/contract/task.ts';
import { metricIds } from '../grader/metrics/metric.ts';
import type { Texts } from '../grader/text/translate.ts';

const text = { type: 'string', minLength: 1 };
const size = { type: 'integer', minimum: 1 };
const hash = { type: 'string', pattern: '^[0-9a-f]{64}$' };
// Names become path segments below the cache and the mirror.
const name = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' };

/** An object with these properties, all required but those whose key ends in `?`. */
function object(properties: Readonly<Record<string, unknown>>): object {
  const entries = Object.entries(properties);
  return {
    type: 'object',
    additionalProperties: false,
    required: entries.map(([key]) => key).filter((key) => !key.endsWith('?')),
    properties: Object.fromEntries(entries.map(([key, rule]) => [key.replace('?', ''), rule])),
  };
}

function list(items: object, minItems = 1, maxItems?: number): object {
  return { type: 'array', items, minItems, ...(maxItems === undefined ? {} : { maxItems }) };
}

/** Of `problem.ko.json` and the like. */
export const isTexts = new Ajv({ allErrors: true }).compile<Texts>({
  type: 'object',
  additionalProperties: text,
});

const shape = list({ type: ['integer', 'null'], minimum: 1 });
const profile = object({
  title: text,
  source: text,
  inclusive: { type: 'boolean' },
  bars: list(object({ points: { type: 'integer' }, value: { type: 'number' } }), 5, 5),
});
const file = object({
  name,
  bytes: { type: ['integer', 'null'], minimum: 1 },
  sha256: hash,
  'contentSha256?': hash,
  urls: list({ type: 'string', pattern: '^https?://' }, 0),
});

/** As it stands in the file: what a metric is called and which way it goes, its table knows. */
export interface Written extends Omit<ProblemDefinition, 'metric'> {
  readonly metric: Pick<ProblemDefinition['metric'], 'id' | 'unit'>;
}

/** All that breaks the schema is in its `errors`. */
export const isDefinition = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<Written>(
  object({
    id: name,
    version: size,
    title: text,
    category: size,
    summary: text,
    task: { enum: tasks },
    input: object({
      shapes: list(shape),
      dtype: { enum: ['float32', 'int32'] },
      description: text,
    }),
    outputs: list(object({ shape, description: text })),
    'classes?': list(text, 2),
    dataset: object({
      id: name,
      title: text,
      licence: text,
      citation: text,
      homepage: text,
      'bundled?': { type: 'boolean' },
      'systemPackage?': object({ debian: name, directory: text }),
      variants: list(object({ id: name, title: text, files: list(file) })),
    }),
    metric: object({ id: { enum: metricIds }, unit: { type: 'string' } }),
    profiles: object({ strict: profile, 'exam?': profile }),
    passMark: { type: 'integer', minimum: 1, maximum: 5 },
    limits: object({
      trainingSeconds: size,
      parameters: size,
      layers: size,
      activationMegabytes: size,
    }),
    'vocabulary?': object({ default: size, maximum: size }),
    'seriesRange?': list({ type: 'number' }, 2, 2),
    'disclosure?': { enum: ['rows', 'totals'] },
    sample: { type: 'boolean' },
  }),
);
