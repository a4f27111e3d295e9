import type { GradeReport } from '../../contract.ts';
import { plural } from '../../text/numbers.ts';

type Training = NonNullable<GradeReport['training']>;

export interface TrainingRun {
  readonly training: Training;
  /** "graded", or "kept" where the run ended before its score. */
  readonly fate: 'graded' | 'kept';
}

/** "8 epochs; all that the recipe asks for. The weights of epoch 7 were graded." */
export function trainingSummary({ training, fate }: TrainingRun): string {
  const { history, gradedEpoch, stoppedBy } = training;
  if (history.length === 0) return 'No whole epoch was finished.';
  const kept =
    gradedEpoch === history.at(-1)?.epoch
      ? `The weights of the last epoch were ${fate}.`
      : `The weights of epoch ${gradedEpoch} were ${fate}.`;
  return `${plural(history.length, 'epoch')}; ${reasons[stoppedBy]} ${kept}`;
}

const reasons: Record<Training['stoppedBy'], string> = {
  epochs: 'all that the recipe asks for.',
  'early-stopping': 'early stopping ended the training.',
  'stop-when': "the recipe's stop condition ended the training.",
  'time-limit': 'the time limit ended the training.',
  interrupted: 'the run was interrupted.',
  'not-finite': 'the training ended because the loss was not finite.',
};
