import type { ProblemDefinition, Profile } from '../../contract.ts';
import { earnPoints } from '../../metrics/points.ts';
import { metricOf } from '../../metrics/metric.ts';
import { mistake, warning, type Mistake } from '../mistake.ts';

const file = 'problem.json';

/** Thresholds that no model can reach, by what the metric cannot be better than. */
export function unreachableBars({ metric, profiles }: ProblemDefinition): readonly Mistake[] {
  const { best, better } = metricOf(metric.id);
  return Object.entries(profiles).flatMap(([name, { bars, inclusive }]: [string, Profile]) =>
    bars.flatMap(({ points, value }, index) => {
      const beyond = better === 'lower' ? best - value : value - best;
      if (beyond < 0 || (beyond === 0 && inclusive)) return [];
      const message = `${points} points from ${value} cannot be reached: ${metric.name} is ${best} at best`;
      const help =
        inclusive || beyond > 0 ? {} : { help: 'Set "inclusive": true, or another value.' };
      return [mistake(file, { place: `/profiles/${name}/bars/${index}/value`, message, ...help })];
    }),
  );
}

/** Points that one guess for every row has. */
export function constantEarns(
  { metric, profiles, passMark }: ProblemDefinition,
  constant: number,
): readonly Mistake[] {
  return Object.entries(profiles).flatMap(([name, profile]: [string, Profile]) => {
    const { points } = earnPoints(constant, profile, metric.better);
    if (points === 0) return [];
    const message = `a constant has ${metric.name} ${Number(constant.toPrecision(4))} and earns ${points} of 5 points`;
    const help = 'Take harder thresholds: `grader problem calibrate` proposes some.';
    const tell = name === 'strict' && points >= passMark ? mistake : warning;
    return [tell(file, { place: `/profiles/${name}/bars`, message, help })];
  });
}

/** Above this a training keeps an exam waiting. */
const mostSeconds = 3600;

/** Limits within which nothing can be trained, or which bind nobody. */
export function budgetMistakes({ limits, outputs }: ProblemDefinition): readonly Mistake[] {
  const found: Mistake[] = [];
  const least = Math.min(
    ...outputs.map(({ shape }) => shape.reduce<number>((all, size) => all * (size ?? 1), 1)),
  );
  if (limits.parameters < 2 * least) {
    const message = `is ${limits.parameters}: a single layer for ${least} outputs has ${2 * least} parameters at least`;
    found.push(mistake(file, { place: '/limits/parameters', message }));
  }
  if (limits.trainingSeconds > mostSeconds) {
    const message = `is ${limits.trainingSeconds} s: each submission may train for ${(limits.trainingSeconds / 3600).toFixed(1)} h`;
    found.push(warning(file, { place: '/limits/trainingSeconds', message }));
  }
  return found;
}
