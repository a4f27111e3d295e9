import { rule } from '../rule.ts';
import type { RunFacts } from './run-facts.ts';

export const notFinite = rule('not-finite', 'error', ({ training }: RunFacts) => {
  const last = training?.history.at(-1);
  if (training?.stoppedBy !== 'not-finite' || !last) return null;
  return { epoch: last.epoch, rate: last.learningRate ?? 0 };
});
