import type { Failure } from './faults.ts';
import type { Finding } from './findings.ts';
import type { ModelFileFacts } from './model-file.ts';
import type { DataSource, ProblemDefinition, Profile } from './problem.ts';
import type { Recipe } from './recipe.ts';
import type { ScoreResult } from './scoring.ts';
import type { ModelSummary, TrainEnvironment, TrainResult } from './training.ts';
import type { Verdict } from './verdicts.ts';

export interface GradeReport {
  readonly format: 'grade-report';
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly problem: Pick<
    ProblemDefinition,
    'id' | 'version' | 'title' | 'category' | 'task' | 'metric' | 'passMark' | 'classes'
  >;
  readonly profile: { readonly id: 'strict' | 'exam' } & Profile;
  readonly submission: {
    readonly file: string;
    readonly sha256: string | null;
    readonly format: string | null;
  };
  readonly verdict: Verdict;
  /** 0 to 5: 0 also for what the candidate did wrong; null where the submission was not judged. */
  readonly points: number | null;
  /** False where the submission was not judged. */
  readonly countsAsAttempt: boolean;
  readonly failure: Failure | null;
  readonly data: DataSource | null;
  /** Flags and notes of every stage, in order. */
  readonly notes: readonly string[];
  /** What to look into for the next attempt, what was seen first coming first; they change no points. */
  readonly findings: readonly Finding[];
  readonly recipe: Recipe | null;
  readonly training: Omit<TrainResult, 'predictions' | 'environment' | 'notes'> | null;
  /** A model file that was graded as it came; null where a model was trained. */
  readonly evaluation: Evaluation | null;
  readonly score: ScoreResult | null;
  readonly environment: {
    readonly grader: string;
    readonly node: string;
    readonly platform: string;
    readonly cpu: string;
    readonly cores: number;
    readonly seed: number;
    /** How children that met the submission's bytes were held. */
    readonly isolation: 'jail' | 'interpreter' | 'none';
    /** What held, and why not more. */
    readonly isolationReason: string;
  } & Partial<TrainEnvironment>;
  /** Example held-out images of the worst confusions; null where inputs are not images. */
  readonly images: readonly ExampleImage[] | null;
}

export interface Evaluation extends ModelFileFacts {
  readonly model: ModelSummary;
  readonly predictSeconds: number;
}

export interface ExampleImage {
  readonly row: number;
  readonly actual: number;
  readonly predicted: number;
  /** `data:image/png;base64,...`, made by the grader from its own data. */
  readonly dataUrl: string;
}
