interface ClassRates {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

type Rates = Omit<ClassRates, 'support'>;

/** Counts as `matrix[actual][predicted]` for labels 0 to `classCount - 1`. */
export function confusionMatrix(
  actual: readonly number[],
  predicted: readonly number[],
  classCount: number,
): number[][] {
  const counts = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  actual.forEach((label, row) => {
    const line = counts[label];
    const column = predicted[row] ?? -1;
    if (line?.[column] === undefined) {
      throw new RangeError(
        `confusionMatrix: row ${row} has labels ${label} and ${column}, outside 0 to ${classCount - 1}`,
      );
    }
    line[column] += 1;
  });
  return counts;
}

/** Precision, recall and F1 of each class; a rate whose denominator is zero is 0. */
export function classRates(confusion: readonly (readonly number[])[]): ClassRates[] {
  return confusion.map((line, label) => {
    const right = line[label] ?? 0;
    const support = sum(line);
    const claimed = sum(confusion.map((other) => other[label] ?? 0));
    return {
      precision: ratio(right, claimed),
      recall: ratio(right, support),
      f1: ratio(2 * right, support + claimed),
      support,
    };
  });
}

/** Plain mean over the classes. */
export function macroAverage(rates: readonly ClassRates[]): Rates {
  const mean = (key: keyof Rates) => ratio(sum(rates.map((rate) => rate[key])), rates.length);
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
}

function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? 0 : numerator / denominator;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
