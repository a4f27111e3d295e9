/** Area under the ROC curve, a tie counting half; null where only one class occurs. */
export function rocAuc(isPositive: readonly boolean[], scores: readonly number[]): number | null {
  const positives = isPositive.filter(Boolean).length;
  const negatives = isPositive.length - positives;
  if (positives === 0 || negatives === 0) return null;
  const ranks = averageRanks(scores);
  const rankSum = ranks.reduce((total, rank, row) => total + (isPositive[row] ? rank : 0), 0);
  // Mann-Whitney U of the positives, as a share of all pairs.
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Mean over the classes of each class's area against the rest; null where a class never occurs. */
export function rocAucOneVsRest(
  labels: readonly number[],
  probabilities: readonly (readonly number[])[],
): number | null {
  const classCount = probabilities[0]?.length ?? 0;
  let total = 0;
  for (let label = 0; label < classCount; label++) {
    const area = rocAuc(
      labels.map((actual) => actual === label),
      probabilities.map((row) => row[label] ?? 0),
    );
    if (area === null) return null;
    total += area;
  }
  return classCount === 0 ? null : total / classCount;
}

/** Ranks from 1, equal scores sharing the mean of their ranks. */
export function averageRanks(scores: readonly number[]): number[] {
  const order = scores.map((score, row) => ({ score, row })).sort((a, b) => a.score - b.score);
  const ranks = new Array<number>(scores.length).fill(0);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && order[end]?.score === order[start]?.score) end += 1;
    for (const { row } of order.slice(start, end)) ranks[row] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
