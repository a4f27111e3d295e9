import { readArray } from '../array-file.ts';
import type { Effects, ExplainJob } from '../contract.ts';
import { isClassification } from '../contract/task.ts';
import { measure } from '../metrics/measure.ts';
import { readLabels, readValues } from '../metrics/read-output.ts';
import { probabilityOf, type Rows } from '../metrics/rows.ts';

/**
 * What a model's answers lose when parts of its inputs are taken away. Of features shuffled among rows that
 * is how the metric changes (L. Breiman, Random forests, 2001); of parts of a row, how much less the
 * model gives the class that it predicted (M. D. Zeiler and R. Fergus, Visualizing and understanding
 * convolutional networks, 2014). Throws as `score` does where shapes are others.
 */
export async function explain(job: ExplainJob): Promise<Effects> {
  const predictions = await readArray(job.predictions);
  if (isClassification(job.task)) {
    const output = readLabels(predictions, job.classes.length);
    return effectsOf(job, output, Array.from((await readArray(job.targets)).data));
  }
  const targets = readValues(await readArray(job.targets), job.task);
  return effectsOf(job, readValues(predictions, job.task), targets.predicted);
}

type Output = Omit<Rows, 'actual'>;

/** The same of an output that was read, and the truth of all held-out rows. */
export function effectsOf(
  { changed, metric }: Pick<ExplainJob, 'changed' | 'metric'>,
  output: Output,
  truth: readonly number[],
): Effects {
  if ('parts' in changed) return { kind: 'parts', rows: effectsOfParts(changed.parts, output) };
  const { rows, features } = changed;
  const actual = rows.map((row) => truth[row] ?? NaN);
  const values = Array.from({ length: features + 1 }, (_, block) => {
    const places = rows.map((_, at) => block * rows.length + at);
    return measure(metric.id, { ...picked(output, places), actual }).value;
  });
  const [value = NaN, ...shuffled] = values;
  return { kind: 'features', value, values: shuffled };
}

function effectsOfParts(parts: readonly number[], { predicted, probabilities }: Output) {
  let place = 0;
  return parts.map((count) => {
    const label = predicted[place] ?? NaN;
    const next = () => probabilityOf(label, predicted[place] ?? NaN, probabilities?.[place++]);
    const given = next();
    return { given, effects: Array.from({ length: count }, () => given - next()) };
  });
}

function picked({ predicted, probabilities }: Output, places: readonly number[]): Output {
  return {
    predicted: places.map((place) => predicted[place] ?? NaN),
    ...(probabilities ? { probabilities: places.map((place) => probabilities[place] ?? []) } : {}),
  };
}
