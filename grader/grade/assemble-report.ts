import { cpus, arch, platform, availableParallelism } from 'node:os';
import type {
  GradeReport,
  ProblemDefinition,
  SeedSpread,
  StoppedBy,
  TrainResult,
} from '../contract.ts';
import { verdictOf } from '../contract/verdicts.ts';
import { graderVersion } from '../package-root.ts';
import { type Outcome, probesOf, seedOf } from './outcome.ts';
import type { GradeRequest } from './request.ts';

/** What a report says of a request. */
type Asked = Pick<GradeRequest, 'problem' | 'name' | 'profile' | 'seed'>;

export function assembleReport(request: Asked, outcome: Outcome): GradeReport {
  const { definition } = request.problem;
  const { training, submission } = outcome;
  const probes = probesOf(outcome);
  return {
    format: 'grade-report',
    version: 1,
    startedAt: outcome.startedAt.toISOString(),
    finishedAt: new Date().toISOString(),
    problem: problemOf(definition),
    profile: profileOf(request),
    submission: {
      file: request.name,
      sha256: submission?.sha256 ?? null,
      format: submission?.format ?? null,
    },

    ...judge({ ...outcome, stoppedBy: training?.stoppedBy }, definition.passMark),
    data: outcome.data ?? null,
    notes: outcome.notes,
    findings: outcome.findings,
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
      seed: outcome.seed ?? seedOf(request, submission),
      isolation: outcome.isolation?.level ?? 'none',
      isolationReason: outcome.isolation?.reason ?? 'nothing was opened',
      ...(training?.environment ?? outcome.environment),
    },
    images: outcome.images ?? null,
    parts: outcome.parts ?? null,
    ...(outcome.augmented ? { augmented: outcome.augmented } : {}),
    ...(probes ? { probes } : {}),
    ...(outcome.sweep ? { sweep: outcome.sweep } : {}),
    ...(outcome.seeds ? { seeds: outcome.seeds } : {}),
    examples: outcome.examples ?? null,
    ...(outcome.explanation ? { explanation: outcome.explanation } : {}),
  };
}

/** What a report says of its problem. */
export function problemOf(definition: ProblemDefinition): GradeReport['problem'] {
  const { id, version, title, category, task, metric, passMark, classes, texts } = definition;
  const known = { id, version, title, category, task, metric, passMark };
  return { ...known, ...(classes ? { classes } : {}), ...(texts ? { texts } : {}) };
}

/** A report of what was not graded, as by a profile that the problem lacks, has the strict one. */
export function profileOf({
  problem,
  profile: id,
}: Pick<Asked, 'problem' | 'profile'>): GradeReport['profile'] {
  const { strict, [id]: asked } = problem.definition.profiles;
  return asked ? { id, ...asked } : { id: 'strict', ...strict };
}

interface Judged extends Pick<Outcome, 'failure' | 'score' | 'seeds'> {
  /** Undefined where nothing was trained. */
  readonly stoppedBy: StoppedBy | undefined;
}

/** The verdict, and what follows from it. */
export function judge(
  { failure: thrown, score, stoppedBy, seeds }: Judged,
  passMark: number,
): Pick<GradeReport, 'verdict' | 'points' | 'countsAsAttempt' | 'failure'> {
  const failure = thrown ?? null;
  const scored = score?.points ?? 0;
  const { id, points, countsAsAttempt } = verdictOf({
    failure,
    isInterrupted: stoppedBy === 'interrupted' || areFewer(seeds),
    reachesPassMark: scored >= passMark,
  });
  return { verdict: id, points: points === 'scored' ? scored : points, countsAsAttempt, failure };
}

/** Fewer trainings than were asked for: a Ctrl-C came between. */
function areFewer(seeds: SeedSpread | undefined): boolean {
  return seeds !== undefined && seeds.runs.length < seeds.asked;
}

function withoutPaths(training: TrainResult): NonNullable<GradeReport['training']> {
  const { model, history, stoppedBy, gradedEpoch, trainSeconds, predictSeconds } = training;
  const { insides } = training;
  return { model, history, stoppedBy, gradedEpoch, trainSeconds, predictSeconds, insides };
}
