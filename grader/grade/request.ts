import type {
  Finding,
  GradeReport,
  ModelSummary,
  Problem,
  RateRun,
  Recipe,
  SeedRun,
  TrainProgress,
} from '../contract.ts';
import type { WarmTrainers } from '../engine/process/warm-trainers.ts';
import type { EarlierAttempt } from '../history/last-attempt.ts';
import type { PrepareProgress } from '../prepare/prepare.ts';
import type { EngineOptions, SetupEvent } from '../setup/engine.ts';

export interface GradeRequest {
  readonly problem: Problem;
  /** For a model that fits one of these instead. */
  readonly others: readonly Problem[];
  /** The candidate's file. */
  readonly file: string;
  /** What the report calls it. */
  readonly name: string;
  readonly profile: 'strict' | 'exam';
  /** Null takes the recipe's own seed, else 1. */
  readonly seed: number | null;
  /** How many trainings, by this and the following seeds, of which the median is graded. */
  readonly seeds: number;
  /** Tries other learning rates after the grading. */
  readonly sweep: boolean;
  /** Of a folder: seeds and a sweep pass over a model file that is not trained. */
  readonly isOneOfMany: boolean;
  readonly sample: boolean;
  /** Where model, predictions and log are written; made when it does not exist. */
  readonly directory: string;
  readonly threads: number;
  /** Where the trainer comes from; it is not ended here. */
  readonly trainers: WarmTrainers;
  /** For a training, or for predictions alone. */
  readonly trainingSeconds: number;
  /** Trains a model file's architecture anew, although it has weights. */
  readonly retrain: boolean;
  /** Asks, once the score stands, what the model looked at. */
  readonly explain: boolean;
  /** A recipe by which a model file's architecture is trained anew; null where none is named. */
  readonly recipe: string | null;
  readonly engine: EngineOptions;
  /** The last attempt with this submission's name, for the report to compare with; null where there is none. */
  readonly earlier: EarlierAttempt | null;
  /** Ends a training after its current step, and its last whole epoch is graded; ends other stages. */
  readonly interrupt: AbortSignal;
  /** Ends everything at once. */
  readonly kill: AbortSignal;
}

export type GradeStage =
  'submission' | 'data' | 'engine' | 'training' | 'predicting' | 'scoring' | 'explaining';

interface RateEvent extends RateRun {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

interface SeedEvent {
  readonly seed: number;
  /** From 1. */
  readonly number: number;
  readonly of: number;
  readonly run: SeedRun | null;
}

/** Whoever follows a grading: the terminal, a log. */
export interface GradeListener {
  onStage?(stage: GradeStage): void;
  onModel?(model: ModelSummary): void;
  /** What is trained, after its model; a model file that is graded as it comes has none. */
  onRecipe?(recipe: Recipe, seed: number): void;
  /** What a recipe is told before it is trained; the report has it too. */
  onFinding?(finding: Finding): void;
  /** One of several seeds begins (its run is null) or is done. */
  onSeed?(event: SeedEvent): void;
  /** A short training at another learning rate is done; the loss is null where it was no number. */
  onRate?(event: RateEvent): void;
  onSetup?(event: SetupEvent): void;
  onPrepare?(progress: PrepareProgress): void;
  /** The epochs are those of the recipe; 0 where nothing is trained. */
  onTrain?(progress: TrainProgress, epochs: number): void;
  /** One line for the log: what the candidate's code or TensorFlow printed. */
  onLog?(line: string): void;
  /** The last event, before the report is written. */
  onEnd?(report: GradeReport): void;
}
