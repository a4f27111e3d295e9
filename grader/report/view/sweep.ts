import type { GradeReport, RateSweep } from '../../contract.ts';
import { lossByRate } from '../charts/loss-by-rate.ts';
import { significant } from '../../text/numbers.ts';
import type { Figure } from './figure.ts';
import { sweepLine } from './sweep-line.ts';
import type { Words } from '../../words/en.ts';

interface SweepView {
  readonly lead: string;
  /** Null where fewer than two losses are numbers. */
  readonly figure: Figure | null;
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
    figure: figureOf(sweep, words),
    rows: sweep.runs.map(({ rate, loss }) => ({
      isTaken: rate === sweep.taken,
      rate: significant(rate, 3),
      loss: loss === null ? words.sweep.notFinite : significant(loss),
    })),
  };
}

function figureOf({ runs, own }: RateSweep, { sweep: words }: Words): Figure | null {
  const points = runs.flatMap(({ rate, loss }) => (loss === null ? [] : [[rate, loss] as const]));
  const [lowest] = [...points].sort(([, one], [, other]) => one - other);
  if (!lowest || points.length < 2) return null;
  return {
    title: words.title,
    legend: [
      { mark: 'blue', text: words.loss },
      { mark: 'dashed', text: words.own(significant(own, 3)) },
    ],
    label: words.spoken(significant(lowest[1]), significant(lowest[0], 3)),
    svg: lossByRate({ points, own, names: words }),
    narrowSvg: '',
  };
}
