import { Ajv, type ErrorObject } from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Bar, ProblemDefinition } from '../grader/contract.ts';
import { isClassification, tasks } from '../grader/contract/task.ts';
import { GraderError } from '../grader/errors.ts';
import type { Texts } from '../grader/text/translate.ts';
import { isMetricFor, metricIds, metricOf, type Better } from '../grader/metrics/metric.ts';

/**
 * Reads and checks `problem.json` of a package folder.
 * Throws a `GraderError` with fault `package` that names the path, the rule and what came.
 */
export function loadDefinition(directory: string): ProblemDefinition {
  const file = join(directory, 'problem.json');
  const document = readJson(file);
  if (!isDefinition(document)) throw broken(file, describe(isDefinition.errors?.[0], document));
  const complaint = contradiction(document, basename(directory));
  if (complaint !== null) throw broken(file, complaint);
  const { id, unit } = document.metric;
  const { name, better } = metricOf(id);
  const texts = textsIn(directory);
  return { ...document, metric: { id, name, unit, better }, ...(texts && { texts }) };
}

/** Of `problem.ko.json` and the like; null where there is none. */
function textsIn(directory: string): ProblemDefinition['texts'] | null {
  const names = readdirSync(directory).filter((each) => /^problem\.[a-z]{2,3}\.json$/.test(each));
  if (names.length === 0) return null;
  const read = names.sort().map((each): [string, Texts] => {
    const path = join(directory, each);
    const document = readJson(path);
    if (!isTexts(document)) throw broken(path, describe(isTexts.errors?.[0], document));
    return [each.split('.')[1] ?? '', document];
  });
  return Object.fromEntries(read);
}

/** As it stands in the file: what a metric is called and which way it goes, its table knows. */
interface Written extends Omit<ProblemDefinition, 'metric'> {
  readonly metric: Pick<ProblemDefinition['metric'], 'id' | 'unit'>;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw broken(file, error instanceof Error ? error.message : String(error), error);
  }
}

function broken(file: string, complaint: string, cause?: unknown): GraderError {
  const message = `${file}: ${complaint}`;
  return new GraderError(
    {
      fault: 'package',
      code: 'problem-json',
      message: message.endsWith('.') ? message : `${message}.`,
      help: 'Correct the problem package. The submission is not at fault.',
    },
    { cause },
  );
}

function describe(error: ErrorObject | undefined, document: unknown): string {
  if (!error) return 'is not a problem definition';
  const path = error.instancePath || '/';
  // ajv leaves the name of the surplus property and the allowed values to its params.
  const { additionalProperty, allowedValues, allowedValue } = error.params as Record<
    string,
    unknown
  >;
  if (additionalProperty !== undefined) {
    return `${path} has the unknown property ${JSON.stringify(additionalProperty)}`;
  }
  const allowed = allowedValues ?? (allowedValue === undefined ? undefined : [allowedValue]);
  const rule = allowed === undefined ? error.message : `must be one of ${JSON.stringify(allowed)}`;
  return `${path} ${rule ?? 'is not valid'}, got ${brief(valueAt(document, error.instancePath))}`;
}

function valueAt(document: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document);
}

function brief(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** What a schema cannot say; null when all is well. */
function contradiction(definition: Written, folder: string): string | null {
  const { id, task, classes, vocabulary, metric, profiles } = definition;
  if (id !== folder) return `/id must be the folder's name "${folder}", got "${id}"`;
  if (isClassification(task) !== (classes !== undefined)) {
    return `/classes must ${isClassification(task) ? 'name the classes' : 'be absent'} for task "${task}"`;
  }
  if (!isMetricFor(metric.id, task)) {
    return `/metric/id "${metric.id}" does not fit task "${task}"`;
  }
  if (vocabulary && vocabulary.default > vocabulary.maximum) {
    return `/vocabulary/default must be <= ${vocabulary.maximum}, got ${vocabulary.default}`;
  }
  for (const [name, profile] of Object.entries(profiles)) {
    if (!isDescent(profile.bars, metricOf(metric.id).better)) {
      return `/profiles/${name}/bars must run from 5 points down to 1, each easier than the one before, got ${brief(profile.bars)}`;
    }
  }
  return null;
}

function isDescent(bars: readonly Bar[], better: Better): boolean {
  const direction = better === 'lower' ? 1 : -1;
  return bars.every((bar, index) => {
    const before = bars[index - 1];
    return bar.points === 5 - index && (!before || direction * (bar.value - before.value) > 0);
  });
}

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

const isTexts = new Ajv().compile<Texts>({ type: 'object', additionalProperties: text });

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

const isDefinition = new Ajv({ allowUnionTypes: true }).compile<Written>(
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
