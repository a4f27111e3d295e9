import type { Execution, GradeReport } from '../../contract.ts';
import { duration, utc } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';

interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Where the data came from, what it ran on, and how long it took. */
export function runFacts(report: GradeReport): {
  data: Fact[];
  environment: Fact[];
  times: Fact[];
} {
  const { data, environment, training, evaluation, submission } = report;
  const predictSeconds = training?.predictSeconds ?? evaluation?.predictSeconds ?? 0;
  return {
    data: facts([
      ['Data set', data?.dataset],
      ['Variant', data?.variant],
      ['Origin', data ? (data.sample ? 'generated sample' : 'real data') : undefined],
      ['Sample seed', data?.sampleSeed],
      ['Submission', submission.file],
      ['Format', submission.format ?? undefined],
      ['SHA-256', submission.sha256 ?? undefined],
    ]),
    environment: facts([
      ['Grader', environment.grader],
      ['Node.js', environment.node],
      ['TensorFlow', environment.tensorflow],
      ['TensorFlow.js', environment.tfjs],
      ['Device', environment.device],
      ['Threads', environment.threads],
      ['oneDNN', environment.oneDnn === undefined ? undefined : environment.oneDnn ? 'on' : 'off'],
      ['Training ran', environment.execution && executionText(environment.execution)],
      ['Platform', environment.platform],
      ['Processor', `${environment.cpu}, ${environment.cores} cores`],
      ['Isolation', `${environment.isolation}: ${environment.isolationReason}`],
      ['Seed', environment.seed],
    ]),
    times: facts([
      ['Started', utc(report.startedAt)],
      ['Finished', utc(report.finishedAt)],
      ['Training', training ? duration(training.trainSeconds) : undefined],
      ['Prediction', predictSeconds > 0 ? duration(predictSeconds) : undefined],
    ]),
  };
}

function executionText(execution: Execution): string {
  if (execution.mode === 'eager') return `op by op: ${execution.reason}`;
  const { shards } = execution;
  return shards === 1 ? 'as one graph' : `as one graph, each batch in ${shards} parts`;
}

function facts(pairs: readonly (readonly [string, string | number | undefined])[]): Fact[] {
  return pairs
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ name, value: shortened(String(value), 160) }));
}
