import { rule } from '../rule.ts';
import type { RunFacts } from './run-facts.ts';

export const oneAnswer = rule('one-answer', 'error', ({ problem, score }: RunFacts) => {
  const answers = answersOf(score.details, problem.classes ?? []);
  const [only, ...others] = new Set(answers);
  if (only === undefined || others.length > 0) return null;
  const { value, constantBaseline: constant } = score;
  return { answer: only, metric: problem.metric.name, value, constant };
});

function answersOf(details: RunFacts['score']['details'], classes: readonly string[]): string[] {
  if (details.kind !== 'classification') {
    return details.predicted.map((value) => String(Number(value.toPrecision(4))));
  }
  const { confusion } = details;
  return confusion.flatMap((_, label) =>
    confusion.some((actual) => (actual[label] ?? 0) > 0) ? [classes[label] ?? String(label)] : [],
  );
}
