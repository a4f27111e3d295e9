import type { GradeReport, RegressionDetails } from '../../contract.ts';
import { mean } from '../../metrics/regression-metrics.ts';
import { significant } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';
import { type Group, smallScatter } from '../charts/small-scatter.ts';

export interface SmallFigure {
  readonly title: string;
  readonly label: string;
  readonly svg: string;
}

const groupCount = 5;

/** Residuals over the values of each feature, with the means of fifths of the rows. */
export function featureFigures(
  { actual, predicted }: RegressionDetails,
  { examples }: GradeReport,
  { evidence: words }: Words,
): SmallFigure[] {
  if (!examples?.sampled) return [];
  const { rows, values } = examples.sampled;
  const residuals = rows.map((row) => (predicted[row] ?? NaN) - (actual[row] ?? NaN));
  const largest = residuals.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return values.map((of, at) => {
    const { name = '', unit } = examples.features[at] ?? {};
    const title = shortened(unit ? `${name} (${unit})` : name, 40);
    const points = of
      .map((value, place) => [value, residuals[place] ?? NaN] as const)
      .filter((point) => point.every(Number.isFinite));
    const groups = groupsOf(points);
    const means = groups.map((group) => significant(group.mean, 3)).join(', ');
    return {
      title,
      label: words.spokenResiduals(title, means),
      svg: smallScatter({ points, groups, largest }),
    };
  });
}

/** Equal values stay together, so a flag has two groups. */
function groupsOf(points: readonly (readonly [number, number])[]): Group[] {
  const sorted = [...points].sort(([one], [other]) => one - other);
  const groups: (readonly [number, number])[][] = [];
  for (const point of sorted) {
    const last = groups.at(-1);
    const isOpen =
      last !== undefined &&
      (last.length < sorted.length / groupCount || last.at(-1)?.[0] === point[0]);
    if (isOpen) last.push(point);
    else groups.push([point]);
  }
  return groups.map((group) => ({
    from: group[0]?.[0] ?? 0,
    to: group.at(-1)?.[0] ?? 0,
    mean: mean(group.map(([, residual]) => residual)),
  }));
}
