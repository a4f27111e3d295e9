import type { LabelFigures, ValueFigures } from '../metrics/figures.ts';
import type { ArrayFile } from './arrays.ts';
import type { Difference } from './comparison.ts';
import type { Count, NotNegative, Ordinal, Points, Share } from './numbers.ts';
import type { RankedRows } from './examples.ts';
import type { Bar, Disclosure, HeldOutTargets, ProblemDefinition, Profile } from './problem.ts';
import type { Task } from './task.ts';

export interface ScoreJob {
  readonly task: Task;
  readonly metric: ProblemDefinition['metric'];
  readonly classes: readonly string[];
  readonly profile: Profile;
  readonly predictions: ArrayFile;
  readonly heldOut: HeldOutTargets;
  readonly disclosure: Disclosure;
  /** What an earlier model predicted for the same rows, where this one is compared with it. */
  readonly earlier?: ArrayFile;
}

/** What leaves the scorer. */
export interface Scored {
  readonly score: ScoreResult;
  /** Null where the problem discloses totals alone. */
  readonly ranked: RankedRows | null;
}

export interface ClassScores {
  readonly name: string;
  readonly precision: Share;
  readonly recall: Share;
  readonly f1: Share;
  readonly support: Count;
}

export interface ClassificationDetails extends LabelFigures {
  readonly kind: 'classification';
  /** `confusion[actual][predicted]`, counts. */
  readonly confusion: readonly (readonly Count[])[];
  readonly classes: readonly ClassScores[];
  readonly macroF1: Share;
  /** One-vs-rest macro average; null where a class is missing from the targets. */
  readonly rocAuc: Share | null;
  /** The most frequent errors, worst first, each with up to eight held-out row numbers, where rows are disclosed. */
  readonly confusions: readonly {
    readonly actual: Count;
    readonly predicted: Count;
    readonly count: Count;
    /** @maxItems 8 */
    readonly rows: readonly Count[];
  }[];
  /** Null where the outputs are no probabilities. Older reports have none. */
  readonly calibration?: Calibration | null;
  /** Of two classes; null where the outputs are no probabilities or a class is missing. */
  readonly decisions?: BinaryDecisions | null;
}

/** How often what was given a probability is so, in tenths of the probability; empty tenths are left out. */
export interface Calibration {
  /** Whether it is that of class 1, or that of whichever class was predicted. */
  readonly of: 'class-1' | 'prediction';
  /** The expected calibration error. */
  readonly error: Share;
  readonly bins: readonly {
    readonly count: Count;
    readonly said: Share;
    readonly seen: Share;
    /** Of 95 %, by Wilson. */
    readonly low: Share;
    readonly high: Share;
  }[];
}

/** What comes of two classes as the threshold moves that is 0.5 in the score. */
export interface BinaryDecisions {
  readonly averagePrecision: Share;
  /** False and true positive rate; empty where the problem discloses totals alone. */
  readonly roc: readonly (readonly [Share, Share])[];
  /** Recall and precision; likewise. */
  readonly precisionRecall: readonly (readonly [Share, Share])[];
  readonly thresholds: readonly {
    readonly threshold: Share;
    readonly truePositives: Count;
    readonly falsePositives: Count;
    readonly falseNegatives: Count;
    readonly trueNegatives: Count;
  }[];
}

/** What a forecast is worth that needs no model. */
export interface ForecastBaseline {
  /** The last value again, the best constant of the training part, or the best linear function of the window. */
  readonly id: 'persistence' | 'constant' | 'autoregression';
  /** Values of the window that it looks at. */
  readonly order: Count;
  /** By the problem's metric. */
  readonly value: number;
}

export interface RegressionDetails extends ValueFigures {
  readonly kind: 'regression';
  /** Of every row, in order; empty where the problem discloses totals alone. */
  readonly actual: readonly number[];
  readonly predicted: readonly number[];
  /** Of a forecast; older reports have none. */
  readonly baselines?: readonly ForecastBaseline[];
  /** Dates of a forecast, one per row; absent for other regressions. */
  readonly labels?: readonly string[];
}

export interface BarResult extends Bar {
  readonly reached: boolean;
}

/** What other held-out rows of the same kind might have given. */
export interface Certainty {
  /** Of 95 %. */
  readonly low: number;
  readonly high: number;
  readonly method: 'wilson' | 'bootstrap' | 'block-bootstrap';
  readonly resamples: Count;
  /**
   * The share of the resamples that earns 0, 1, … 5 points.
   * @minItems 6
   * @maxItems 6
   */
  readonly points: readonly Share[];
}

export interface ScoreResult {
  /** Value of the problem's metric, with its standard error. */
  readonly value: number;
  readonly standardError: NotNegative;
  readonly certainty: Certainty;
  /** The same metric for a model that always gives the best constant. */
  readonly constantBaseline: number;
  readonly points: Points;
  /**
   * @minItems 5
   * @maxItems 5
   */
  readonly bars: readonly BarResult[];
  readonly rows: Ordinal;
  /** How the output was read: "argmax of 10 outputs", "last of 30 steps". */
  readonly outputReading: string;
  /** @discriminator kind */
  readonly details: ClassificationDetails | RegressionDetails;
  /** From the earlier model to this one; absent where there is none, or its predictions cannot be read. */
  readonly difference?: Difference;
}
