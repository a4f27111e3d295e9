import { rule } from '../rule.ts';
import type { RunFacts } from './run-facts.ts';

export const belowConstant = rule('below-constant', 'error', ({ problem, score }: RunFacts) => {
  const { value, constantBaseline: constant } = score;
  const isWorse = problem.metric.better === 'lower' ? value > constant : value < constant;
  return isWorse ? { metric: problem.metric.name, value, constant } : null;
});
