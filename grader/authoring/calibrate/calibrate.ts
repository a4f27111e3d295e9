import { basename, join } from 'node:path';
import { problemIn } from '../../../problems/load-problems.ts';
import type { Bar, Problem } from '../../contract.ts';
import { GraderError } from '../../errors.ts';
import type { Measured } from '../../metrics/measure.ts';
import { runPrepare } from '../../prepare/start.ts';
import { constantPredictor } from '../constant-rows.ts';
import { gradeRecipe, referenceOf, type Measuring } from '../measure/grade-recipe.ts';
import { shortByRows, shortBySeed, spreadOf, type Spread } from './chances.ts';
import { proposeBars, type MeasuredAll } from './propose-bars.ts';

/** A threshold, and how often it errs. */
export interface BarChances {
  readonly points: number;
  readonly value: number;
  /** That the reference falls short: of one more seed (null of one seed), and of other held-out rows. */
  readonly falseFail: { readonly bySeed: number | null; readonly byRows: number };
  /** That what has learned nothing reaches it on other held-out rows. */
  readonly falsePass: { readonly constant: number; readonly starter: number };
}

export interface Calibration {
  readonly problem: string;
  readonly metric: string;
  readonly better: 'lower' | 'higher';
  readonly heldOutRows: number;
  readonly references: readonly { readonly file: string; readonly spread: Spread }[];
  readonly constant: Measured;
  readonly starter: Measured;
  readonly current: readonly BarChances[];
  readonly proposed: readonly BarChances[];
}

interface Asked extends Measuring {
  readonly seeds: number;
  /** Without any, the package's own. */
  readonly references: readonly string[];
}

/**
 * Trains the references by seeds 1, 2, … and proposes thresholds: 5 points where the weakest of them stays with 95 %
 * over seeds and held-out rows, 1 point where 95 % of what has learned nothing stays below, the others evenly
 * between. Throws fault `package` where the two cannot be told apart, or a reference or the starter fails.
 */
export async function calibrate(directory: string, asked: Asked): Promise<Calibration> {
  const problem = problemIn(directory);
  const { metric, profiles } = problem.definition;
  const files = asked.references.length > 0 ? asked.references : [referenceOf(directory)];
  const { signal, listener } = asked;
  const onProgress = listener.onPrepare?.bind(listener) ?? (() => undefined);
  const prepared = await runPrepare(
    { directory, sample: false, sampleSeed: 1 },
    { signal, onProgress },
  );
  const constant = await constantPredictor(problem.definition, prepared);
  const starter = await measured({ problem, file: join(directory, 'starter.ts'), seed: 1 }, asked);
  const references = [];
  for (const file of files) {
    const runs: Measured[] = [];
    for (let seed = 1; seed <= asked.seeds; seed++) {
      runs.push(await measured({ problem, file, seed }, asked));
    }
    references.push({ file: basename(file), spread: spreadOf(runs) });
  }
  const sign = metric.better === 'higher' ? 1 : -1;
  const [weakest] = references.map(({ spread }) => spread).sort((a, b) => sign * (a.mean - b.mean));
  if (!weakest) throw new Error('internal: no reference was trained');
  const measuredAll = { weakest, constant, starter, sign } as const;
  return {
    ...{ problem: problem.definition.id, metric: metric.name, better: metric.better },
    heldOutRows: prepared.heldOut.targets.shape[0] ?? 0,
    ...{ references, constant, starter },
    current: profiles.strict.bars.map((bar) => chancesOf(bar, measuredAll)),
    proposed: proposeBars(measuredAll).map((bar) => chancesOf(bar, measuredAll)),
  };
}

interface Run {
  readonly problem: Problem;
  readonly file: string;
  readonly seed: number;
}

async function measured(run: Run, asked: Asked): Promise<Measured> {
  const { score, failure } = await gradeRecipe(run, asked);
  const name = basename(run.file);
  if (!score) {
    throw new GraderError({
      fault: 'package',
      code: 'no-measurement',
      message: `${name} has no score by seed ${run.seed}: ${failure?.message ?? ''}`,
      help: 'Correct it: `grader inspect` tells its mistakes.',
    });
  }
  asked.onRun(
    `${name}, seed ${run.seed}: ${Number(score.value.toPrecision(4))}, ${score.points}/5`,
  );
  return { value: score.value, standardError: score.standardError };
}

function chancesOf(
  { points, value }: Pick<Bar, 'points' | 'value'>,
  { weakest, constant, starter, sign }: MeasuredAll,
): BarChances {
  const margin = (reached: number) => sign * (reached - value);
  const passes = (of: Measured) => 1 - shortByRows(of.standardError, margin(of.value));
  return {
    ...{ points, value },
    falseFail: {
      bySeed: shortBySeed(weakest, margin(weakest.mean)),
      byRows: shortByRows(weakest.standardError, margin(weakest.mean)),
    },
    falsePass: { constant: passes(constant), starter: passes(starter) },
  };
}
