/** Rows by what they are and what is said of them where one class begins at a threshold. */
interface Decisions {
  /** Of the probability, from which on a row counts as positive. */
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

/** The decisions at a threshold. */
export function decisionsAt(
  threshold: number,
  isPositive: readonly boolean[],
  scores: readonly number[],
): Decisions {
  const count = (isTrue: boolean, isSaid: boolean) =>
    scores.filter((score, row) => score > threshold === isSaid && isPositive[row] === isTrue)
      .length;
  return {
    threshold,
    truePositives: count(true, true),
    falsePositives: count(false, true),
    falseNegatives: count(true, false),
    trueNegatives: count(false, false),
  };
}

/**
 * The numbers of true and false positives as the threshold falls past each score, from none to all; null where
 * a class has no row.
 */
export function decisionSteps(isPositive: readonly boolean[], scores: readonly number[]) {
  const positives = isPositive.filter(Boolean).length;
  const negatives = isPositive.length - positives;
  if (positives === 0 || negatives === 0) return null;
  const order = scores.map((_, row) => row);
  order.sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0));
  const steps = [{ truePositives: 0, falsePositives: 0 }];
  let [truePositives, falsePositives] = [0, 0];
  order.forEach((row, place) => {
    if (isPositive[row]) truePositives += 1;
    else falsePositives += 1;
    const next = order[place + 1];
    // Equal scores are one step.
    if (next !== undefined && scores[next] === scores[row]) return;
    steps.push({ truePositives, falsePositives });
  });
  return { positives, negatives, steps };
}

type Steps = NonNullable<ReturnType<typeof decisionSteps>>;

type Point = readonly [x: number, y: number];

/** False positive rate and true positive rate: the receiver operating characteristic. */
export function rocPoints({ positives, negatives, steps }: Steps): Point[] {
  return steps.map(({ truePositives, falsePositives }): Point => [
    falsePositives / negatives,
    truePositives / positives,
  ]);
}

/** Recall and precision, from recall 0, where precision is taken for 1 as scikit-learn does. */
export function precisionRecallPoints({ positives, steps }: Steps): Point[] {
  return steps.map(({ truePositives, falsePositives }): Point => {
    const said = truePositives + falsePositives;
    return [truePositives / positives, said === 0 ? 1 : truePositives / said];
  });
}

/** The mean of the precisions, each weighed by the recall that it adds. */
export function averagePrecision(points: readonly Point[]): number {
  return points.reduce(
    (sum, [recall, precision], at) => sum + (recall - (points[at - 1]?.[0] ?? 0)) * precision,
    0,
  );
}
