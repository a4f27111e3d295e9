import type { Execution, GradeReport } from '../../contract.ts';
import { duration, utc } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';

type RunWords = Words['run'];

interface Fact {
  readonly name: string;
  readonly value: string;
}

/** Where the data came from, what it ran on, and how long it took. */
export function runFacts(
  report: GradeReport,
  { run: words }: Words,
): {
  data: Fact[];
  environment: Fact[];
  times: Fact[];
} {
  const { data, environment, training, evaluation, submission } = report;
  const predictSeconds = training?.predictSeconds ?? evaluation?.predictSeconds ?? 0;
  const facts = factsIn(words);
  return {
    data: facts([
      ['dataset', data?.dataset],
      ['variant', data?.variant],
      ['origin', data ? (data.sample ? words.sample : words.real) : undefined],
      ['sampleSeed', data?.sampleSeed],
      ['submission', submission.file],
      ['format', submission.format ?? undefined],
      ['sha256', submission.sha256 ?? undefined],
    ]),
    environment: facts([
      ['grader', environment.grader],
      ['node', environment.node],
      ['tensorflow', environment.tensorflow],
      ['tfjs', environment.tfjs],
      ['device', environment.device],
      ['threads', environment.threads],
      [
        'oneDnn',
        environment.oneDnn === undefined ? undefined : environment.oneDnn ? words.on : words.off,
      ],
      ['execution', environment.execution && executionText(environment.execution, words)],
      ['platform', environment.platform],
      ['processor', words.cores(environment.cpu, environment.cores)],
      ['isolation', `${environment.isolation}: ${environment.isolationReason}`],
      ['seed', environment.seed],
    ]),
    times: facts([
      ['started', utc(report.startedAt)],
      ['finished', utc(report.finishedAt)],
      ['training', training ? duration(training.trainSeconds, words.units) : undefined],
      ['prediction', predictSeconds > 0 ? duration(predictSeconds, words.units) : undefined],
    ]),
  };
}

function executionText(execution: Execution, words: RunWords): string {
  if (execution.mode === 'eager') return words.eager(execution.reason);
  const { shards } = execution;
  return shards === 1 ? words.graph : words.shards(shards);
}

/** Names of programs and of a standard are the same in all languages. */
const names = {
  node: 'Node.js',
  tensorflow: 'TensorFlow',
  tfjs: 'TensorFlow.js',
  oneDnn: 'oneDNN',
  sha256: 'SHA-256',
} as const;

type Name = keyof typeof names | keyof RunWords['facts'];

function factsIn(words: RunWords) {
  const all: Readonly<Record<Name, string>> = { ...names, ...words.facts };
  return (pairs: readonly (readonly [Name, string | number | undefined])[]): Fact[] =>
    pairs
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ({ name: all[name], value: shortened(String(value), 160) }));
}
