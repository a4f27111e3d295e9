import type { BinaryDecisions, Calibration, ClassificationDetails } from '../../contract.ts';
import { count, fixed } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';
import { unitSquare } from '../charts/unit-square.ts';
import type { Figure } from './figure.ts';
import type { PlainTable } from './plain-table.ts';

interface ProbabilitiesView {
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly figures: readonly Figure[];
  readonly thresholds: PlainTable | null;
}

/** How well a classifier's probabilities hold, and what other thresholds would do; null where it gives none. */
export function probabilitiesView(
  { calibration, decisions, classes, rocAuc }: ClassificationDetails,
  { evidence: words }: Words,
): ProbabilitiesView | null {
  if (!calibration) return null;
  const name = shortened(classes[1]?.name ?? '1', 40);
  return {
    facts: [
      { name: words.calibrationError, value: fixed(calibration.error, 4) },
      ...(decisions
        ? [{ name: words.averagePrecision, value: fixed(decisions.averagePrecision, 4) }]
        : []),
    ],
    figures: [
      reliabilityFigure(calibration, name, words),
      ...(decisions && decisions.roc.length > 0
        ? [rocFigure(decisions, rocAuc ?? NaN, words), precisionFigure(decisions, words)]
        : []),
    ],
    thresholds: decisions ? thresholdTable(decisions, name, words) : null,
  };
}

type EvidenceWords = Words['evidence'];

function reliabilityFigure(
  { of, bins }: Calibration,
  className: string,
  words: EvidenceWords,
): Figure {
  return {
    title: words.reliability,
    legend: [
      { mark: 'dot', text: words.howOften },
      { mark: 'orange', text: words.interval },
      { mark: 'dashed', text: words.asSaid },
    ],
    label: words.spokenBins(
      bins.map(({ said, seen, count: rows }) =>
        words.spokenBin(fixed(said, 2), fixed(seen, 2), count(rows)),
      ),
    ),
    svg: unitSquare({
      id: 'reliability',
      x: of === 'class-1' ? words.ofClassOne(className) : words.ofPrediction,
      y: words.howOften,
      points: bins.map(({ said, seen }) => [said, seen] as const),
      intervals: bins.map(({ low, high }) => [low, high] as const),
      against: diagonal,
    }),
    narrowSvg: '',
  };
}

const diagonal = [
  [0, 0],
  [1, 1],
] as const;

function rocFigure({ roc }: BinaryDecisions, area: number, words: EvidenceWords): Figure {
  return {
    title: words.roc,
    legend: [
      { mark: 'blue', text: words.model },
      { mark: 'dashed', text: words.byChance },
    ],
    label: words.spokenRoc(fixed(area, 4)),
    svg: unitSquare({
      ...{ id: 'roc', x: words.falsePositiveRate, y: words.truePositiveRate },
      ...{ points: roc, intervals: [], against: diagonal },
    }),
    narrowSvg: '',
  };
}

function precisionFigure(decisions: BinaryDecisions, words: EvidenceWords): Figure {
  const { precisionRecall, averagePrecision, thresholds } = decisions;
  const [first] = thresholds;
  const positives = (first?.truePositives ?? 0) + (first?.falseNegatives ?? 0);
  const rows = positives + (first?.falsePositives ?? 0) + (first?.trueNegatives ?? 0);
  const share = positives / rows;
  return {
    title: words.precisionRecall,
    legend: [
      { mark: 'blue', text: words.model },
      { mark: 'dashed', text: words.byChance },
    ],
    label: words.spokenPrecision(fixed(averagePrecision, 4)),
    svg: unitSquare({
      ...{ id: 'precision-recall', x: words.recall, y: words.precision, intervals: [] },
      points: precisionRecall,
      against: [
        [0, share],
        [1, share],
      ],
    }),
    narrowSvg: '',
  };
}

function thresholdTable(
  { thresholds }: BinaryDecisions,
  className: string,
  words: EvidenceWords,
): PlainTable {
  return {
    title: words.thresholds(className),
    columns: [words.threshold, ...Object.values(words.columns)],
    rows: thresholds.map((decisions) => {
      const { threshold, truePositives, falsePositives, falseNegatives, trueNegatives } = decisions;
      const rows = truePositives + falsePositives + falseNegatives + trueNegatives;
      const share = (part: number, whole: number) => (whole === 0 ? '–' : fixed(part / whole, 3));
      return {
        isUsed: threshold === 0.5,
        cells: [
          fixed(threshold, 1),
          ...[truePositives, falsePositives, falseNegatives, trueNegatives].map(count),
          share(truePositives, truePositives + falsePositives),
          share(truePositives, truePositives + falseNegatives),
          share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
          share(truePositives + trueNegatives, rows),
        ],
      };
    }),
  };
}
