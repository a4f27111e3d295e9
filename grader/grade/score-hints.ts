import type { ProblemDefinition, ScoreResult } from '../contract.ts';

/** What a score shows of a model that has learnt nothing: one answer for every row. */
export function scoreHints(
  { details, value, constantBaseline }: Pick<ScoreResult, 'details' | 'value' | 'constantBaseline'>,
  { metric, classes = [] }: Pick<ProblemDefinition, 'metric' | 'classes'>,
): string[] {
  const predicted =
    details.kind === 'classification'
      ? answered(details.confusion).map((label) => `"${classes[label] ?? label}"`)
      : details.predicted.map(show);
  const [only, ...others] = new Set(predicted);
  if (only === undefined || others.length > 0) return [];
  return [
    `Every held-out row got the same answer, ${only}: the model tells nothing apart. Its ${metric.name} is ${show(value)}; the best constant answer has ${show(constantBaseline)}.`,
  ];
}

/** Labels that were given to any row. */
function answered(confusion: readonly (readonly number[])[]): number[] {
  return confusion.flatMap((_, label) =>
    confusion.some((actual) => (actual[label] ?? 0) > 0) ? [label] : [],
  );
}

function show(value: number): string {
  return String(Number(value.toPrecision(4)));
}
