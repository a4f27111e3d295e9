import type { Finding, TrainersFindings } from '../contract.ts';
import { rule } from './rule.ts';

const rules: readonly ((found: TrainersFindings) => Finding | null)[] = [
  rule('another-reading', 'error', ({ anotherReading }: TrainersFindings) => anotherReading),
  rule('mean-of-the-window', 'error', ({ meanOfTheWindow }: TrainersFindings) => meanOfTheWindow),
];

/** What a trainer found of a model file, with its words. */
export function withWords(found: TrainersFindings): Finding[] {
  return rules.flatMap((find) => find(found) ?? []);
}
