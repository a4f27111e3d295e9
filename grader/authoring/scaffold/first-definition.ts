import { isClassification, type Task } from '../../contract/task.ts';
import { isMetricFor, metricIds, metricOf } from '../../metrics/metric.ts';

/** A file of the data set, as `problem.json` lists it. */
export interface ListedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What an author replaces; `validate` tells where it is left. */
export const toReplace = {
  title: 'A new problem',
  summary: 'Say in one sentence what is to be predicted from what.',
  input: 'say what each value of a row is',
  output: 'say what is predicted',
  dataset: 'Made-up numbers',
  unnamed: 'not named yet',
  source: 'Not measured yet: `grader problem calibrate` proposes thresholds.',
} as const;

/** Values to be reached on the made-up data, from 5 points to 1. */
const bars: Readonly<Record<Task, readonly number[]>> = {
  regression: [0.2, 0.3, 0.4, 0.5, 0.6],
  forecast: [0.08, 0.1, 0.12, 0.15, 0.18],
  binary: [0.9, 0.85, 0.8, 0.75, 0.7],
  multiclass: [0.85, 0.8, 0.75, 0.7, 0.65],
};

const classes: Partial<Readonly<Record<Task, readonly string[]>>> = {
  binary: ['no', 'yes'],
  multiclass: ['first', 'second', 'third'],
};

/** The metric that a new problem of a task begins with. */
export function firstMetric(task: Task) {
  const id = metricIds.find((each) => isMetricFor(each, task));
  if (id === undefined) throw new Error(`internal: no metric for ${task}`);
  return { id, log: metricOf(id).logs[0] ?? id };
}

function classCount(task: Task): number {
  return classes[task]?.length ?? 0;
}

/** The shape of an input row of the made-up data. */
export function inputShape(task: Task): readonly number[] {
  return task === 'forecast' ? [12, 1] : [2];
}

/** Outputs of a model of the task: a value, the probability of class 1, or one of each class. */
export function outputUnits(task: Task): number {
  return task === 'multiclass' ? classCount(task) : 1;
}

/** `problem.json` as it begins. */
export function firstDefinition(id: string, task: Task, files: readonly ListedFile[]): object {
  const { unnamed } = toReplace;
  return {
    id,
    version: 1,
    title: toReplace.title,
    category: 6,
    summary: toReplace.summary,
    task,
    input: { shapes: [inputShape(task)], dtype: 'float32', description: toReplace.input },
    outputs: [{ shape: [outputUnits(task)], description: toReplace.output }],
    ...(isClassification(task) ? { classes: classes[task] } : {}),
    dataset: {
      id,
      title: toReplace.dataset,
      ...{ licence: unnamed, citation: unnamed, homepage: unnamed },
      bundled: true,
      variants: [
        {
          id: 'original',
          title: 'as it lies in data/',
          files: files.map((file) => ({ ...file, urls: [] })),
        },
      ],
    },
    metric: { id: firstMetric(task).id, unit: '' },
    profiles: {
      strict: {
        title: 'strict',
        source: toReplace.source,
        inclusive: true,
        bars: bars[task].map((value, at) => ({ points: 5 - at, value })),
      },
    },
    passMark: 3,
    limits: {
      trainingSeconds: 600,
      parameters: 1_000_000,
      layers: 50,
      activationMegabytes: 2048,
    },
    sample: false,
  };
}
