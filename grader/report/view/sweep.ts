import type { GradeReport } from '../../contract.ts';
import { significant } from '../../text/numbers.ts';
import type { Words } from '../../words/en.ts';

interface SweepView {
  readonly lead: string;
  readonly rows: readonly {
    readonly isTaken: boolean;
    readonly rate: string;
    readonly loss: string;
  }[];
}

/** Loss against learning rate; null where no other rates were tried. */
export function sweepView(report: GradeReport, words: Words): SweepView | null {
  const { sweep } = report;
  if (!sweep) return null;
  return {
    lead: sweepLine(report, words),
    rows: sweep.runs.map(({ rate, loss }) => ({
      isTaken: rate === sweep.taken,
      rate: significant(rate, 3),
      loss: loss === null ? words.sweep.notFinite : significant(loss),
    })),
  };
}

/** The verdict in a sentence; empty where there is none. */
export function sweepLine({ sweep }: GradeReport, words: Words): string {
  if (!sweep) return '';
  const { own, taken, verdict } = sweep;
  return words.sweep.lead(verdict, significant(own, 3), significant(taken, 3));
}
