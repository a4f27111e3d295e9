import type { GradeReport } from '../../contract.ts';
import { significant } from '../../text/numbers.ts';
import type { Words } from '../../words/en.ts';

/** The verdict in a sentence; empty where there is none. */
export function sweepLine({ sweep }: GradeReport, words: Words): string {
  if (!sweep) return '';
  const { own, taken, verdict } = sweep;
  return words.sweep.lead(verdict, significant(own, 3), significant(taken, 3));
}
