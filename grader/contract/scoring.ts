import type { LabelFigures, ValueFigures } from '../metrics/figures.ts';
import type { ArrayFile } from './arrays.ts';
import type { Bar, HeldOutTargets, ProblemDefinition, Profile } from './problem.ts';
import type { Task } from './task.ts';

export interface ScoreJob {
  readonly task: Task;
  readonly metric: ProblemDefinition['metric'];
  readonly classes: readonly string[];
  readonly profile: Profile;
  readonly predictions: ArrayFile;
  readonly heldOut: HeldOutTargets;
}

export interface ClassScores {
  readonly name: string;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
}

export interface ClassificationDetails extends LabelFigures {
  readonly kind: 'classification';
  /** `confusion[actual][predicted]`, counts. */
  readonly confusion: readonly (readonly number[])[];
  readonly classes: readonly ClassScores[];
  readonly macroF1: number;
  /** One-vs-rest macro average; null where a class is missing from the targets. */
  readonly rocAuc: number | null;
  /** The most frequent errors, worst first, each with up to eight held-out row numbers. */
  readonly confusions: readonly {
    readonly actual: number;
    readonly predicted: number;
    readonly count: number;
    readonly rows: readonly number[];
  }[];
}

export interface RegressionDetails extends ValueFigures {
  readonly kind: 'regression';
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  /** Dates of a forecast, one per row; absent for other regressions. */
  readonly labels?: readonly string[];
}

export interface BarResult extends Bar {
  readonly reached: boolean;
}

export interface ScoreResult {
  /** Value of the problem's metric, with its standard error. */
  readonly value: number;
  readonly standardError: number;
  /** The same metric for a model that always gives the best constant. */
  readonly constantBaseline: number;
  readonly points: number;
  readonly bars: readonly BarResult[];
  readonly rows: number;
  /** How the output was read: "argmax of 10 outputs", "last of 30 steps". */
  readonly outputReading: string;
  readonly details: ClassificationDetails | RegressionDetails;
}
