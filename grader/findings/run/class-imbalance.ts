import { rule } from '../rule.ts';
import type { RunFacts } from './run-facts.ts';

/** A class that weighs half as much as another in the loss, or less, is found far less often than the others. */
export const classImbalance = rule('class-imbalance', 'warning', (facts: RunFacts) => {
  const { recipe, score, parts } = facts;
  const { details } = score;
  const counts = parts?.training?.classes;
  if (details.kind !== 'classification' || !counts || score.points === 5) return null;
  const given = recipe?.fit.class_weight ?? {};
  const weighed = counts.map((rows, label) => rows * (given[String(label)] ?? 1));
  const [all, most, mostRows] = [sum(weighed), Math.max(...weighed), Math.max(...counts)];
  const found = details.classes.flatMap(({ name, recall, support }, label) => {
    const others = middle(details.classes.filter((_, at) => at !== label).map((one) => one.recall));
    const chance = 4 * Math.sqrt((recall * (1 - recall)) / support);
    const isSmall = (weighed[label] ?? 0) <= most / 2;
    const isWorse = recall <= 0.8 * others && others - recall > chance;
    if (!isSmall || !isWorse) return [];
    const isByWeight = (counts[label] ?? 0) > mostRows / 2;
    return [{ name, recall, others, isByWeight, share: (weighed[label] ?? 0) / all }];
  });
  return found.sort((one, other) => one.recall - other.recall)[0] ?? null;
});

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
