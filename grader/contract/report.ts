import type { LastAttempt } from './comparison.ts';
import type { HeldOutExamples } from './examples.ts';
import type { Explanation } from './explanation.ts';
import type { Failure } from './faults.ts';
import type { Finding } from './findings.ts';
import type { ModelFileFacts } from './model-file.ts';
import type { Count, Integer, NotNegative, Ordinal, Points, Sha256 } from './numbers.ts';
import type { DataSource, ProblemDefinition, Profile, SharedRows } from './problem.ts';
import type { DataParts } from './parts.ts';
import type { Recipe } from './recipe.ts';
import type { ScoreResult } from './scoring.ts';
import type {
  EpochRecord,
  Insides,
  ModelProbes,
  ModelSummary,
  TrainEnvironment,
  TrainResult,
} from './training.ts';
import type { Verdict } from './verdicts.ts';

/** The result of one grading, version 1: all other outputs are made from it. */
export interface GradeReport {
  readonly format: 'grade-report';
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly problem: Pick<
    ProblemDefinition,
    'id' | 'version' | 'title' | 'category' | 'task' | 'metric' | 'passMark' | 'classes' | 'texts'
  >;
  readonly profile: ReportedProfile;
  readonly submission: {
    readonly file: string;
    readonly sha256: Sha256 | null;
    readonly format: string | null;
  };
  readonly verdict: Verdict;
  /** 0 to 5: 0 also for what the candidate did wrong; null where the submission was not judged. */
  readonly points: Points | null;
  /** False where the submission was not judged. */
  readonly countsAsAttempt: boolean;
  readonly failure: Failure | null;
  readonly data: DataSource | null;
  /** Flags and notes of every stage, in order. */
  readonly notes: readonly string[];
  /** What to look into for the next attempt, what was seen first coming first; they change no points. */
  readonly findings: readonly Finding[];
  readonly recipe: Recipe | null;
  readonly training: ReportedTraining | null;
  /** A model file that was graded as it came; null where a model was trained. */
  readonly evaluation: Evaluation | null;
  readonly score: ScoreResult | null;
  /** Absent where there is no earlier attempt to compare with. */
  readonly lastAttempt?: LastAttempt;
  readonly environment: {
    readonly grader: string;
    readonly node: string;
    readonly platform: string;
    readonly cpu: string;
    readonly cores: Count;
    readonly seed: Integer;
    /** How children that met the submission's bytes were held. */
    readonly isolation: 'jail' | 'interpreter' | 'none';
    /** What held, and why not more. */
    readonly isolationReason: string;
  } & Partial<TrainEnvironment>;
  /** Example held-out images of the worst confusions; null where inputs are not images. */
  readonly images: readonly ExampleImage[] | null;
  /** Null where nothing was scored; older reports have none. */
  readonly parts?: DataParts | null;
  /** Training pictures before and after augmentation; only where there are some, and the problem tells rows. */
  readonly augmented?: readonly AugmentedPicture[];
  /** What was tried to find answers that leaked; it changes no points. */
  readonly probes?: Probes;
  /** Short trainings at other learning rates; only where they were asked for. They change no points. */
  readonly sweep?: RateSweep;
  /** Trainings by several seeds, of which the median was graded; only where several were asked for. */
  readonly seeds?: SeedSpread;
  /** Held-out rows, the worst first; null where the problem discloses totals alone. Older reports have none. */
  readonly examples?: HeldOutExamples | null;
  /** What the model looked at, where that was asked for. */
  readonly explanation?: Explanation;
  /** What the same predictions were given before; only where they were scored again. */
  readonly scoredBefore?: EarlierScore;
}

export interface Probes extends ModelProbes {
  readonly sharedRows: SharedRows;
}

/** A learning-rate range test. */
export interface RateSweep {
  /** The rate of the first epoch of the training that was graded. */
  readonly own: NotNegative;
  /** The lowest rate that came about as far as the best. */
  readonly taken: NotNegative;
  readonly verdict: 'too-high' | 'too-low' | 'about-right';
  /** From the lowest rate. */
  readonly runs: readonly RateRun[];
}

/** A short training at a constant rate. */
export interface RateRun {
  readonly rate: NotNegative;
  /** Of training, in its last epoch; null where it was no number any more. */
  readonly loss: number | null;
}

/** What one recipe does by several seeds. The seed that was graded stands in the environment. */
export interface SeedSpread {
  readonly asked: Ordinal;
  /** In the order of their seeds; fewer than asked for after a Ctrl-C. */
  readonly runs: readonly SeedRun[];
}

/** One training. */
export interface SeedRun {
  readonly seed: Integer;
  /** Of the problem's metric; null where the training failed. */
  readonly value: number | null;
  readonly points: Points;
  readonly epochs: Count;
  readonly trainSeconds: NotNegative;
  /** The code of what failed. */
  readonly failure: string | null;
}

export interface ReportedProfile extends Profile {
  readonly id: 'strict' | 'exam';
}

/** How predictions were scored before they were scored again. */
export interface EarlierScore {
  /** ISO 8601, UTC. */
  readonly finishedAt: string;
  /** The version of the grader. */
  readonly grader: string;
  readonly problemVersion: Ordinal;
  readonly metric: ProblemDefinition['metric'];
  readonly profile: ReportedProfile;
  /** Null where the submission was not judged. */
  readonly points: Points | null;
  /** Of the metric; null where nothing was scored. */
  readonly value: number | null;
}

export interface ReportedTraining extends Omit<
  TrainResult,
  'history' | 'predictions' | 'environment' | 'notes' | 'probes' | 'insides' | 'augmented'
> {
  readonly history: readonly ReportedEpoch[];
  /** Null where there was no time to look; older reports have none. */
  readonly insides?: Insides | null;
}

/** JSON has no NaN and no infinity: null stands for a value that is not finite. */
export interface ReportedEpoch extends Omit<EpochRecord, 'learningRate' | 'gradientNorm' | 'logs'> {
  readonly learningRate: number | null;
  /** Older reports have none. */
  readonly gradientNorm?: { readonly mean: number | null; readonly largest: number | null };
  readonly logs: Readonly<Record<string, number | null>>;
}

export interface Evaluation extends ModelFileFacts {
  readonly model: ModelSummary;
  readonly predictSeconds: NotNegative;
}

/** A training picture as it is and as the model got it. */
export interface AugmentedPicture {
  /** Of the training part. */
  readonly row: Count;
  /** A PNG as a data URL, made by the grader as all are. */
  readonly before: OwnPicture;
  /** Each from other random numbers. */
  readonly after: readonly OwnPicture[];
}

/** @pattern ^data:image/png;base64,[A-Za-z0-9+/=]+$ */
export type OwnPicture = string;

export interface ExampleImage {
  readonly row: Count;
  readonly actual: Count;
  readonly predicted: Count;
  /**
   * Made by the grader from its own data.
   * @pattern ^data:image/png;base64,[A-Za-z0-9+/=]+$
   */
  readonly dataUrl: string;
}
