import type { GradeReport } from '../../contract.ts';
import type { Words } from '../../words/en.ts';

export interface TrainingRun {
  readonly training: NonNullable<GradeReport['training']>;
  /** "graded", or "kept" where the run ended before its score. */
  readonly fate: 'graded' | 'kept';
}

/** "8 epochs; all that the recipe asks for. The weights of epoch 7 were graded." */
export function trainingSummary({ training, fate }: TrainingRun, words: Words['training']): string {
  const { history, gradedEpoch, stoppedBy } = training;
  if (history.length === 0) return words.none;
  const isLast = gradedEpoch === history.at(-1)?.epoch;
  return `${words.ended[stoppedBy](history.length)} ${words[fate](isLast ? null : gradedEpoch)}`;
}
