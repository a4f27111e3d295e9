import type { Problem } from '../contract.ts';
import type { WarmTrainers } from '../engine/process/warm-trainers.ts';
import type { EarlierAttempt } from '../history/last-attempt.ts';
import type { EngineOptions } from '../setup/engine.ts';

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
