import type { ErrorObject } from 'ajv';
import type { Bar, Shape } from '../grader/contract.ts';
import { isClassification, type Task } from '../grader/contract/task.ts';
import { isMetricFor, metricIds, metricOf, type Better } from '../grader/metrics/metric.ts';
import { nearest } from '../grader/recipe/names.ts';
import { showShape } from '../grader/text/shape.ts';
import { isDefinition, type Written } from './definition-schema.ts';

/** Something wrong in a document of a package. */
export interface DefinitionMistake {
  /** `/passMark`; `/` is all of it. */
  readonly place: string;
  /** What goes on from the place: "must be integer, got "three"". */
  readonly rule: string;
  /** What to write instead, where that is known. */
  readonly help?: string;
}

/** All that is wrong with a `problem.json` in a folder of that name, in the order of the rules. */
export function definitionMistakes(document: unknown, folder: string): DefinitionMistake[] {
  const isWhole = isDefinition(document);
  const ofSchema = schemaMistakes(isDefinition.errors ?? [], document);
  // A part that breaks the schema is told as that alone, the others are looked at all the same.
  return isWhole
    ? contradictions(document, folder)
    : [...ofSchema, ...contradictions(document, folder, new Set(ofSchema.map(partOf)))];
}

/** What breaks a schema, each with a near miss where a name is almost another. */
export function schemaMistakes(
  errors: readonly ErrorObject[],
  document: unknown,
): DefinitionMistake[] {
  const missing = errors.flatMap(({ params }) => (params as Params).missingProperty ?? []);
  return errors.map((error) => mistakeOf(error, document, missing));
}

interface Params {
  readonly additionalProperty?: string;
  readonly allowedValues?: readonly string[];
  readonly missingProperty?: string;
}

function mistakeOf(
  { instancePath, message, params }: ErrorObject,
  document: unknown,
  missing: readonly string[],
): DefinitionMistake {
  const place = instancePath || '/';
  // ajv leaves the name of the surplus property and the allowed values to its params.
  const { additionalProperty: surplus, allowedValues: allowed } = params as Params;
  const came = valueAt(document, instancePath);
  if (surplus !== undefined) {
    const rule = `has the unknown property ${JSON.stringify(surplus)}`;
    return { place, rule, ...meant(nearest(surplus, missing)) };
  }
  const wanted = allowed
    ? `must be one of ${JSON.stringify(allowed)}`
    : (message ?? 'is not valid');
  const near = allowed && typeof came === 'string' ? nearest(came, allowed) : null;
  return { place, rule: `${wanted}, got ${brief(came)}`, ...meant(near) };
}

function meant(name: string | null): { help?: string } {
  return name === null ? {} : { help: `Is "${name}" meant?` };
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

/** `/profiles/strict/bars` is of `profiles`; what is missing or unknown is of no part. */
function partOf({ place }: DefinitionMistake): string {
  return place.split('/')[1] ?? '';
}

type Rule = (definition: Written, folder: string) => DefinitionMistake[];

/** What a schema cannot say, each with the parts of the definition that it looks at. */
const rules: readonly (readonly [readonly (keyof Written)[], Rule])[] = [
  [['id'], idRule],
  [['task', 'classes'], classesRule],
  [['task', 'metric'], metricRule],
  [['task', 'input', 'outputs', 'classes'], shapeRule],
  [['task', 'vocabulary', 'seriesRange', 'input'], leftoverRule],
  [['metric', 'profiles'], barsRule],
];

function contradictions(
  document: unknown,
  folder: string,
  broken: ReadonlySet<string> = new Set(),
): DefinitionMistake[] {
  if (typeof document !== 'object' || document === null) return [];
  const definition = document as Written;
  const needed = ['classes', 'vocabulary', 'seriesRange'];
  const isThere = (part: string) =>
    !broken.has(part) && (part in definition || needed.includes(part));
  return rules.flatMap(([parts, rule]) => (parts.every(isThere) ? rule(definition, folder) : []));
}

function idRule({ id }: Written, folder: string): DefinitionMistake[] {
  if (id === folder) return [];
  return [
    {
      place: '/id',
      rule: `must be the folder's name "${folder}", got "${id}"`,
      help: 'Change one of the two.',
    },
  ];
}

function classesRule({ task, classes }: Written): DefinitionMistake[] {
  if (!isClassification(task)) {
    if (classes === undefined) return [];
    const rule = `must be absent for task "${task}", whose targets are values`;
    return [{ place: '/classes', rule, help: 'Take it out, or correct the task.' }];
  }
  if (classes === undefined) {
    const rule = `must name the classes for task "${task}", by label from 0`;
    return [{ place: '/classes', rule }];
  }
  const twice = classes.find((name, label) => classes.indexOf(name) !== label);
  const repeated = twice === undefined ? [] : [{ place: '/classes', rule: `has "${twice}" twice` }];
  if (task !== 'binary' || classes.length === 2) return repeated;
  const rule = `must be two for task "binary", got ${classes.length}`;
  return [...repeated, { place: '/classes', rule, help: 'With more the task is "multiclass".' }];
}

function metricRule({ task, metric }: Written): DefinitionMistake[] {
  if (isMetricFor(metric.id, task)) return [];
  const fitting = metricIds.filter((id) => isMetricFor(id, task)).join(', ');
  const rule = `"${metric.id}" does not fit task "${task}"`;
  return [{ place: '/metric/id', rule, help: `Those that do: ${fitting}.` }];
}

/** The outputs of each task, in words. */
const outputsInWords: Readonly<Record<Task, string>> = {
  regression: 'one value, [1]',
  forecast: 'one value [1], or one a step: [steps] or [steps, 1]',
  binary: 'the probability of class 1, [1], or one a class, [2]',
  multiclass: 'a probability of each class, [classes]',
};

function shapeRule({ task, outputs, classes }: Written): DefinitionMistake[] {
  const count = classes?.length ?? 0;
  const fits: Readonly<Record<Task, (shape: Shape) => boolean>> = {
    regression: ([size, ...rest]) => size === 1 && rest.length === 0,
    forecast: ([, last = 1, ...rest]) => last === 1 && rest.length === 0,
    binary: ([size, ...rest]) => (size === 1 || size === 2) && rest.length === 0,
    multiclass: ([size, ...rest]) => size === count && rest.length === 0,
  };
  // Without classes nothing can be said of how many outputs there are.
  if (task === 'multiclass' && count === 0) return [];
  return outputs.flatMap(({ shape }, index) =>
    fits[task](shape)
      ? []
      : [
          {
            place: `/outputs/${index}/shape`,
            rule: `must be ${outputsInWords[task].replace('[classes]', `[${count}]`)} for task "${task}", got ${showShape(shape)}`,
          },
        ],
  );
}

/** Parts that belong to another task or kind of data. */
function leftoverRule({ task, vocabulary, seriesRange, input }: Written): DefinitionMistake[] {
  const found: DefinitionMistake[] = [];
  if (seriesRange && task !== 'forecast') {
    const rule = `must be absent for task "${task}", only a forecast has a series`;
    found.push({ place: '/seriesRange', rule, help: 'Take it out.' });
  }
  if (seriesRange && seriesRange[0] >= seriesRange[1]) {
    found.push({ place: '/seriesRange', rule: `must rise, got ${brief(seriesRange)}` });
  }
  if (vocabulary && input.dtype !== 'int32') {
    const rule = `must be absent for inputs of ${input.dtype}, only words are ids of int32`;
    found.push({ place: '/vocabulary', rule, help: 'Take it out, or correct /input/dtype.' });
  }
  if (vocabulary && vocabulary.default > vocabulary.maximum) {
    const rule = `must be <= ${vocabulary.maximum}, got ${vocabulary.default}`;
    found.push({ place: '/vocabulary/default', rule });
  }
  return found;
}

function barsRule({ metric, profiles }: Written): DefinitionMistake[] {
  if (!metricIds.includes(metric.id)) return [];
  const { better } = metricOf(metric.id);
  return Object.entries(profiles).flatMap(([name, profile]) =>
    isDescent(profile.bars, better)
      ? []
      : [
          {
            place: `/profiles/${name}/bars`,
            rule: `must run from 5 points down to 1, each easier than the one before, got ${bars(profile.bars)}`,
            help: `By ${metric.id} ${better === 'lower' ? 'less' : 'more'} is better: values ${better === 'lower' ? 'rise' : 'fall'} from 5 points to 1.`,
          },
        ],
  );
}

/** "5: 0.9, 4: 0.95, …". */
function bars(list: readonly Bar[]): string {
  return list.map(({ points, value }) => `${points}: ${value}`).join(', ');
}

function isDescent(list: readonly Bar[], better: Better): boolean {
  const direction = better === 'lower' ? 1 : -1;
  return list.every((bar, index) => {
    const before = list[index - 1];
    return bar.points === 5 - index && (!before || direction * (bar.value - before.value) > 0);
  });
}
