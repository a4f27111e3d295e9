import { cpus, arch, platform, availableParallelism } from 'node:os';
import { basename } from 'node:path';
import type {
  DataSource,
  EvaluateResult,
  Evaluation,
  ExampleImage,
  Failure,
  Fault,
  GradeReport,
  Profile,
  ScoreResult,
  Submission,
  TrainResult,
  Verdict,
} from '../contract.ts';
import { graderVersion } from '../package-root.ts';
import type { Isolation } from '../sandbox/isolation.ts';
import type { GradeRequest } from './grade.ts';

/** What the stages of a grading left behind, as far as it got. */
export interface Outcome {
  readonly startedAt: Date;
  readonly notes: string[];
  readonly hints: string[];
  submission?: Submission;
  isolation?: Isolation;
  data?: DataSource;
  training?: TrainResult;
  evaluation?: Evaluation;
  /** Of a model that was graded as it came; a training has its own. */
  environment?: EvaluateResult['environment'];
  score?: ScoreResult;
  images?: readonly ExampleImage[] | null;
  failure?: Failure;
}

export function assembleReport(request: GradeRequest, outcome: Outcome): GradeReport {
  const { definition } = request.problem;
  const profile = definition.profiles[request.profile] as Profile;
  const { training, submission } = outcome;
  return {
    format: 'grade-report',
    version: 1,
    startedAt: outcome.startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    problem: {
      id: definition.id,
      title: definition.title,
      category: definition.category,
      task: definition.task,
      metric: definition.metric,
      passMark: definition.passMark,
      ...(definition.classes ? { classes: definition.classes } : {}),
    },
    profile: { id: request.profile, ...profile },
    submission: {
      file: basename(request.file),
      sha256: submission?.sha256 ?? null,
      format: submission?.format ?? null,
    },
    verdict: verdictOf(outcome, definition.passMark),
    points: outcome.score?.points ?? null,
    failure: outcome.failure ?? null,
    data: outcome.data ?? null,
    notes: outcome.notes,
    hints: outcome.hints,
    recipe: submission?.recipe ?? null,
    training: training ? withoutPaths(training) : null,
    evaluation: outcome.evaluation ?? null,
    score: outcome.score ?? null,
    environment: {
      grader: graderVersion,
      node: process.version,
      platform: `${platform()} ${arch()}`,
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      seed: seedOf(request, submission),
      isolation: outcome.isolation?.level ?? 'none',
      isolationReason: outcome.isolation?.reason ?? 'nothing was opened',
      ...(training?.environment ?? outcome.environment),
    },
    images: outcome.images ?? null,
  };
}

/** The seed of the command, else of the recipe, else 1. */
export function seedOf(
  request: Pick<GradeRequest, 'seed'>,
  submission: Submission | undefined,
): number {
  return request.seed ?? submission?.recipe?.fit.seed ?? 1;
}

const verdicts: Record<Fault, Verdict> = {
  // An option or a setting that does not work; the submission is not judged.
  usage: 'machine-fault',
  candidate: 'invalid-submission',
  limit: 'limit-exceeded',
  package: 'package-fault',
  grader: 'machine-fault',
  machine: 'machine-fault',
  interrupted: 'interrupted',
};

function verdictOf({ failure, training, score }: Outcome, passMark: number): Verdict {
  if (failure) return verdicts[failure.fault];
  if (training?.stoppedBy === 'interrupted') return 'interrupted';
  return (score?.points ?? 0) >= passMark ? 'passed' : 'below-pass-mark';
}

function withoutPaths(training: TrainResult): NonNullable<GradeReport['training']> {
  const { model, history, stoppedBy, gradedEpoch, trainSeconds, predictSeconds } = training;
  return { model, history, stoppedBy, gradedEpoch, trainSeconds, predictSeconds };
}
