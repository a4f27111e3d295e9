import type {
  AugmentedPicture,
  DataParts,
  DataSource,
  EvaluateResult,
  Evaluation,
  ExampleImage,
  Explanation,
  Failure,
  Finding,
  HeldOutExamples,
  ModelProbes,
  Probes,
  RateSweep,
  ScoreResult,
  SeedSpread,
  SharedRows,
  Submission,
  TrainResult,
} from '../contract.ts';
import type { Isolation } from '../sandbox/isolation.ts';
import type { GradeRequest } from './request.ts';

/** What the stages of a grading left behind, as far as it got. */
export interface Outcome {
  readonly startedAt: Date;
  readonly notes: string[];
  findings: readonly Finding[];
  /** That of the median where there were several. */
  seed?: number;
  seeds?: SeedSpread;
  sweep?: RateSweep | null;
  submission?: Submission;
  isolation?: Isolation;
  data?: DataSource;
  sharedRows?: SharedRows;
  training?: TrainResult;
  parts?: DataParts;
  probes?: ModelProbes;
  evaluation?: Evaluation;
  /** Of a model that was graded as it came; a training has its own. */
  environment?: EvaluateResult['environment'];
  score?: ScoreResult;
  augmented?: readonly AugmentedPicture[];
  images?: readonly ExampleImage[] | null;
  examples?: HeldOutExamples | null;
  explanation?: Explanation;
  failure?: Failure;
}

/** The seed of the command, else of the recipe, else 1. */
export function seedOf(
  request: Pick<GradeRequest, 'seed'>,
  submission: Submission | undefined,
): number {
  return request.seed ?? submission?.recipe?.fit.seed ?? 1;
}

/** What was tried, once all of it was. */
export function probesOf({ probes, sharedRows }: Outcome): Probes | undefined {
  return probes && sharedRows && { ...probes, sharedRows };
}
